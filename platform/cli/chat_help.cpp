#include "platform/cli/chat_help.hpp"

#include <algorithm>
#include <array>

#include "platform/cli/chat_words.hpp"
#include "platform/cli/layout.hpp"

namespace debrief::platform::cli {
namespace {

using sv = std::string_view;

// The kinds in which a row holds.
constexpr unsigned debrief = 1, ending = 2, deal = 4, plan = 8, choices = 16, practice = 32, coaching = 64;
constexpr unsigned told = debrief | ending;       // One rep tells, and confirms.
constexpr unsigned room = deal | plan | choices;  // Colleagues in the room of an account.
constexpr unsigned every = told | room | practice | coaching;

unsigned kind_of(sv name) {
    constexpr std::array<std::pair<sv, unsigned>, 6> kinds{{{"ending", ending},
                                                            {"deal_review", deal},
                                                            {"plan_review", plan},
                                                            {"competitive_review", choices},
                                                            {"rehearsal", practice},
                                                            {"coaching", coaching}}};
    const auto* const found =
        std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.first == name; });
    return found == kinds.end() ? debrief : found->second;
}

struct Row {
    sv command;
    unsigned kinds;
    sv en, de;
};
// In the order of slash_commands(). A debrief speaks to its rep as "du", a one-to-one to its manager as "Sie".
constexpr Row rows[]{
    {"/skip", told, "next question; stores nothing", "nächste Frage; nichts wird gespeichert"},
    {"/skip", room, "the room goes on to the next question", "die Runde geht zur nächsten Frage"},
    {"/skip", practice, "next question; this one is not judged", "nächste Frage; diese wird nicht beurteilt"},
    {"/skip", coaching, "next question; your note goes without this one",
     "nächste Frage; diese kommt nicht in Ihre Notiz"},
    {"/dont-know", debrief, "you don't know: it goes on the next call plan",
     "du weißt es nicht: es kommt in den nächsten Gesprächsplan"},
    {"/dont-know", ending, "nobody has told you: it is kept as not known",
     "niemand hat es dir gesagt: es bleibt als nicht bekannt stehen"},
    {"/dont-know", room, "nobody here knows: it becomes a question for the customer",
     "niemand hier weiß es: es wird eine Frage an den Kunden"},
    {"/dont-know", practice, "counts as an answer; say how you would find out, and by when",
     "zählt als Antwort; sag dazu, wie und bis wann du es herausfindest"},
    {"/dont-know", coaching, "you don't know: then it is something to ask",
     "Sie wissen es nicht: dann können Sie danach fragen"},
    {"/back", told, "to the question before", "zur vorigen Frage"},
    {"/back", room | practice | coaching, "the open question once more", "die offene Frage noch einmal"},
    {"/undo", told | practice, "take back your last line", "deine letzte Zeile zurücknehmen"},
    {"/undo", coaching, "take back your last line", "Ihre letzte Zeile zurücknehmen"},
    {"/why", told | room | coaching, "why this question", "warum diese Frage"},
    {"/why", practice, "where this question comes from", "woher diese Frage kommt"},
    {"/stop", told, "enough for today: to what was understood", "genug für heute: zu dem, was verstanden wurde"},
    {"/stop", room, "to what the review has come to", "zu dem, was die Besprechung ergeben hat"},
    {"/stop", practice, "enough for today; it waits where you were", "genug für heute; sie wartet, wo du warst"},
    {"/stop", coaching, "to your note, and to what you will do", "zu Ihrer Notiz und dem, was Sie tun werden"},
    {"/resume", told | room | practice, "go on asking", "weiter fragen"},
    {"/confirm", told, "all of it is right and counts, or only item N", "alles stimmt und zählt, oder nur Punkt N"},
    {"/confirm", room, "what you told of the customer counts; on the last screen it closes the review",
     "was du vom Kunden erzählt hast, zählt; auf dem letzten Bild schließt es die Besprechung"},
    {"/confirm", coaching, "keep the note for yourself, and what you promised as your tasks",
     "die Notiz für sich behalten, und was Sie zugesagt haben als Aufgaben"},
    {"/correct", told | room, "item N should say TEXT", "Punkt N soll TEXT heißen"},
    {"/drop", told | room, "item N is not so; leave it out", "Punkt N ist nicht so; weglassen"},
    {"/drop", coaching, "you will not do number N; leave it out", "Nummer N tun Sie nicht; weglassen"},
    {"/share", practice, "your manager may read questions and verdicts; “share with my answers” adds your words",
     "deine Leitung darf Fragen und Urteile lesen; „teilen mit meinen Antworten“ nimmt deine Worte dazu"},
    {"/share", coaching, "as /confirm, and the rep may read the note",
     "wie /confirm, und die Notiz darf gelesen werden"},
    {"/show", told | room, "what was understood so far", "was bisher verstanden wurde"},
    {"/show", practice, "how it went so far, and what comes again", "wie es bisher ging, und was wiederkommt"},
    {"/show", coaching, "your note so far, and what you will do", "Ihre Notiz bisher, und was Sie tun werden"},
    {"/status", every, "questions left, and whether it is synced",
     "wie viele Fragen noch, und ob alles abgeglichen ist"},
    {"/help", every, "this list", "diese Liste"},
    {"/quit", every, "leave; everything said is kept", "gehen; alles Gesagte bleibt erhalten"},
};
struct Told {
    unsigned kinds;
    sv en, de;
};
constexpr Told intros[]{
    {debrief,
     "A debrief: say in your own words what you heard from the customer. Nothing counts before you confirm it.",
     "Ein Debriefing: Sag in deinen Worten, was du vom Kunden gehört hast. Nichts zählt, bevor du es bestätigst."},
    {ending,
     "How it ended, in the customer's terms: what they did, who says so, and why. Nothing counts before you "
     "confirm it.",
     "Wie es endete, aus Sicht des Kunden: was sie taten, wer das sagt, und warum. Nichts zählt, bevor du es "
     "bestätigst."},
    {deal,
     "A deal review: tell the room what you know about the customer, their buying, then how we help. @NAME speaks "
     "to a colleague and not to the bot.",
     "Eine Besprechung des Vorhabens: Erzähl der Runde vom Kunden, von seiner Entscheidung, dann von unserer Hilfe. "
     "@NAME spricht mit jemandem aus der Runde, nicht mit dem Bot."},
    {plan,
     "A call-plan review: paste the plan, or answer what the customer would want of the meeting. @NAME speaks to "
     "a colleague and not to the bot.",
     "Eine Besprechung des Gesprächsplans: Füg den Plan ein, oder sag, was der Kunde von dem Termin hätte. @NAME "
     "spricht mit jemandem aus der Runde, nicht mit dem Bot."},
    {choices,
     "The customer's choices as they see them, doing nothing first. @NAME speaks to a colleague and not to "
     "the bot.",
     "Die Möglichkeiten des Kunden aus seiner Sicht, nichts zu tun zuerst. @NAME spricht mit jemandem aus der Runde, "
     "nicht mit dem Bot."},
    {practice,
     "Practice: answer as you would to that person. Nothing of it counts, and nobody reads it unless you "
     "share it.",
     "Übung: Antworte, wie du es dieser Person gegenüber tätest. Nichts davon zählt, und niemand liest es, wenn du es "
     "nicht teilst."},
    {coaching, "A one-to-one: the rep is your customer here. Only you read it unless you share the note.",
     "Ein Gespräch zu zweit: Hier ist, wen Sie begleiten, Ihr Kunde. Nur Sie lesen es, solange Sie die Notiz nicht "
     "teilen."},
};
constexpr Told tails[]{
    {told,
     "Plain words work too: skip, I don't know, back, stop; “make it May, not March” corrects. Ask me something "
     "and I look it up.",
     "Einfache Worte gehen auch: überspringen, weiß nicht, zurück, stopp; „nicht März, sondern Mai“ berichtigt. Frag "
     "mich etwas, und ich sehe nach."},
    {room, "Plain words work too: skip, I don't know, stop, that is all.",
     "Einfache Worte gehen auch: überspringen, weiß nicht, stopp, das ist alles."},
    {practice, "Plain words work too: again, next, I don't know, stop, share.",
     "Einfache Worte gehen auch: noch einmal, weiter, weiß nicht, stopp, teilen."},
    {coaching, "Plain words work too: skip, I don't know, stop, drop 1, share.",
     "Einfache Worte gehen auch: überspringen, weiß nicht, stopp, streiche 1, teilen."},
};
constexpr sv keys_en = "Ctrl-C drops the line, twice leaves; Ctrl-D stops politely, and leaves a review to the others.";
constexpr sv keys_de =
    "Strg-C verwirft die Zeile, zweimal geht; Strg-D hält höflich an und überlässt eine Besprechung den anderen.";

template <typename List>
sv told_in(const List& list, unsigned kind, sv language) {
    for (const auto& one : list) {
        if ((one.kinds & kind) != 0) return language == "de" ? one.de : one.en;
    }
    return {};
}

}  // namespace

std::vector<HelpRow> chat_help_rows(sv kind, sv language) {
    std::vector<HelpRow> out;
    for (const auto& command : slash_commands()) {
        for (const Row& row : rows) {
            if (row.command != command.name || (row.kinds & kind_of(kind)) == 0) continue;
            // In a one-to-one nothing is confirmed one by one.
            const bool alone = command.usage.empty() || (kind_of(kind) == coaching && command.name == "/confirm");
            out.push_back({std::string{command.name} + (alone ? "" : " " + std::string{command.usage}),
                           language == "de" ? row.de : row.en});
        }
    }
    return out;
}

sv chat_help_intro(sv kind, sv language) {
    return told_in(intros, kind_of(kind), language);
}

void show_chat_help(Output& out, sv kind, sv language) {
    out.paragraph({Style::plain, ""}, {Style::plain, std::string{chat_help_intro(kind, language)}});
    const auto list = chat_help_rows(kind, language);
    std::size_t widest = 0;
    for (const HelpRow& row : list) widest = std::max(widest, row.usage.size());
    for (const HelpRow& row : list)
        out.paragraph({Style::accent, padded(row.usage, widest + 2)}, {Style::plain, std::string{row.help}});
    out.paragraph({Style::dim, ""}, {Style::dim, std::string{told_in(tails, kind_of(kind), language)} + " " +
                                                     std::string{language == "de" ? keys_de : keys_en}});
}

}  // namespace debrief::platform::cli
