#include "bot/plan/questions.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "bot/plan/placing.hpp"
#include "bot/plan/plan_texts.hpp"
#include "bot/playbook/wording_rules.hpp"
#include "bot/risk/dimension_words.hpp"
#include "bot/risk/praise.hpp"

namespace debrief::bot {
namespace {

using core::Dimension;
using core::DimensionStatus;
using core::Item;
using core::ItemState;
using core::Stance;

// Missing before contradicted before stale; within each, by how much hangs on the dimension.
constexpr int value_dont_know = 62, value_missing = 60, value_contradicted = 45, value_disagreement = 40,
              value_stale = 20;
constexpr int value_attending = 3;
constexpr std::array<int, core::dimension_names.size()> weights{10, 9, 10, 8, 5, 6, 5, 7, 6, 1};

class Raising {
public:
    Raising(const core::Journey& journey, const PlanContext& context, const core::Uuid& plan)
        : journey_(journey), context_(context), plan_(plan) {}

    std::vector<Candidate> run() {
        unknowns();
        for (std::size_t i = 0; i < core::dimension_names.size(); ++i) {
            const auto dimension = static_cast<Dimension>(i);
            if (dimension == Dimension::unknown) continue;
            gap(dimension);
            contradictions(dimension);
        }
        disagreement();
        std::sort(found_.begin(), found_.end(), [](const Candidate& a, const Candidate& b) {
            return std::tuple{-a.value, a.question.dimension, a.question.id} <
                   std::tuple{-b.value, b.question.dimension, b.question.id};
        });
        return std::move(found_);
    }

private:
    std::string text(PlanText which, Marks marks) const { return fill(plan_text(which, context_.language), marks); }
    std::string_view topic(Dimension dimension) const { return dimension_words(dimension, context_.language); }

    void raise(int value, std::string_view key, Dimension dimension, std::string words, std::optional<core::NamedId> to,
               Because because) {
        PlanQuestion question;
        question.id = core::derive_uuid("plan_question", plan_.text() + "/" + std::string{key});
        question.text = std::move(words);
        question.dimension = dimension;
        question.to = to ? std::move(to) : best_placed(journey_, dimension, context_.attending, asked_);
        if (question.to) ++asked_[question.to->id];
        if (!context_.rep.id.is_nil()) question.owner = context_.rep;
        question.because = std::move(because);
        value += weights[static_cast<std::size_t>(dimension)];
        const auto& there = context_.attending;
        if (question.to && std::find(there.begin(), there.end(), question.to->id) != there.end())
            value += value_attending;
        found_.push_back({std::move(question), value});
    }

    /// A question with a quote in it, or a plain one where the quote may not be said aloud.
    std::string quoting(PlanText with_quote, Marks marks, const std::string& plain) const {
        std::string made = fill_question(plan_text(with_quote, context_.language), marks);
        return faults_of_wording(made, true).empty() ? made : plain;
    }

    bool may_be_asked(const std::string& words) const {
        return words.ends_with('?') && faults_of_wording(words, true).empty() &&
               (context_.account.name.empty() || words.find(context_.account.name) == std::string::npos);
    }

    /// What nobody could answer. Those that say no more than their dimension become one question.
    void unknowns() {
        std::map<Dimension, std::vector<const core::UnknownView*>> plain;
        for (const core::UnknownView& one : journey_.unknowns) {
            if (!may_be_asked(one.text) && one.dimension != Dimension::unknown) {
                plain[one.dimension].push_back(&one);
                continue;
            }
            std::string words = may_be_asked(one.text)
                                    ? one.text
                                    : quoting(PlanText::ask_unknown, {{"{fact}", one.text}},
                                              std::string{open_question(Dimension::unknown, context_.language)});
            raise(value_dont_know, "unknown/" + one.id.text(), one.dimension, std::move(words), {},
                  because_open({&one}));
        }
        for (const auto& [dimension, ones] : plain) {
            raise(value_dont_know, "dont_know/" + std::string{core::name_of(dimension)}, dimension,
                  std::string{open_question(dimension, context_.language)}, {}, because_open(ones));
            asked_open_[static_cast<std::size_t>(dimension)] = true;
        }
    }

    Because because_open(const std::vector<const core::UnknownView*>& ones) const {
        Because because{"dont_know",
                        text(PlanText::because_dont_know, {{"{date}", ones.front()->since},
                                                           {"{fact}", clipped(ones.front()->text, quote_words_max)}}),
                        {}};
        for (const auto* one : ones) because.evidence.push_back(one->id);
        return because;
    }

    void gap(Dimension dimension) {
        const auto& view = journey_.of(dimension);
        std::vector<const Item*> holding;  // Newest first.
        for (const Item& item : view.items) {
            if (item.state == ItemState::confirmed) holding.push_back(&item);
        }
        const bool nothing = view.status == DimensionStatus::empty || view.status == DimensionStatus::unknown;
        const bool vague = !holding.empty() && std::all_of(holding.begin(), holding.end(), [](const Item* item) {
            return is_vague_praise(item->text);
        });
        if (nothing || vague) {
            if (asked_open_[static_cast<std::size_t>(dimension)]) return;
            Because because{"missing", text(PlanText::because_missing, {{"{topic}", topic(dimension)}}), {}};
            if (vague) {
                because = {"vague",
                           text(PlanText::because_vague, {{"{topic}", topic(dimension)},
                                                          {"{fact}", clipped(holding.front()->text, quote_words_max)}}),
                           {}};
                for (const Item* item : holding) because.evidence.push_back(item->id);
            }
            raise(value_missing, "missing/" + std::string{core::name_of(dimension)}, dimension,
                  std::string{open_question(dimension, context_.language)}, {}, std::move(because));
        } else if (view.status == DimensionStatus::stale && !holding.empty()) {
            stale(dimension, *holding.front());
        }
    }

    void stale(Dimension dimension, const Item& item) {
        std::string words =
            quoting(PlanText::ask_stale, {{"{date}", item.said_on}, {"{fact}", item.text}},
                    text(PlanText::ask_stale_plainly, {{"{date}", item.said_on}, {"{topic}", topic(dimension)}}));
        raise(
            value_stale, "stale/" + item.id.text(), dimension, std::move(words), still_there(journey_, item.person),
            {"stale",
             text(PlanText::because_stale, {{"{date}", item.said_on}, {"{fact}", clipped(item.text, quote_words_max)}}),
             {item.id}});
    }

    void contradictions(Dimension dimension) {
        const auto& view = journey_.of(dimension);
        const auto find = [&](const core::Uuid& id) {
            return std::find_if(view.items.begin(), view.items.end(), [&](const Item& item) { return item.id == id; });
        };
        for (const auto& [one, other] : view.diverging) {
            const auto a = find(one);
            const auto b = find(other);
            if (a == view.items.end() || b == view.items.end()) continue;
            std::string words = quoting(PlanText::ask_contradicted, {{"{fact}", a->text}, {"{other}", b->text}},
                                        text(PlanText::ask_contradicted_plainly, {{"{topic}", topic(dimension)}}));
            raise(value_contradicted, "contradicted/" + one.text() + "/" + other.text(), dimension, std::move(words),
                  still_there(journey_, b->person ? b->person : a->person),
                  {"contradicted",
                   text(PlanText::because_contradicted, {{"{fact}", clipped(a->text, quote_words_max)},
                                                         {"{other}", clipped(b->text, quote_words_max)}}),
                   {one, other}});
        }
    }

    /// Their people disagree: a question to whoever does not want it, and no side taken.
    void disagreement() {
        const auto first = [&](Stance strong, Stance mild) -> const core::PersonView* {
            for (const Stance wanted : {strong, mild}) {
                for (const auto& person : journey_.people) {
                    if (person.stance == wanted) return &person;
                }
            }
            return nullptr;
        };
        const auto* in_favour = first(Stance::champion, Stance::supporter);
        const auto* against = first(Stance::blocker, Stance::skeptic);
        if (in_favour == nullptr || against == nullptr) return;
        auto evidence = in_favour->evidence;
        evidence.insert(evidence.end(), against->evidence.begin(), against->evidence.end());
        raise(value_disagreement, "disagreement/" + in_favour->contact.id.text() + "/" + against->contact.id.text(),
              Dimension::stakeholder, text(PlanText::ask_disagreement, {}), against->contact,
              {"disagreement",
               text(PlanText::because_disagreement,
                    {{"{person}", in_favour->contact.name}, {"{other}", against->contact.name}}),
               std::move(evidence)});
    }

    const core::Journey& journey_;
    const PlanContext& context_;
    const core::Uuid plan_;
    std::array<bool, core::dimension_names.size()> asked_open_{};
    std::map<core::Uuid, int> asked_;
    std::vector<Candidate> found_;
};

}  // namespace

std::vector<Candidate> candidates(const core::Journey& journey, const PlanContext& context, const core::Uuid& plan) {
    return Raising{journey, context, plan}.run();
}

}  // namespace debrief::bot
