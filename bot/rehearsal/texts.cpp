#include "bot/rehearsal/texts.hpp"

#include <vector>
namespace debrief::bot::rehearsal {
namespace {

struct Said {
    Text which;
    std::string_view en, de;  ///< Variants are parted by '|'.
};

constexpr Said all_texts[]{
    {Text::opening, "I am {person}{role} of {account}, and I have {limit} questions for you at most.",
     "Ich bin {person}{role} von {account}, und ich habe höchstens {limit} Fragen an dich."},
    {Text::opening_private,
     "This is practice: what I ask is made up, nothing of it counts as evidence, and nobody reads it unless you share "
     "it.",
     "Das ist Übung: Was ich frage, ist erfunden, nichts davon zählt als Beleg, und niemand liest es, wenn du es nicht "
     "teilst."},
    {Text::opening_alone, "Nothing is stored about {person} yet, so I play by the role alone.",
     "Über {person} ist noch nichts gespeichert, also spiele ich nur nach der Rolle."},
    {Text::opening_drills, "{count} of these you have had before.", "{count} davon hattest du schon."},
    {Text::opening_drill, "One of these you have had before.", "Eine davon hattest du schon."},
    {Text::own_plain, "{fact}. What do you say to that?|{fact}. And what now?",
     "{fact}. Was sagen Sie dazu?|{fact}. Und was nun?"},
    {Text::own_fear, "{fact}. Why should I put my name to this?|{fact}. Who stands beside me if it comes true?",
     "{fact}. Warum soll ich dafür meinen Namen hergeben?|{fact}. Wer steht neben mir, wenn es so kommt?"},
    {Text::own_money,
     "{fact}. So where is the money to come from?|{fact}. Which sum here would you defend to my board?",
     "{fact}. Woher soll das Geld also kommen?|{fact}. Welche Summe würden Sie vor meinem Vorstand vertreten?"},
    {Text::own_process, "{fact}. How is this ever to get through our house?|{fact}. Whom did you forget to ask here?",
     "{fact}. Wie soll das je durch unser Haus kommen?|{fact}. Wen haben Sie hier vergessen zu fragen?"},
    {Text::own_wish, "{fact}. Where in your papers do I find that?|{fact}. What if you cannot give me that?",
     "{fact}. Wo finde ich das in Ihren Unterlagen?|{fact}. Was, wenn Sie mir das nicht geben können?"},
    {Text::quoted_concern, "My worry has not gone away: “{fact}”. What do you say to that?",
     "Meine Sorge ist nicht weg: „{fact}“. Was sagen Sie dazu?"},
    {Text::house_concern, "In our house I keep hearing: “{fact}”. What am I to answer?",
     "Bei uns im Haus höre ich immer wieder: „{fact}“. Was soll ich da antworten?"},

    {Text::focus_good, "About them: yes, “{quote}”.", "Über sie: ja, „{quote}“."},
    {Text::focus_seller, "About them: not yet; “{quote}” is about us.",
     "Über sie: noch nicht; „{quote}“ handelt von uns."},
    {Text::focus_nobody, "About them: not yet; nothing of theirs is in “{quote}”.",
     "Über sie: noch nicht; in „{quote}“ kommt nichts von ihnen vor."},
    {Text::focus_their_question, "About them: yes, “{quote}” takes their question along.",
     "Über sie: ja, „{quote}“ nimmt ihre Frage mit."},
    {Text::concrete_good, "Concrete: yes, {quotes}.", "Konkret: ja, {quotes}."},
    {Text::concrete_vague, "Concrete: not yet; “{quote}” can mean anything.",
     "Konkret: noch nicht; „{quote}“ kann alles heißen."},
    {Text::concrete_none, "Concrete: not yet; “{quote}” has no name, figure, day or next step to hold on to.",
     "Konkret: noch nicht; in „{quote}“ ist kein Name, keine Zahl, kein Tag und kein Schritt, an dem man sich halten "
     "kann."},
    {Text::concrete_how, "Concrete: not yet; “{quote}” leaves open how you find out, and by when.",
     "Konkret: noch nicht; „{quote}“ lässt offen, wie und bis wann du es herausfindest."},
    {Text::honest_dont_know, "Honest: yes, “{quote}” says what is not known.",
     "Ehrlich: ja, „{quote}“ sagt, was nicht bekannt ist."},
    {Text::honest_good, "Honest: yes, nothing in “{quote}” claims more than you can keep.",
     "Ehrlich: ja, nichts in „{quote}“ verspricht mehr, als du halten kannst."},
    {Text::honest_absolute, "Honest: not yet; one single case undoes “{quote}”.",
     "Ehrlich: noch nicht; ein einziger Fall widerlegt „{quote}“."},
    {Text::honest_promise, "Honest: not yet; nothing that is stored bears out “{quote}”.",
     "Ehrlich: noch nicht; nichts Gespeichertes trägt „{quote}“."},
    {Text::honest_away, "Honest: not yet; “{quote}” gives away what nobody has agreed to.",
     "Ehrlich: noch nicht; „{quote}“ gibt weg, was niemand zugesagt hat."},
    {Text::credited, "This one stands.|That holds.|I could work with that.",
     "Das steht.|Das trägt.|Damit kann ich arbeiten."},
    {Text::better, "A stronger line: {line}", "Stärker wäre: {line}"},
    {Text::better_fact, "What I noted from you: “{fact}”.", "Von Ihnen habe ich notiert: „{fact}“."},
    {Text::better_others, "{person} told me: “{fact}”.", "{person} hat mir gesagt: „{fact}“."},
    {Text::better_noted, "What I took from your house is this: “{fact}”.",
     "Aus Ihrem Haus habe ich mitgenommen: „{fact}“."},
    {Text::better_none, "I know too little about {account} to answer that.",
     "Dafür weiß ich noch zu wenig über {account}."},
    {Text::compared_more, "Against your first try it is now {what}.", "Gegenüber dem ersten Versuch jetzt: {what}."},
    {Text::compared_same, "Against your first try it stands where it stood.",
     "Gegenüber dem ersten Versuch steht es, wo es stand."},
    {Text::compared_less, "Your first try was {what}; this one is not.", "Der erste Versuch war {what}; dieser nicht."},
    {Text::again_seller, "I heard a lot about your firm and little about mine. Once more, or say “next”.",
     "Ich habe viel über Ihre Firma gehört und wenig über meine. Noch einmal, oder sag „weiter“."},
    {Text::again_how, "Fair enough. How would you find out, and by when? Once more, or say “next”.",
     "In Ordnung. Wie und bis wann finden Sie es heraus? Noch einmal, oder sag „weiter“."},
    {Text::again_vague, "I would still not know what to tell my people. Once more, or say “next”.",
     "Ich wüsste noch nicht, was ich meinen Leuten sage. Noch einmal, oder sag „weiter“."},
    {Text::again_honest, "Would you put that in writing? Once more, or say “next”.",
     "Würden Sie das schriftlich geben? Noch einmal, oder sag „weiter“."},
    {Text::axis_focus, "about them", "über sie"},
    {Text::axis_concrete, "concrete", "konkret"},
    {Text::axis_honest, "honest", "ehrlich"},
    {Text::skipped, "Left out.", "Ausgelassen."},
    {Text::why_due, "It comes again because it was due on {date}.", "Sie kommt wieder, weil sie am {date} fällig war."},
    {Text::why_stored, "It comes from what is stored: “{fact}”.", "Sie kommt aus dem, was gespeichert ist: „{fact}“."},
    {Text::why_role, "Somebody with this role and this stance may well ask it, and better here first.",
     "Jemand in dieser Rolle und mit dieser Haltung kann das fragen, und besser zuerst hier."},
    {Text::no_question, "No question is open.", "Es ist keine Frage offen."},
    {Text::undone, "Taken back: “{text}”.", "Zurückgenommen: „{text}“."},
    {Text::undo_none, "There is nothing to take back.", "Es gibt nichts zurückzunehmen."},
    {Text::back, "In a rehearsal it goes forward only; what was weak comes again by itself.",
     "In der Übung geht es nur nach vorn; was schwach war, kommt von selbst wieder."},
    {Text::stopped, "Stopped. {person} waits where we were; say “resume” whenever you like.",
     "Angehalten. {person} wartet, wo wir waren; sag „fortsetzen“, wann immer du willst."},
    {Text::resumed, "Going on.", "Weiter geht es."},
    {Text::recap, "Back with {person}.", "Zurück bei {person}."},
    {Text::nothing_to_confirm, "Nothing of a rehearsal counts, so there is nothing to confirm.",
     "Nichts aus einer Übung zählt, also gibt es nichts zu bestätigen."},
    {Text::closing, "That was the last one. {good} of {count} answers stand.",
     "Das war die letzte. {good} von {count} Antworten stehen."},
    {Text::closing_none, "That was the last one. Nothing was answered, so nothing comes again.",
     "Das war die letzte. Nichts wurde beantwortet, also kommt nichts wieder."},
    {Text::closing_due, "{count} of them come again from {date}.", "{count} davon kommen ab {date} wieder."},
    {Text::closing_due_one, "One of them comes again from {date}.", "Eine davon kommt ab {date} wieder."},
    {Text::closing_share, "It stays with you; “share” gives your manager the questions and verdicts, not your words.",
     "Es bleibt bei dir; „teilen“ gibt deiner Leitung Fragen und Urteile, nicht deine Worte."},
    {Text::closed, "This rehearsal with {person} is finished. Start another one whenever you like.",
     "Diese Übung mit {person} ist zu Ende. Fang eine neue an, wann immer du willst."},
    {Text::shared, "Shared with {people}: the questions and the verdicts.",
     "Geteilt mit {people}: die Fragen und die Urteile."},
    {Text::shared_words, "Shared with {people}: the questions, the verdicts and your answers.",
     "Geteilt mit {people}: die Fragen, die Urteile und deine Antworten."},
    {Text::private_only, "That was private and is not kept. The question is still open.",
     "Das war privat und wird nicht behalten. Die Frage ist noch offen."},
    {Text::summary_head, "Rehearsal with {person}, {account}: {good} of {count} answers stand.",
     "Übung mit {person}, {account}: {good} von {count} Antworten stehen."},
    {Text::summary_line, "- “{question}” {verdict}", "- „{question}“ {verdict}"},
    {Text::summary_stored, "A question from a stored fact ({id})", "Eine Frage aus Gespeichertem ({id})"},
    {Text::summary_answer, "  Answer: “{answer}”", "  Antwort: „{answer}“"},
    {Text::verdict_good, "stands", "steht"},
    {Text::verdict_weak, "not yet {what}", "noch nicht {what}"},
    {Text::verdict_open, "not answered", "nicht beantwortet"},
    {Text::outcome_good, "stands; again from {date}", "steht; wieder ab {date}"},
    {Text::outcome_weak, "not yet {what}; again from {date}", "noch nicht {what}; wieder ab {date}"},
    {Text::outcome_drill, "To practise again:", "Noch einmal zu üben:"},
    {Text::outcome_drill_line, "- from {date}: “{question}”", "- ab {date}: „{question}“"},
};

}  // namespace

std::string say(Text which, std::string_view language, Slots slots, std::uint64_t variant) {
    for (const Said& line : all_texts) {
        if (line.which != which) continue;
        std::string_view all = language == "de" ? line.de : line.en;
        std::vector<std::string_view> variants;
        for (std::size_t end = all.find('|'); end != std::string_view::npos; end = all.find('|')) {
            variants.push_back(all.substr(0, end));
            all.remove_prefix(end + 1);
        }
        variants.push_back(all);
        return filled(variants[variant % variants.size()], slots);
    }
    return {};
}

}  // namespace debrief::bot::rehearsal
