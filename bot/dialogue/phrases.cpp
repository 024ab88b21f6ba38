#include "bot/dialogue/phrases.hpp"

#include "bot/dialogue/words.hpp"
#include "core/result.hpp"

namespace debrief::bot {
namespace {

struct Line {
    Phrase which;
    std::string_view en, de;  ///< Variants are parted by '|'.
};

constexpr Line lines[]{
    {Phrase::budget, "I ask {limit} questions at most.", "Ich stelle höchstens {limit} Fragen."},
    {Phrase::budget_one, "This is my only question.", "Das ist meine einzige Frage."},
    {Phrase::noted, "Thank you.|Noted.|Understood.", "Danke.|Notiert.|Verstanden."},
    {Phrase::noted_facts, "Noted: {facts}.", "Notiert: {facts}."},
    {Phrase::skipped, "Skipped.", "Übersprungen."},
    {Phrase::dont_know, "Fine, it goes on the next call plan.", "Gut, das kommt in den nächsten Gesprächsplan."},
    {Phrase::unknown_fact, "Not known about {account}: {dimension}.", "Nicht bekannt bei {account}: {dimension}."},
    {Phrase::probe, "Could you give one example, in their words?", "Hast du ein Beispiel, in ihren Worten?"},
    {Phrase::reframe, "And seen from their side: what matters to them here?",
     "Und von ihnen aus gesehen: Was ist ihnen hier wichtig?"},
    {Phrase::why, "Because it helps us understand how they see it.", "Weil es uns hilft, ihre Sicht zu verstehen."},
    {Phrase::why_missing, "It comes now because nothing is noted yet about {dimension} at {account}.",
     "Jetzt, weil zu {account} dazu noch nichts steht: {dimension}."},
    {Phrase::why_stale, "It comes now because it was last said on {date}.",
     "Jetzt, weil es zuletzt am {date} gesagt wurde."},
    {Phrase::why_due, "It comes now because it was due on {date}.", "Jetzt, weil es am {date} fällig war."},
    {Phrase::why_contradicted, "It comes now because two answers about it do not agree.",
     "Jetzt, weil zwei Antworten dazu nicht zusammenpassen."},
    {Phrase::why_probe, "It comes now because one example says more than a summary.",
     "Jetzt, weil ein Beispiel mehr sagt als eine Zusammenfassung."},
    {Phrase::why_reframe, "It comes now because the last answer was about us.",
     "Jetzt, weil die letzte Antwort von uns handelte."},
    {Phrase::back_none, "There is no earlier question.", "Es gibt keine frühere Frage."},
    {Phrase::back_to, "Back to this one; what you said stays.", "Zurück zu dieser Frage; was du gesagt hast, bleibt."},
    {Phrase::undone, "Taken back: “{text}”.", "Zurückgenommen: „{text}“."},
    {Phrase::undo_none, "There is nothing to take back.", "Es gibt nichts zurückzunehmen."},
    {Phrase::stopped_empty, "Stopped. Nothing was noted about {account}. Say “resume” to go on whenever you like.",
     "Angehalten. Zu {account} ist nichts notiert. Sag „fortsetzen“, wann immer du willst."},
    {Phrase::resumed, "Going on.", "Weiter geht es."},
    {Phrase::recap, "Welcome back to {account}: {count} noted so far.",
     "Willkommen zurück bei {account}: {count} notiert."},
    {Phrase::recap_empty, "Welcome back to {account}.", "Willkommen zurück bei {account}."},
    {Phrase::recap_old, "Say “stop” if you would rather finish here.",
     "Sag „stopp“, wenn du lieber hier abschließen willst."},
    {Phrase::confirm_head, "Here is what I understood. Nothing counts until you confirm it.",
     "Das habe ich verstanden. Nichts davon zählt, bevor du es bestätigst."},
    {Phrase::confirm_again, "Still to confirm:", "Noch zu bestätigen:"},
    {Phrase::confirm_tail, "Say “confirm” to keep all, “drop 2” to leave one out, or “2: your words” to put it better.",
     "Sag „bestätigen“ für alles, „streiche 2“, um etwas wegzulassen, oder „2: deine Worte“, um es besser zu sagen."},
    {Phrase::screen_more, "And {count} more, shown when these are settled.",
     "Und {count} weitere, wenn diese erledigt sind."},
    {Phrase::nothing_to_confirm, "That is all. Nothing about {account} is left to confirm; your lines are kept.",
     "Das war alles. Zu {account} ist nichts zu bestätigen; deine Zeilen bleiben erhalten."},
    {Phrase::confirmed_one, "Confirmed. {count} left.", "Bestätigt. Noch {count}."},
    {Phrase::closing, "Thank you. {count} findings are now in the journey of {account}.",
     "Danke. {count} Erkenntnisse stehen jetzt in der Kaufreise von {account}."},
    {Phrase::closing_one, "Thank you. One finding is now in the journey of {account}.",
     "Danke. Eine Erkenntnis steht jetzt in der Kaufreise von {account}."},
    {Phrase::closing_plan, "The plan for {meeting} asks about {topics}.",
     "Der Plan für {meeting} fragt nach: {topics}."},
    {Phrase::closing_no_gap, "Every heading of their journey has something now.",
     "Zu jeder Frage an ihre Kaufreise steht nun etwas."},
    {Phrase::next_call, "the next call", "das nächste Gespräch"},
    {Phrase::already_done, "This debrief is closed; I kept your line. Start a new one to add to {account}.",
     "Dieses Debriefing ist abgeschlossen; deine Zeile ist aufgehoben. Für Neues zu {account} beginne ein weiteres."},
    {Phrase::dropped, "Left out: “{text}”.", "Weggelassen: „{text}“."},
    {Phrase::corrected_item, "Changed to: “{text}”.", "Geändert in: „{text}“."},
    {Phrase::no_such_item, "There is no item with that number.", "Diese Nummer gibt es nicht."},
    {Phrase::item_unclear,
     "I am not sure what to do with {number}, so it stays. Say “drop {number}”, “{number}: your words”, or “{number} "
     "is "
     "from” and a name.",
     "Ich weiß nicht, was mit {number} geschehen soll, also bleibt es. Sag „streiche {number}“, „{number}: deine "
     "Worte“ "
     "oder „{number} ist von“ und einen Namen."},
    {Phrase::corrected_fact, "Changed: “{new}” in place of “{old}”.", "Geändert: „{new}“ statt „{old}“."},
    {Phrase::corrected_person, "Changed: {new}, not {old}.", "Geändert: {new}, nicht {old}."},
    {Phrase::corrected_person_new, "Changed: that was {new}.", "Geändert: Das war {new}."},
    {Phrase::corrected_date, "Changed: {new}.", "Geändert: {new}."},
    {Phrase::nothing_to_correct,
     "I found nothing to change there. On the list, say it with its number: “1: your words”.",
     "Dazu habe ich nichts zu ändern gefunden. Sag es in der Liste mit der Nummer: „1: deine Worte“."},
    {Phrase::lookup_item, "On {date}, {person}: “{text}”", "Am {date}, {person}: „{text}“"},
    {Phrase::lookup_item_plain, "On {date}: “{text}”", "Am {date}: „{text}“"},
    {Phrase::lookup_more, "{count} more on this.", "Noch {count} dazu."},
    {Phrase::lookup_none, "Nothing stored about {words}.", "Nichts gespeichert zu {words}."},
    {Phrase::lookup_person, "{person}: {role}.", "{person}: {role}."},
    {Phrase::lookup_stance, "{person} is noted as {stance}, since {date}.", "{person} gilt als {stance}, seit {date}."},
    {Phrase::lookup_no_stance, "Where {person} stands is not known yet.", "Wo {person} steht, ist noch nicht bekannt."},
    {Phrase::lookup_commitment, "{person}: “{text}”{date}, {state}.", "{person}: „{text}“{date}, {state}."},
    {Phrase::lookup_no_commitment, "No promise of theirs is stored.", "Keine Zusage von ihnen ist gespeichert."},
    {Phrase::lookup_meeting, "Next is {meeting}, on {date}.", "Als Nächstes: {meeting}, am {date}."},
    {Phrase::lookup_no_meeting, "No next meeting is stored.", "Kein nächster Termin ist gespeichert."},
    {Phrase::reminder, "I will remind you on {date}: {text}.", "Ich erinnere dich am {date}: {text}."},
    {Phrase::reminder_no_day, "Kept as a task, without a day: {text}.", "Als Aufgabe ohne Tag notiert: {text}."},
    {Phrase::forgotten, "Erased: your last line, and all that was made of it, here and wherever it had gone.",
     "Gelöscht: deine letzte Zeile und alles, was daraus wurde, hier und überall, wohin es gegangen war."},
    {Phrase::nothing_to_forget, "There is no line of yours left to erase.",
     "Es gibt keine Zeile von dir mehr zu löschen."},
    {Phrase::private_left_out, "I left the private remark out.", "Die private Bemerkung habe ich weggelassen."},
    {Phrase::private_only, "That was private, so I did not keep it.",
     "Das war privat, daher habe ich es nicht behalten."},
    {Phrase::other_language, "I kept that as your note. Is it about {dimension}, another topic, or just a note?",
     "Das ist als Notiz aufgehoben. Gehört es zu „{dimension}“, zu einem anderen Thema, oder nur Notiz?"},
    {Phrase::other_language_open,
     "I kept that as your note. Which topic is it about: their reasons, their worries, their decision, the people, or "
     "just a note?",
     "Das ist als Notiz aufgehoben. Welches Thema: ihr Grund, ihre Sorgen, ihre Entscheidung, die Leute, oder nur "
     "Notiz?"},
    {Phrase::unclear, "I am not sure where that belongs. Is it about {dimension}, another topic, or just a note?",
     "Ich bin nicht sicher, wohin das gehört. Zu „{dimension}“, zu einem anderen Thema, oder nur Notiz?"},
    {Phrase::unclear_open,
     "I am not sure where that belongs: their reasons, their worries, their decision, the people, or just a note?",
     "Ich bin nicht sicher, wohin das gehört: ihr Grund, ihre Sorgen, ihre Entscheidung, die Leute, oder nur Notiz?"},
    {Phrase::filed, "Filed under {dimension}.", "Abgelegt unter: {dimension}."},
    {Phrase::kept_as_note, "Kept as a note.", "Als Notiz behalten."},
    {Phrase::what_now, "What is it now?", "Wie ist es jetzt?"},
    {Phrase::what_differs, "What is different by now?", "Was ist inzwischen anders?"},
    {Phrase::what_brought_it, "What brought that about, on their side?", "Was hat bei ihnen dazu geführt?"},
    {Phrase::keeps, "Kept: {text}", "Eingehalten: {text}"},
    {Phrase::hurry, "Then {count} more at most.", "Dann höchstens noch {count}."},
    {Phrase::hurry_one, "Then only one more.", "Dann nur noch eine."},
    {Phrase::hurry_this, "Then only this one.", "Dann nur noch diese."},
    {Phrase::time_is_up, "Your time is up, so here we stop.", "Deine Zeit ist um, hier hören wir auf."},
    {Phrase::which_holds, "On {date_one}: “{one}”. On {date_two}: “{two}”. Which holds: first, second, or both?",
     "Am {date_one}: „{one}“. Am {date_two}: „{two}“. Was gilt: Erstes, Zweites oder beides?"},
    {Phrase::which_person, "Which {name} was that: {choices}?", "Welche Person war {name}: {choices}?"},
    {Phrase::beside, "Beside it stands, from {date}: “{fact}”", "Daneben steht, vom {date}: „{fact}“"},
    {Phrase::instead, "It takes the place of this, from {date}: “{fact}”", "Es ersetzt dies, vom {date}: „{fact}“"},
    {Phrase::instead_of_wrong, "It corrects this, from {date}: “{fact}”", "Es berichtigt dies, vom {date}: „{fact}“"},
    {Phrase::because, "The reason: “{text}”", "Der Grund: „{text}“"},
    {Phrase::not_answer_here, "I kept that as a note.", "Das habe ich als Notiz behalten."},
};

struct Label {
    std::string_view en, de;
};
constexpr Label dimension_labels[]{
    {"why they must change", "warum sie sich ändern müssen"},
    {"what staying as they are costs them", "was es sie kostet, so zu bleiben"},
    {"what they want to reach", "was sie erreichen wollen"},
    {"how they decide", "wie sie entscheiden"},
    {"who is involved", "wer beteiligt ist"},
    {"a concern", "eine Sorge"},
    {"another option", "eine andere Möglichkeit"},
    {"a commitment of theirs", "eine Zusage von ihnen"},
    {"their timing", "ihr Zeitplan"},
    {"not known", "nicht bekannt"},
};
constexpr Label stance_labels[]{{"champion", "treibende Kraft"}, {"supporter", "dafür"},
                                {"neutral", "neutral"},          {"sceptic", "skeptisch"},
                                {"against it", "dagegen"},       {"not known", "nicht bekannt"}};

constexpr std::pair<std::string_view, core::Dimension> topic_words[]{
    {"cost", core::Dimension::cost_of_inaction},
    {"doing nothing", core::Dimension::cost_of_inaction},
    {"staying", core::Dimension::cost_of_inaction},
    {"inaction", core::Dimension::cost_of_inaction},
    {"kosten", core::Dimension::cost_of_inaction},
    {"nichtstun", core::Dimension::cost_of_inaction},
    {"reason", core::Dimension::why_change},
    {"reasons", core::Dimension::why_change},
    {"why", core::Dimension::why_change},
    {"problem", core::Dimension::why_change},
    {"grund", core::Dimension::why_change},
    {"gründe", core::Dimension::why_change},
    {"warum", core::Dimension::why_change},
    {"goal", core::Dimension::desired_outcome},
    {"goals", core::Dimension::desired_outcome},
    {"outcome", core::Dimension::desired_outcome},
    {"want", core::Dimension::desired_outcome},
    {"ziel", core::Dimension::desired_outcome},
    {"ziele", core::Dimension::desired_outcome},
    {"erreichen", core::Dimension::desired_outcome},
    {"decide", core::Dimension::decision_process},
    {"decision", core::Dimension::decision_process},
    {"process", core::Dimension::decision_process},
    {"entscheidung", core::Dimension::decision_process},
    {"entscheiden", core::Dimension::decision_process},
    {"worry", core::Dimension::concern},
    {"worries", core::Dimension::concern},
    {"concern", core::Dimension::concern},
    {"concerns", core::Dimension::concern},
    {"sorge", core::Dimension::concern},
    {"sorgen", core::Dimension::concern},
    {"bedenken", core::Dimension::concern},
    {"option", core::Dimension::competing_option},
    {"alternative", core::Dimension::competing_option},
    {"alternatives", core::Dimension::competing_option},
    {"competitor", core::Dimension::competing_option},
    {"möglichkeit", core::Dimension::competing_option},
    {"alternativen", core::Dimension::competing_option},
    {"commitment", core::Dimension::commitment},
    {"promise", core::Dimension::commitment},
    {"next step", core::Dimension::commitment},
    {"zusage", core::Dimension::commitment},
    {"nächster schritt", core::Dimension::commitment},
    {"timing", core::Dimension::timing},
    {"date", core::Dimension::timing},
    {"termin", core::Dimension::timing},
    {"zeitplan", core::Dimension::timing},
    {"people", core::Dimension::stakeholder},
    {"person", core::Dimension::stakeholder},
    {"who", core::Dimension::stakeholder},
    {"involved", core::Dimension::stakeholder},
    {"wer", core::Dimension::stakeholder},
    {"leute", core::Dimension::stakeholder},
    {"beteiligt", core::Dimension::stakeholder},
    {"unknown", core::Dimension::unknown},
    {"unbekannt", core::Dimension::unknown},
};

std::string_view in_language(const Label& label, std::string_view language) {
    return language == "de" ? label.de : label.en;
}

}  // namespace

std::string filled(std::string_view text, Slots slots) {
    // One pass, so that a value which itself holds "{person}" is left as it was said.
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find('{', at);
        if (open == std::string_view::npos) return out.append(text.substr(at));
        out.append(text.substr(at, open - at));
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) return out.append(text.substr(open));
        const std::string_view name = text.substr(open + 1, close - open - 1);
        for (const auto& [slot, value] : slots) {
            if (slot == name) out.append(value);
        }
        at = close + 1;
    }
    return out;
}

std::string phrase(Phrase which, std::string_view language, Slots slots, std::uint64_t variant) {
    const Line& line = lines[static_cast<std::size_t>(which)];
    DEBRIEF_CHECK(line.which == which);
    std::string_view text = language == "de" ? line.de : line.en;
    std::uint64_t count = 1;
    for (const char c : text) count += c == '|' ? 1U : 0U;
    for (std::uint64_t skip = variant % count; skip > 0; --skip) text.remove_prefix(text.find('|') + 1);
    return filled(text.substr(0, text.find('|')), slots);
}

std::string label_of(core::Dimension dimension, std::string_view language) {
    return std::string(in_language(dimension_labels[static_cast<std::size_t>(dimension)], language));
}
std::string label_of(core::Stance stance, std::string_view language) {
    return std::string(in_language(stance_labels[static_cast<std::size_t>(stance)], language));
}

std::optional<core::Dimension> dimension_named(std::string_view line) {
    const std::string plain = plain_line(line);
    for (std::size_t i = 0; i < core::dimension_names.size(); ++i) {
        const auto dimension = static_cast<core::Dimension>(i);
        std::string name(core::dimension_names[i]);
        replace_all(name, "_", " ");
        if (plain == core::dimension_names[i] || contains_phrase(plain, name) ||
            contains_phrase(plain, label_of(dimension, "en")) || contains_phrase(plain, label_of(dimension, "de"))) {
            return dimension;
        }
    }
    for (const auto& [word, dimension] : topic_words) {
        if (contains_phrase(plain, word)) return dimension;
    }
    return std::nullopt;
}

std::optional<core::Dimension> topic_of_unknown(std::string_view text) {
    using core::Dimension;
    static constexpr std::pair<std::string_view, Dimension> cues[] = {
        {"who signs", Dimension::decision_process},
        {"who decides", Dimension::decision_process},
        {"who approves", Dimension::decision_process},
        {"who has to sign", Dimension::decision_process},
        {"how they decide", Dimension::decision_process},
        {"how the decision", Dimension::decision_process},
        {"who holds the budget", Dimension::decision_process},
        {"who has the last word", Dimension::decision_process},
        {"what it costs them", Dimension::cost_of_inaction},
        {"what that costs", Dimension::cost_of_inaction},
        {"what staying", Dimension::cost_of_inaction},
        {"why they", Dimension::why_change},
        {"what they want", Dimension::desired_outcome},
        {"when they", Dimension::timing},
        {"by when", Dimension::timing},
        {"who else they", Dimension::competing_option},
        {"wer unterschreibt", Dimension::decision_process},
        {"wer entscheidet", Dimension::decision_process},
        {"wie sie entscheiden", Dimension::decision_process},
        {"was es sie kostet", Dimension::cost_of_inaction},
        {"was sie wollen", Dimension::desired_outcome},
        {"bis wann", Dimension::timing}};
    const std::string plain = plain_line(text);
    for (const auto& [phrase, dimension] : cues) {
        if (contains_phrase(plain, phrase)) return dimension;
    }
    return std::nullopt;
}

}  // namespace debrief::bot
