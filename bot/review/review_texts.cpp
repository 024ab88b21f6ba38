#include "bot/review/review_texts.hpp"

#include <algorithm>
#include <array>

namespace debrief::bot::review {
namespace {

struct Line {
    Say which;
    std::string_view en, de;
};
constexpr std::array lines{
    Line{Say::title_deal, "Deal review: {account}.", "Besprechung des Vorhabens: {account}."},
    Line{Say::title_plan, "Call-plan review: {account}.", "Besprechung des Gesprächsplans: {account}."},
    Line{Say::title_competitive, "The choices of {account}, as they see them.",
         "Die Möglichkeiten von {account}, aus ihrer Sicht."},
    Line{Say::no_evidence, "There is no evidence about {account} yet: nobody's words are stored.",
         "Es gibt noch keine Belege zu {account}: niemandes Worte sind gespeichert."},
    Line{Say::known, "Known of {topic}:", "Bekannt zu „{topic}“:"},
    Line{Say::nothing_known, "Nothing is known yet of {topic}.", "Noch nichts bekannt zu „{topic}“."},
    Line{Say::told_by, "{date}, {person}, told by {by}", "{date}, {person}, erzählt von {by}"},
    Line{Say::told_by_nobody, "{date}, told by {by}", "{date}, erzählt von {by}"},
    Line{Say::gaps, "The largest gaps: {gaps}.", "Die größten Lücken: {gaps}."},
    Line{Say::shifted, "{count} shifted since {date}:", "{count} haben sich seit {date} verschoben:"},
    Line{Say::nothing_shifted, "Nothing that we know of has shifted since {date}.",
         "Seit {date} hat sich nichts verschoben, von dem wir wissen."},
    Line{Say::since_last, "New since the last review on {date}:", "Neu seit der letzten Besprechung am {date}:"},
    Line{Say::options, "What they weigh, as they see it:", "Was sie erwägen, aus ihrer Sicht:"},
    Line{Say::as_it_is, "Leaving things as they are: {facts}", "Alles lassen, wie es ist: {facts}"},
    Line{Say::as_it_is_unknown, "Leaving things as they are: nobody has told us what speaks for it.",
         "Alles lassen, wie es ist: Niemand hat uns gesagt, was dafür spricht."},
    Line{Say::ask_shifted, "What has changed on their side in that time?",
         "Was hat sich bei ihnen in dieser Zeit geändert?"},
    Line{Say::noted, "Noted, {by}.", "Notiert, {by}."},
    Line{Say::noted_too, "Noted beside it, {by}.", "Daneben notiert, {by}."},
    Line{Say::to_ask, "Then it is a question for them.", "Dann ist es eine Frage an sie."},
    Line{Say::disagreement, "{a} and {b} heard it differently; that becomes a question for them.",
         "{a} und {b} haben es verschieden gehört; das wird eine Frage an sie."},
    Line{Say::disagreement_ask, "We heard “{one}” and “{two}”. How is it for you?",
         "Wir haben „{one}“ und „{two}“ gehört. Wie ist es bei euch?"},
    Line{Say::help_noted, "{by} does that; it helps them with: {step}.", "{by} tut das; es hilft ihnen bei: {step}."},
    Line{Say::help_for_us, "{by} does that. No step of theirs is named, so it is listed as serving only us.",
         "{by} tut das. Kein Schritt von ihnen ist genannt, also steht es unter „dient nur uns“."},
    Line{Say::more_help, "What else helps them decide? Say “that is all” when there is nothing more.",
         "Was hilft ihnen noch? „Das ist alles“, wenn es nichts mehr gibt."},
    Line{Say::kept_apart, "Kept apart, on our side.", "Für sich gehalten, auf unserer Seite."},
    Line{Say::stepping_away, "Stepping away is an honest end. Nobody is counted for it.",
         "Aussteigen ist ein ehrliches Ende. Niemandem wird es angerechnet."},
    Line{Say::outcome_head, "What this review of {account} came to:", "Was die Besprechung von {account} ergeben hat:"},
    Line{Say::outcome_learned, "Told about them:", "Über sie erzählt:"},
    Line{Say::outcome_unknown, "Still not known: {gaps}.", "Noch nicht bekannt: {gaps}."},
    Line{Say::outcome_stale, "Not heard again since {date}: {topic}", "Seit {date} nicht mehr gehört: {topic}"},
    Line{Say::outcome_ask, "To ask them:", "Sie zu fragen:"},
    Line{Say::outcome_help, "How we help them decide:", "Womit wir ihnen beim Entscheiden helfen:"},
    Line{Say::outcome_help_us, "Serves only us:", "Dient nur uns:"},
    Line{Say::outcome_our_side, "Our own side:", "Unsere eigene Seite:"},
    Line{Say::outcome_nothing, "Nothing was agreed.", "Nichts wurde verabredet."},
    Line{Say::outcome_away, "We step away from this.", "Wir steigen hier aus."},
    Line{Say::outcome_new, "New since the review of {date}:", "Neu seit der Besprechung vom {date}:"},
    Line{Say::outcome_owners, "Who does something:", "Wer etwas tut:"},
    Line{Say::confirm, "Say “confirm” to close the review, or go on.",
         "„bestätigen“ schließt die Besprechung, oder redet weiter."},
    Line{Say::confirm_yours, "What you told of them counts once you confirm it: {count}.",
         "Was du über sie erzählt hast, zählt, sobald du es bestätigst: {count}."},
    Line{Say::closed, "The review of {account} is closed; the page with its outcome is stored.",
         "Die Besprechung von {account} ist beendet; die Seite mit dem Ergebnis ist gespeichert."},
    Line{Say::yours_confirmed, "Confirmed in the journey: {count}.", "Auf dem Kaufweg bestätigt: {count}."},
    Line{Say::nothing_of_yours, "Nothing of yours waits for a confirmation.", "Von dir wartet nichts auf Bestätigung."},
    Line{Say::plan_focus, "{customer} % of this plan is about the customer, {seller} % about us.",
         "{customer} % dieses Plans handeln vom Kunden, {seller} % von uns."},
    Line{Say::plan_marked, "About us: “{sentence}” ({why}). From their side: {instead}",
         "Über uns: „{sentence}“ ({why}). Von ihrer Seite: {instead}"},
    Line{Say::plan_more, "… and {count} more.", "… und {count} weitere."},
    Line{Say::plan_missing, "Not touched: {gaps}.", "Nicht berührt: {gaps}."},
    Line{Say::plan_none, "There is no plan text yet. Paste one, or say it here.",
         "Es gibt noch keinen Plantext. Füge einen ein, oder sag ihn hier."},
    Line{Say::plan_complete, "It touches every heading of their journey.",
         "Er berührt jede Überschrift ihres Kaufwegs."},
};

}  // namespace

std::string say(Say which, std::string_view language, Slots slots) {
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const Line& line) { return line.which == which; });
    return filled(language == "de" ? found->de : found->en, slots);
}

}  // namespace debrief::bot::review
