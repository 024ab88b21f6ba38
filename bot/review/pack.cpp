#include "bot/review/pack.hpp"

#include <algorithm>

#include "bot/dialogue/choosing.hpp"
#include "bot/dialogue/words.hpp"
#include "bot/review/plan_text.hpp"
#include "bot/review/review_texts.hpp"

namespace debrief::bot::review {
namespace {

using core::Dimension;

constexpr std::size_t items_a_heading = 2, changes_shown = 5, words_shown = 30;
// The customer, then their buying.
constexpr std::array order{Dimension::why_change,       Dimension::cost_of_inaction, Dimension::desired_outcome,
                           Dimension::stakeholder,      Dimension::concern,          Dimension::competing_option,
                           Dimension::decision_process, Dimension::timing,           Dimension::commitment};

bool current(const core::Item& item) {
    return item.state == core::ItemState::confirmed && !item.superseded_by;
}

std::vector<const core::Item*> newest(const Exchange& exchange, Dimension dimension) {
    std::vector<const core::Item*> out;
    for (const core::Item& item : exchange.world.journey.of(dimension).items) {
        if (current(item) && out.size() < items_a_heading) out.push_back(&item);
    }
    return out;
}

std::string listed(const Exchange& exchange, const std::vector<const core::Item*>& items) {
    std::string out;
    for (const core::Item* item : items) out += "\n- " + item_line(exchange, *item);
    return out;
}

std::string change_line(const Exchange& exchange, const core::JourneyChange& change) {
    std::string out =
        "\n- " + plain_date(change.on, exchange.language()) + ", " + label_of(change.dimension, exchange.language());
    if (change.person && !change.person->name.empty()) out += ", " + change.person->name;
    if (!change.before.empty())
        out += ": “" + shortened(change.before, words_shown) + "” →";
    else
        out += ":";
    if (!change.after.empty()) out += " “" + shortened(change.after, words_shown) + "”";
    if (!change.why.empty() && change.why != change.after) out += " (“" + shortened(change.why, words_shown) + "”)";
    return out;
}

std::string shifted(const Exchange& exchange) {
    const std::string since = plain_date(exchange.world.shifted_since, exchange.language());
    if (since.empty()) return {};
    const auto& all = exchange.world.shifted;
    if (all.empty()) return say(Say::nothing_shifted, exchange.language(), {{"date", since}});
    std::string out = say(Say::shifted, exchange.language(), {{"count", std::to_string(all.size())}, {"date", since}});
    const std::size_t from = all.size() > changes_shown ? all.size() - changes_shown : 0;
    for (std::size_t i = from; i < all.size(); ++i) out += change_line(exchange, all[i]);
    return out;
}

bool speaks_of_staying(const core::Item& item) {
    const std::string plain = plain_line(item.text);
    return std::any_of(staying_words.begin(), staying_words.end(),
                       [&](std::string_view words) { return contains_phrase(plain, words); });
}

/// Doing nothing stands first, whoever else is there.
std::string options(const Exchange& exchange) {
    std::vector<const core::Item*> staying, others;
    for (const core::Item& item : exchange.world.journey.of(Dimension::competing_option).items) {
        if (current(item)) (speaks_of_staying(item) ? staying : others).push_back(&item);
    }
    std::string out = say(Say::options, exchange.language()) + "\n- ";
    if (staying.empty()) {
        out += say(Say::as_it_is_unknown, exchange.language());
    } else {
        out += say(Say::as_it_is, exchange.language(), {{"facts", item_line(exchange, *staying.front())}});
    }
    return out + listed(exchange, others);
}

std::string title(const Exchange& exchange) {
    const std::string& kind = exchange.conversation.kind;
    const Say which = kind == "plan_review"          ? Say::title_plan
                      : kind == "competitive_review" ? Say::title_competitive
                                                     : Say::title_deal;
    return say(which, exchange.language(), {{"account", exchange.conversation.account.name}});
}

}  // namespace

std::string item_line(const Exchange& exchange, const core::Item& item) {
    const auto language = exchange.language();
    const std::string date = plain_date(item.said_on, language);
    const std::string by = item.by.name.empty() ? "?" : item.by.name;
    const bool person = item.person && !item.person->name.empty();
    const std::string whose =
        person ? say(Say::told_by, language, {{"date", date}, {"person", item.person->name}, {"by", by}})
               : say(Say::told_by_nobody, language, {{"date", date}, {"by", by}});
    return "“" + shortened(item.text, words_shown) + "” (" + whose + ")";
}

std::string opening_pack(const Exchange& exchange) {
    const auto language = exchange.language();
    std::string out = title(exchange);
    bool any = false;
    std::string facts;
    for (const Dimension dimension : order) {
        const auto items = newest(exchange, dimension);
        if (items.empty()) continue;
        any = true;
        if (exchange.conversation.kind == "deal_review")
            facts +=
                "\n" + say(Say::known, language, {{"topic", label_of(dimension, language)}}) + listed(exchange, items);
    }
    if (!any) out += "\n" + say(Say::no_evidence, language, {{"account", exchange.conversation.account.name}});
    out += facts;
    if (exchange.conversation.kind == "competitive_review") out += "\n" + options(exchange);
    if (exchange.conversation.kind == "plan_review") {
        const std::string& plan = exchange.world.plan_text;
        out += "\n" + (plan.empty() ? say(Say::plan_none, language) : plan_reading(exchange, plan));
    }
    std::vector<std::string> largest;
    for (const Dimension dimension : gaps(exchange)) {
        if (largest.size() < 2) largest.push_back(label_of(dimension, language));
    }
    // A review's book may ask about few headings; what is missing of the journey is missing all the same.
    for (const Dimension dimension : order) {
        const auto status = exchange.world.journey.of(dimension).status;
        const bool missing = status == core::DimensionStatus::empty || status == core::DimensionStatus::unknown;
        const std::string label = label_of(dimension, language);
        if (missing && largest.size() < 2 && std::find(largest.begin(), largest.end(), label) == largest.end())
            largest.push_back(label);
    }
    if (!largest.empty()) out += "\n" + say(Say::gaps, language, {{"gaps", joined(largest, language)}});
    return out;
}

std::string known_of(const Exchange& exchange, const Question& question) {
    const auto language = exchange.language();
    if (question.id == "shifted") return shifted(exchange);
    if (question.dimension == Dimension::unknown || question.id == "help") return {};
    // What the opening, or the question before, has shown just now is not said again.
    if (exchange.conversation.messages.empty()) return {};
    for (const std::string& id : exchange.state.asked_questions) {
        const Question* asked = exchange.book.question(id);
        if (asked != nullptr && asked->dimension == question.dimension) return {};
    }
    const auto items = newest(exchange, question.dimension);
    const std::string topic = label_of(question.dimension, language);
    if (items.empty()) return say(Say::nothing_known, language, {{"topic", topic}});
    return say(Say::known, language, {{"topic", topic}}) + listed(exchange, items);
}

}  // namespace debrief::bot::review
