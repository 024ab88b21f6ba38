#include "bot/review/plan_text.hpp"

#include <algorithm>
#include <set>

#include "bot/dialogue/words.hpp"
#include "bot/plan/pasted.hpp"
#include "bot/review/review_texts.hpp"

namespace debrief::bot::review {
namespace {

using core::Dimension;

constexpr std::size_t marks_shown = 6, words_quoted = 25;

/// A bullet is a sentence, and is quoted as one.
std::string with_end_marks(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        if (!line.empty() && std::string_view{".?!:"}.find(line.back()) == std::string_view::npos) line += '.';
        if (!line.empty()) out += line + "\n";
        at = end + 1;
    }
    return out;
}

/// The reframe of the question about what the sentence touches, else of the next in turn.
std::string instead_of(const Exchange& exchange, std::optional<Dimension> touched, std::size_t nth) {
    std::vector<const Question*> turned;
    for (const Question& question : exchange.book.questions) {
        if (question.reframe.empty()) continue;
        if (touched && question.dimension == *touched) return question.reframe.in(exchange.language());
        turned.push_back(&question);
    }
    return turned.empty() ? exchange.say(Phrase::reframe)
                          : turned[nth % turned.size()]->reframe.in(exchange.language());
}

}  // namespace

bool is_pasted(std::string_view line) {
    const auto lines = std::count(line.begin(), line.end(), '\n');
    const auto ends = std::count_if(line.begin(), line.end(), [](char c) { return c == '.' || c == '?' || c == '!'; });
    return lines >= 3 || ends >= 6 || line.find("\n#") != std::string_view::npos || line.starts_with("# ");
}

std::string plan_reading(const Exchange& exchange, const std::string& text) {
    NoteContext context;
    context.account = exchange.conversation.account.name;
    context.rep = exchange.conversation.rep.name;
    context.meeting_date = std::chrono::year_month_day{exchange.today()};
    // As `check` reads it: one text has one focus.
    context.encoder = exchange.world.encoder;
    for (const core::PersonView& p : exchange.world.journey.people)
        context.contacts.push_back({p.contact.name, p.role});
    const Understanding read = understand(with_end_marks(without_markdown(text)), {}, context);
    std::array<std::size_t, core::focus_names.size()> counts{};
    std::set<Dimension> there;
    for (const Fact& fact : read.facts) there.insert(fact.dimension);
    std::string marks;
    std::size_t seller = 0;
    for (const FocusedSentence& s : read.sentences) {
        ++counts.at(static_cast<std::size_t>(s.focus));
        if (s.focus != core::Focus::seller) continue;
        std::optional<Dimension> touched;
        for (const Fact& fact : read.facts) {
            if (fact.span.offset >= s.span.offset && fact.span.offset < s.span.offset + s.span.length)
                touched = fact.dimension;
        }
        if (seller < marks_shown)
            marks += "\n- " + say(Say::plan_marked, exchange.language(),
                                  {{"sentence", shortened(s.text, words_quoted)},
                                   {"why", s.why},
                                   {"instead", instead_of(exchange, touched, seller)}});
        ++seller;
    }
    if (seller > marks_shown)
        marks += "\n- " + say(Say::plan_more, exchange.language(), {{"count", std::to_string(seller - marks_shown)}});
    const std::size_t all = std::max<std::size_t>(1, read.sentences.size());
    const auto share = [&](core::Focus focus) {
        return std::to_string(counts.at(static_cast<std::size_t>(focus)) * 100 / all);
    };
    std::string out = say(Say::plan_focus, exchange.language(),
                          {{"customer", share(core::Focus::customer)}, {"seller", share(core::Focus::seller)}}) +
                      marks;
    std::vector<std::string> missing;
    for (std::size_t d = 0; d < core::dimension_names.size(); ++d) {
        const auto dimension = static_cast<Dimension>(d);
        // A question about a heading touches it as well as a fact.
        const bool asked = std::any_of(read.sentences.begin(), read.sentences.end(), [&](const FocusedSentence& s) {
            return s.focus != core::Focus::seller && topic_of_unknown(s.text) == dimension;
        });
        if (dimension != Dimension::unknown && !there.contains(dimension) && !asked)
            missing.push_back(label_of(dimension, exchange.language()));
    }
    out += "\n" + (missing.empty()
                       ? say(Say::plan_complete, exchange.language())
                       : say(Say::plan_missing, exchange.language(), {{"gaps", joined(missing, exchange.language())}}));
    return out;
}

}  // namespace debrief::bot::review
