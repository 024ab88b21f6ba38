#include "bot/ending/ending_texts.hpp"

#include <algorithm>
#include <iterator>

namespace debrief::bot::ending {
namespace {

struct EndingLine {
    Text which;
    std::string_view en, de;
};
constexpr EndingLine ending_lines[]{
    {Text::about, "About “{name}”.", "Es geht um „{name}“."},
    {Text::noted_before, "About “{name}”. It is noted that {outcome}.", "Es geht um „{name}“. Notiert ist: {outcome}."},
    {Text::noted_before_on, "About “{name}”. It is noted that {outcome}, {date}.",
     "Es geht um „{name}“. Notiert ist: {outcome}, {date}."},
    {Text::reason_before, "The reason noted: “{reason}”.", "Als Grund ist notiert: „{reason}“."},
    {Text::say_so, "If it is not so, say “no, …” and what they did.",
     "Wenn es nicht so ist, sag „nein, …“ und was sie getan haben."},
    {Text::noted_outcome, "Noted: {outcome}.", "Notiert: {outcome}."},
    {Text::noted_person, "On the word of {who}, then.", "Also nach den Worten von {who}."},
    {Text::noted_source, "Noted where it is from: {who}.", "Notiert, woher es ist: {who}."},
    {Text::changed_outcome, "Changed: {outcome}.", "Geändert: {outcome}."},
    {Text::changed_reason, "Changed: their reason.", "Geändert: ihr Grund."},
    {Text::screen_outcome, "How it ended for {account}: {outcome}.", "Wie es für {account} ausging: {outcome}."},
    {Text::screen_by, "On whose words: {who}.", "Nach wessen Worten: {who}."},
    {Text::screen_reason, "Their reason: “{reason}”", "Ihr Grund: „{reason}“"},
    {Text::screen_tail, "“no, they stayed as they are” changes how it ended, “reason: …” their reason.",
     "„nein, sie bleiben, wie sie sind“ ändert, wie es ausging, „Grund: …“ ihren Grund."},
    {Text::screen_tail_alone, "Say “confirm” if it is so. “no, they stayed as they are” or “reason: …” changes it.",
     "Sag „bestätigen“, wenn es so ist. „nein, sie bleiben, wie sie sind“ oder „Grund: …“ ändert es."},
    {Text::closing, "Thank you. For {account} it stands now: {outcome}.",
     "Danke. Für {account} steht jetzt da: {outcome}."},
    {Text::closing_more, "{count} findings are in their journey.", "{count} Erkenntnisse stehen in ihrer Kaufreise."},
    {Text::closing_one, "One finding is in their journey.", "Eine Erkenntnis steht in ihrer Kaufreise."},
};

}  // namespace

std::string say(Text which, std::string_view language, Slots slots) {
    const auto* const line = std::find_if(std::begin(ending_lines), std::end(ending_lines),
                                          [&](const EndingLine& one) { return one.which == which; });
    return line == std::end(ending_lines) ? std::string{} : filled(language == "de" ? line->de : line->en, slots);
}

}  // namespace debrief::bot::ending
