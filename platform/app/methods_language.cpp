// understand, check: what words mean, and whose world they are about.
#include <array>
#include <set>

#include <nlohmann/json.hpp>

#include "bot/plan/pasted.hpp"
#include "bot/playbook/playbook.hpp"
#include "bot/understanding/labels_codec.hpp"
#include "bot/understanding/understanding.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/registry.hpp"

namespace debrief::platform {
namespace {

using nlohmann::json;

// As `understand` has it: a plan or a mail has a few pages, and each sentence costs some time.
constexpr std::size_t text_max = 1U << 20U;

core::Result<json> understand_note(Context& context, const json& params) {
    // In UTC, so that one request gives the same labels wherever it is made.
    const auto today =
        std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::milliseconds>{context.now()});
    const auto labels = bot::labels_for_request(params.dump(), std::chrono::year_month_day{today}, context.encoder());
    if (!labels) return labels.error();
    return parsed(*labels);
}

/// A question that turns a sentence about us round: of the dimension that it touches, else the first of the list.
std::string turned_round(const std::vector<core::Dimension>& touched, std::size_t nth, const std::string& language) {
    const auto& playbook = bot::builtin_debrief();
    for (const auto dimension : touched) {
        for (const auto& question : playbook.questions) {
            if (question.dimension == dimension && !question.reframe.empty()) return question.reframe.in(language);
        }
    }
    std::vector<std::string> all;
    for (const auto& question : playbook.questions) {
        if (!question.reframe.empty()) all.push_back(question.reframe.in(language));
    }
    return all.empty() ? std::string{} : all[nth % all.size()];
}

core::Result<json> check(Context& context, const json& params) {
    const auto text = params["text"].get<std::string>();
    if (text.size() > text_max) {
        return core::Error{core::Errc::too_large,
                           "A text may have 1 MiB; this one has " + std::to_string(text.size() / 1024) + " KiB.",
                           "text", "Check it in several pieces."};
    }
    const auto language = context.language();
    bot::NoteContext note;
    note.meeting_date = std::chrono::year_month_day{context.today()};
    note.encoder = context.encoder();
    const auto read = bot::understand(bot::without_markdown(text), {}, note);
    std::array<int, core::focus_names.size()> counts{};
    std::set<core::Dimension> there;
    for (const auto& fact : read.facts) there.insert(fact.dimension);
    json sentences = json::array();
    std::size_t seller = 0;
    for (const auto& sentence : read.sentences) {
        ++counts.at(static_cast<std::size_t>(sentence.focus));
        json shown{{"text", sentence.text}, {"focus", core::name_of(sentence.focus)}};
        if (!sentence.why.empty()) shown["why"] = sentence.why;
        if (sentence.focus == core::Focus::seller) {
            std::vector<core::Dimension> touched;
            for (const auto& fact : read.facts) {
                if (fact.span.offset >= sentence.span.offset &&
                    fact.span.offset < sentence.span.offset + sentence.span.length)
                    touched.push_back(fact.dimension);
            }
            auto instead = turned_round(touched, seller++, language);
            // What a question of the playbook leaves open has no name to be filled with here.
            for (const auto& [hole, filling] : {std::pair<std::string, std::string>{"{account}", "the customer"},
                                                {"{person}", "they"},
                                                {"{fact}", "this"},
                                                {"{date}", "then"},
                                                {"{industry}", "their industry"}}) {
                for (auto at = instead.find(hole); at != std::string::npos; at = instead.find(hole))
                    instead.replace(at, hole.size(), filling);
            }
            if (!instead.empty()) shown["instead"] = instead;
        }
        sentences.push_back(std::move(shown));
    }
    const int total = static_cast<int>(read.sentences.size());
    const auto share = [&](core::Focus focus) {
        return total == 0 ? 0 : (counts.at(static_cast<std::size_t>(focus)) * 100 + total / 2) / total;
    };
    json missing = json::array();
    for (std::size_t i = 0; i < core::dimension_names.size(); ++i) {
        const auto dimension = static_cast<core::Dimension>(i);
        // That something is not known is no gap of a text; it is what a good plan says.
        if (dimension != core::Dimension::unknown && there.count(dimension) == 0)
            missing.push_back(core::name_of(dimension));
    }
    return json{{"focus",
                 {{"customer", share(core::Focus::customer)},
                  {"seller", share(core::Focus::seller)},
                  {"neutral", share(core::Focus::neutral)}}},
                {"sentences", std::move(sentences)},
                {"missing", std::move(missing)}};
}

}  // namespace

std::span<const Method> language_methods() {
    static constexpr std::array methods{Method{"understand", understand_note, false}, Method{"check", check, false}};
    return methods;
}

}  // namespace debrief::platform
