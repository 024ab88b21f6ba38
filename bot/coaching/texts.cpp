#include "bot/coaching/texts.hpp"

#include <array>

#include "bot/dialogue/words.hpp"

namespace debrief::bot::coaching {
namespace {

struct Words {
    Line line;
    std::string_view en, de;
};
constexpr std::array<Words, 27> all{{
    {Line::begin, "A talk with {person}. Only you can read this.", "Ein Gespräch mit {person}. Das lesen nur Sie."},
    {Line::goals, "What {person} wants, in their own words: {goals}.",
     "Was {person} will, in eigenen Worten: {goals}."},
    {Line::no_goal, "{person} has shared no goal with you yet.", "{person} hat noch kein Ziel mit Ihnen geteilt."},
    {Line::stuck, "Where {person} may be stuck:", "Wo {person} nicht weiterkommt:"},
    {Line::not_stuck, "Nothing that you may see says where {person} is stuck.",
     "Nichts, was Sie sehen dürfen, sagt, wo {person} nicht weiterkommt."},
    {Line::open_before, "You promised before, and it is still open: {tasks}.",
     "Das haben Sie früher zugesagt, und es ist noch offen: {tasks}."},
    {Line::noted, "Noted.", "Notiert."},
    {Line::numbers, "That is your number. What does {person} want to achieve?",
     "Das ist Ihre Zahl. Was möchte {person} erreichen?"},
    {Line::skipped, "Left out.", "Ausgelassen."},
    {Line::screen, "Your note on the talk with {person}, private unless you share it:\n{note}",
     "Ihre Notiz zum Gespräch mit {person}, privat, solange Sie sie nicht teilen:\n{note}"},
    {Line::empty_note, "(nothing noted)", "(nichts notiert)"},
    {Line::tasks, "What you will do:\n{tasks}", "Was Sie tun werden:\n{tasks}"},
    {Line::no_tasks, "You have promised nothing yet.", "Sie haben noch nichts zugesagt."},
    {Line::screen_tail,
     "Say what you will do for {person}, one thing a line. “drop 1” takes one out. “confirm” keeps all; “share” keeps "
     "it "
     "and lets {person} read the note.",
     "Sagen Sie, was Sie für {person} tun werden, eines je Zeile. „streiche 1“ nimmt eines heraus. „bestätigen“ behält "
     "alles; "
     "„teilen“ behält es und lässt {person} die Notiz lesen."},
    {Line::task_added, "You will: {text}.", "Sie werden: {text}."},
    {Line::dropped, "Left out: {text}.", "Weggelassen: {text}."},
    {Line::no_such, "There is no such number.", "Diese Nummer gibt es nicht."},
    {Line::kept, "Kept. The note is yours alone; what you promised is among your tasks.",
     "Behalten. Die Notiz gehört nur Ihnen; was Sie zugesagt haben, steht bei Ihren Aufgaben."},
    {Line::shared, "Kept. {person} can read the note; what you promised is among your tasks.",
     "Behalten. {person} kann die Notiz lesen; was Sie zugesagt haben, steht bei Ihren Aufgaben."},
    {Line::nothing_kept, "There was nothing to keep. The talk is closed.",
     "Es gab nichts zu behalten. Das Gespräch ist beendet."},
    {Line::closed, "This talk is closed. Start a new one for the next.",
     "Dieses Gespräch ist beendet. Beginnen Sie für das nächste ein neues."},
    {Line::undone, "Taken back: “{text}”.", "Zurückgenommen: „{text}“."},
    {Line::nothing_undone, "There is nothing to take back.", "Es gibt nichts zurückzunehmen."},
    {Line::why, "Because you help them best when you know it.", "Weil Sie am besten helfen, wenn Sie es wissen."},
    {Line::heading_goal, "What {person} wants: ", "Was {person} will: "},
    {Line::heading_obstacle, "What stands in the way: ", "Was im Weg steht: "},
    {Line::heading_help, "What would help: ", "Was helfen würde: "},
}};

}  // namespace

std::string text_of(Line line, std::string_view language, Slots slots) {
    for (const Words& words : all) {
        if (words.line != line) continue;
        std::string text{language == "de" ? words.de : words.en};
        for (const auto& [name, value] : slots) replace_all(text, "{" + std::string{name} + "}", value);
        return text;
    }
    return {};
}

}  // namespace debrief::bot::coaching
