#include "bot/review/helping.hpp"
#include "bot/dialogue/german_dates.hpp"

#include <algorithm>
#include <array>

#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/words.hpp"
#include "core/utf8.hpp"

namespace debrief::bot::review {
namespace {

template <std::size_t n>
bool any_phrase(const std::string& plain, const std::array<std::string_view, n>& phrases) {
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](std::string_view one) { return contains_phrase(plain, one); });
}

std::string first_name(const std::string& name) {
    return lower_case(name.substr(0, name.find(' ')));
}

/// The member whom a line names at its beginning; the speaker for "I".
core::NamedId who_does(const Exchange& exchange, const std::string& text) {
    const auto words = plain_words(text);
    for (std::size_t i = 0; i < std::min<std::size_t>(3, words.size()); ++i) {
        for (const core::NamedId& member : exchange.world.members) {
            if (!member.name.empty() && words[i] == first_name(member.name)) return member;
        }
    }
    return exchange.conversation.rep;
}

/// What follows "so that", "to help them", "damit".
std::string step_said(const std::string& text) {
    constexpr std::array<std::string_view, 9> openers{"so that ", "so they ",     "so she ", "so he ", "to help ",
                                                      "helps ",   "in time for ", "damit ",  "hilft "};
    const std::string small = lower_case(text);
    for (const std::string_view opener : openers) {
        const std::size_t at = small.find(opener);
        if (at == std::string::npos) continue;
        std::string step = trimmed(std::string_view(text).substr(
            at + (opener.starts_with("so ") && opener != "so that " ? 3 : opener.size())));
        while (!step.empty() && (step.back() == '.' || step.back() == '!')) step.pop_back();
        if (!step.empty()) return step;
    }
    return {};
}

}  // namespace

Contribution help_of(const Exchange& exchange, const std::string& text) {
    Contribution one;
    one.kind = "help";
    one.text = trimmed(text);
    while (one.text.ends_with('.')) one.text.pop_back();
    one.by = who_does(exchange, text);
    one.dimension = core::Dimension::commitment;
    const NoteContext context = note_context(exchange.conversation, exchange.world, exchange.state.people);
    if (const auto dates = dates_said(text, context); !dates.empty()) one.due = dates.back().value;
    const auto stems = content_stems(text);
    std::size_t most = 0;
    for (const core::CommitmentView& c : exchange.world.journey.commitments) {
        if (c.state != "open" && c.state != "overdue") continue;
        std::size_t shared = shared_stems(stems, content_stems(c.made.text));
        const auto names = plain_words(c.made.owner.name);
        const auto said = plain_words(text);
        if (!names.empty() && std::find(said.begin(), said.end(), names.front()) != said.end()) ++shared;
        if (shared <= most || shared < 2) continue;
        most = shared;
        one.serves = c.made.id;
        one.step = (c.made.owner.name.empty() ? "" : c.made.owner.name + ": ") + c.made.text;
    }
    if (one.step.empty()) one.step = step_said(text);
    return one;
}

bool says_that_is_all(std::string_view text) {
    const std::string plain = plain_line(text);
    constexpr std::array<std::string_view, 16> all{"that is all", "that's all", "nothing more", "nothing else",
                                                   "no more",     "nothing",    "that is it",   "that's it",
                                                   "done",        "none",       "no",           "das ist alles",
                                                   "das war's",   "nichts",     "nichts mehr",  "fertig"};
    return std::find(all.begin(), all.end(), plain) != all.end();
}

bool steps_away(std::string_view text) {
    constexpr std::array<std::string_view, 12> phrases{"step away from",   "walk away from",  "should step away",
                                                       "should walk away", "not pursue this", "stop pursuing",
                                                       "let this one go",  "no fit for them", "not a fit for them",
                                                       "aussteigen",       "davon lassen",    "nicht weiter verfolgen"};
    return any_phrase(plain_line(text), phrases);
}

bool asks_about_our_numbers(std::string_view text) {
    constexpr std::array<std::string_view, 27> phrases{"commit this",
                                                       "committing this",
                                                       "committing it",
                                                       "commit it",
                                                       "in the forecast",
                                                       "my forecast",
                                                       "your forecast",
                                                       "our forecast",
                                                       "close date",
                                                       "discount",
                                                       "percent off",
                                                       "give them ten",
                                                       "give them five",
                                                       "probability",
                                                       "how likely",
                                                       "upside",
                                                       "upsell",
                                                       "quota",
                                                       "pipeline",
                                                       "what stage",
                                                       "when does it close",
                                                       "when will it close",
                                                       "this quarter",
                                                       "our quarter",
                                                       "deal size",
                                                       "rabatt",
                                                       "abschluss"};
    return any_phrase(plain_line(text), phrases);
}

bool is_for_colleague(std::string_view text, const std::vector<core::NamedId>& members) {
    const std::string small = lower_case(trimmed(text));
    if (small.starts_with("@bot") || small.starts_with("@debrief")) return false;
    if (small.starts_with('@')) return true;
    return std::any_of(members.begin(), members.end(), [&](const core::NamedId& member) {
        const std::string name = first_name(member.name);
        return !name.empty() && small.find("@" + name) != std::string::npos;
    });
}

std::string addressed_to_bot(std::string_view text) {
    const std::string small = lower_case(text);
    for (const std::string_view call : {"@debrief", "@bot"}) {
        if (small.starts_with(call)) return trimmed(text.substr(call.size()));
    }
    return std::string(text);
}

}  // namespace debrief::bot::review
