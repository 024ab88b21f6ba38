#include "bot/risk/drivers.hpp"

#include <algorithm>
#include <iterator>

#include "core/result.hpp"

namespace debrief::bot {
namespace {

using enum core::Dimension;

constexpr Gap gap_table[]{
    {why_change, "no_why_change", "stale_why_change", 14, 6},
    {cost_of_inaction, "no_cost_of_inaction", "stale_cost_of_inaction", 14, 6},
    {desired_outcome, "no_desired_outcome", "stale_desired_outcome", 10, 4},
    {decision_process, "no_decision_process", "stale_decision_process", 10, 4},
    {timing, "no_timing", "stale_timing", 6, 3},
};

constexpr Driver driver_table[]{
    {"no_next_step", 12, 0, 12},    {"no_champion", 6, 0, 6},
    {"few_people", 8, 0, 8},        {"fear_of_wrong_choice", 14, 4, 22},
    {"process_struggle", 8, 3, 14}, {"money_worry", 5, 2, 9},
    {"little_wish", 8, 3, 14},      {"open_concern", 4, 2, 8},
    {"doing_nothing", 12, 0, 12},   {"many_options", 6, 2, 10},
    {"blocker", 10, 4, 18},         {"skeptic", 5, 2, 9},
    {"disagreement", 6, 0, 6},      {"contradiction", 5, 2, 11},
    {"overdue_promise", 8, 3, 14},  {"dropped_promise", 6, 3, 12},
    {"slipping", 8, 4, 16},         {"open_unknowns", 2, 2, 8},
    {"no_evidence", 0, 0, 0},  // As many points as all that is missing.
    {"only_praise", 0, 0, 0},  // The same, where something was said that counts for nothing.
};

constexpr ReasonWords word_table[]{
    {"no_why_change", "No reason of their own to change is known.",
     "A reason in their words why they cannot stay as they are.", "Kein eigener Grund zur Veränderung ist bekannt.",
     "Ein Grund in ihren Worten, warum es nicht so bleiben kann."},
    {"no_cost_of_inaction", "Nobody there has said what waiting costs them.",
     "What they expect to happen if they leave it for a year.", "Niemand dort hat gesagt, was das Warten kostet.",
     "Was sie erwarten, wenn ein Jahr lang nichts geschieht."},
    {"no_desired_outcome", "What they want to reach is not known.",
     "The result that they want, with their own measure of it.", "Was sie erreichen wollen, ist nicht bekannt.",
     "Das Ergebnis, das sie wollen, mit ihrem eigenen Maß."},
    {"no_decision_process", "How they decide is not known.", "Who decides, in which steps, by which criteria.",
     "Wie sie entscheiden, ist nicht bekannt.", "Wer entscheidet, in welchen Schritten, nach welchen Maßstäben."},
    {"no_timing", "No date of theirs is known.", "A date in their calendar, and what depends on it.",
     "Kein Termin von ihnen ist bekannt.", "Ein Termin in ihrem Kalender, und was daran hängt."},
    {"stale_why_change", "Their reason to change was last heard long ago: “{it}”.",
     "Hear from them that it still holds.", "Ihr Grund zur Veränderung ist lange nicht bestätigt: „{it}“.",
     "Von ihnen hören, dass er noch gilt."},
    {"stale_cost_of_inaction", "What waiting costs them was last heard long ago: “{it}”.",
     "Hear from them whether it still is so.", "Was das Warten kostet, ist lange nicht bestätigt: „{it}“.",
     "Von ihnen hören, ob es noch so ist."},
    {"stale_desired_outcome", "What they want was last heard long ago: “{it}”.",
     "Hear from them that they still want it.", "Was sie wollen, ist lange nicht bestätigt: „{it}“.",
     "Von ihnen hören, dass sie es noch wollen."},
    {"stale_decision_process", "How they decide was last heard long ago: “{it}”.",
     "Go through their steps with them again.", "Wie sie entscheiden, ist lange nicht bestätigt: „{it}“.",
     "Die Schritte mit ihnen noch einmal durchgehen."},
    {"stale_timing", "Their date was last heard long ago: “{it}”.", "Hear whether the date still holds.",
     "Ihr Termin ist lange nicht bestätigt: „{it}“.", "Hören, ob der Termin noch gilt."},
    {"no_next_step", "Nobody there has promised a next step.", "A step that one of them takes, with a day.",
     "Niemand dort hat einen nächsten Schritt zugesagt.", "Ein Schritt, den einer von ihnen tut, mit einem Tag."},
    {"no_champion", "Nobody there is known to stand for the change.",
     "Somebody who says why they want it, and to whom they said so.",
     "Von niemandem dort ist bekannt, dass er die Veränderung will.",
     "Jemand, der sagt, warum er sie will und wem er es gesagt hat."},
    {"few_people", "Fewer than two of their people are known.", "Meet another person who has to live with the result.",
     "Weniger als zwei ihrer Leute sind bekannt.", "Noch jemanden treffen, der mit dem Ergebnis leben muss."},
    {"fear_of_wrong_choice", "They fear a wrong choice: “{it}”.",
     "Make the choice smaller or safe to undo; more reasons to change raise the fear.",
     "Sie fürchten eine falsche Wahl: „{it}“.",
     "Die Wahl kleiner oder umkehrbar machen; weitere Gründe verstärken die Furcht."},
    {"process_struggle", "They struggle with how to decide: “{it}”.", "Help them with their own next step.",
     "Sie ringen damit, wie sie entscheiden: „{it}“.", "Ihnen bei ihrem eigenen nächsten Schritt helfen."},
    {"money_worry", "Money worries them: “{it}”.", "Find out whose money it is, and what it is weighed against.",
     "Geld macht ihnen Sorgen: „{it}“.", "Herausfinden, wessen Geld es ist und wogegen es abgewogen wird."},
    {"little_wish", "They may not want it enough: “{it}”.", "Ask whether they should leave it, and listen.",
     "Sie wollen es vielleicht nicht genug: „{it}“.", "Fragen, ob sie es lassen sollten, und zuhören."},
    {"open_concern", "A worry of theirs is open: “{it}”.", "Hear the worry out, and what would settle it for them.",
     "Eine Sorge ist offen: „{it}“.", "Die Sorge anhören, und was sie für sie erledigen würde."},
    {"doing_nothing", "Doing nothing is on their list: “{it}”.", "What doing nothing costs, by their own account.",
     "Nichts zu tun steht bei ihnen zur Wahl: „{it}“.", "Was Nichtstun kostet, nach ihrer eigenen Rechnung."},
    {"many_options", "They weigh {n} options, which makes a choice harder.",
     "Help them to leave out options by their own criteria.", "Sie wägen {n} Möglichkeiten ab; das erschwert die Wahl.",
     "Ihnen helfen, nach ihren Maßstäben welche auszuschließen."},
    {"blocker", "Somebody stands against it: {it}.", "Understand what they would lose, and what they would need.",
     "Jemand ist dagegen: {it}.", "Verstehen, was sie verlieren würden und was sie bräuchten."},
    {"skeptic", "Somebody doubts it: {it}.", "Ask what would have to be true for them.", "Jemand zweifelt: {it}.",
     "Fragen, was für sie stimmen müsste."},
    {"disagreement", "Their people disagree: {it}.", "Bring their views to one table, without taking a side.",
     "Ihre Leute sind uneins: {it}.", "Ihre Sichten an einen Tisch bringen, ohne Partei zu nehmen."},
    {"contradiction", "What we heard does not fit together: “{it}”.", "Ask them which of it holds today.",
     "Was wir hörten, passt nicht zusammen: „{it}“.", "Sie fragen, was davon heute gilt."},
    {"overdue_promise", "A promise of theirs is overdue: “{it}”.",
     "Ask what came in between, and what would make it easier.", "Eine Zusage von ihnen ist überfällig: „{it}“.",
     "Fragen, was dazwischenkam und was es leichter machte."},
    {"dropped_promise", "They dropped a promise: “{it}”.", "Ask what changed for them.",
     "Sie haben eine Zusage aufgegeben: „{it}“.", "Fragen, was sich für sie geändert hat."},
    {"slipping", "Their date has moved back: “{it}”.", "What now depends on the date, and for whom.",
     "Ihr Termin hat sich verschoben: „{it}“.", "Was nun am Termin hängt, und für wen."},
    {"open_unknowns", "Open questions about them: {n}.", "Ask them at the next meeting; the call plan has them.",
     "Offene Fragen über sie: {n}.", "Beim nächsten Treffen stellen; sie stehen im Gesprächsplan."},
    {"no_evidence", "Nothing is known of this customer yet, so everything is open.",
     "A first debrief: why would they change, and what if not?",
     "Über diesen Kunden ist noch nichts bekannt, also ist alles offen.",
     "Ein erstes Debrief: Warum würden sie etwas ändern, und was, wenn nicht?"},
    {"only_praise", "What was said is praise; of their decision nothing is known.",
     "What they would do, and why, in their words.", "Gesagt wurde nur Lob; über ihre Entscheidung ist nichts bekannt.",
     "Was sie tun würden und warum, in ihren Worten."},
};

}  // namespace

std::span<const Gap> gaps() {
    return gap_table;
}
std::span<const Driver> drivers() {
    return driver_table;
}

const Driver& driver(std::string_view code) {
    const auto* const found = std::find_if(std::begin(driver_table), std::end(driver_table),
                                           [&](const Driver& one) { return one.code == code; });
    DEBRIEF_CHECK(found != std::end(driver_table));
    return *found;
}

const ReasonWords& reason_words(std::string_view code) {
    const auto* const found = std::find_if(std::begin(word_table), std::end(word_table),
                                           [&](const ReasonWords& one) { return one.code == code; });
    DEBRIEF_CHECK(found != std::end(word_table));
    return *found;
}

}  // namespace debrief::bot
