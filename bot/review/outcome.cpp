#include "bot/review/outcome.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "bot/dialogue/words.hpp"
#include "bot/plan/plan.hpp"
#include "bot/review/review_texts.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot::review {
namespace {

using core::Dimension;
using nlohmann::json;

constexpr std::size_t questions_most = 7;

PlanContext plan_context(const Exchange& exchange) {
    PlanContext context;
    context.account = exchange.conversation.account;
    context.rep = exchange.conversation.owner;
    context.today = exchange.today();
    if (exchange.world.next_meeting) context.meeting_day = exchange.world.next_meeting->day;
    context.language = exchange.language();
    return context;
}

core::Uuid plan_of(const Exchange& exchange) {
    const auto& next = exchange.world.next_meeting;
    return plan_id(exchange.conversation.account.id, next ? next->id : core::Uuid{},
                   exchange.conversation.opportunity.value_or(core::Uuid{}));
}

json named(const core::NamedId& one) {
    return {{"id", one.id.text()}, {"name", one.name}};
}
json ids(const std::vector<core::Uuid>& all) {
    json out = json::array();
    for (const core::Uuid& id : all) out.push_back(id.text());
    return out;
}

json to_json(const Exchange& exchange, const Outcome& outcome) {
    json help = json::array(), questions = json::array(), owners = json::array(), findings = json::array(),
         ours = json::array();
    for (const Contribution& one : outcome.help) {
        json entry{{"text", one.text}, {"by", named(one.by)}, {"for", nullptr}};
        if (!one.step.empty())
            entry["for"] = {{"id", one.serves ? json(one.serves->text()) : json(nullptr)}, {"text", one.step}};
        if (!one.due.empty()) entry["due"] = one.due;
        help.push_back(std::move(entry));
    }
    for (const AskThem& one : outcome.questions)
        questions.push_back({{"text", one.text},
                             {"dimension", core::name_of(one.dimension)},
                             {"to", one.to ? named(*one.to) : json(nullptr)},
                             {"because", one.because}});
    for (const core::NamedId& one : outcome.owners) owners.push_back(named(one));
    for (const Finding& one : outcome.findings)
        findings.push_back({{"code", one.code}, {"text", one.text}, {"evidence", ids(one.evidence)}});
    for (const Contribution& one : outcome.our_side) ours.push_back({{"text", one.text}, {"by", named(one.by)}});
    return {{"help", std::move(help)},     {"questions", std::move(questions)},
            {"owners", std::move(owners)}, {"findings", std::move(findings)},
            {"our_side", std::move(ours)}, {"page", outcome_page(exchange, outcome)}};
}

/// Findings and questions of this outcome that the last one did not have, as lines.
std::vector<std::string> new_since(const Exchange& exchange, const Outcome& outcome) {
    std::vector<std::string> fresh;
    const json last = json::parse(exchange.world.last_review, nullptr, false);
    if (!last.is_object()) return fresh;
    const auto had = [&](const char* list, const std::string& text) {
        const auto& all = last.contains(list) ? last[list] : json::array();
        return std::any_of(all.begin(), all.end(), [&](const json& one) { return one.value("text", "") == text; });
    };
    for (const Finding& one : outcome.findings) {
        if (!had("findings", one.text)) fresh.push_back(one.text);
    }
    for (const AskThem& one : outcome.questions) {
        if (!had("questions", one.text)) fresh.push_back(one.text);
    }
    return fresh;
}

std::string last_day(const Exchange& exchange) {
    const json last = json::parse(exchange.world.last_review, nullptr, false);
    return last.is_object() ? last.value("on", "") : std::string();
}

/// Each part of the outcome under its heading.
std::string written(const Exchange& exchange, const Outcome& outcome, const std::string& heading,
                    const std::string& bullet) {
    const auto language = exchange.language();
    std::string out;
    const auto part = [&](Say which, const std::vector<std::string>& lines) {
        if (lines.empty()) return;
        out += "\n" + heading + say(which, language) + "\n";
        for (const std::string& line : lines) out += bullet + line + "\n";
    };
    if (outcome.away) out += "\n" + say(Say::outcome_away, language) + "\n";
    std::vector<std::string> found, asked, help, ours_only, own, fresh = new_since(exchange, outcome);
    std::vector<std::string> gaps;
    for (const Finding& one : outcome.findings) {
        if (one.code == "gap") {
            gaps.push_back(label_of(one.dimension, language));
        } else {
            found.push_back(one.text);
        }
    }
    if (!gaps.empty()) found.push_back(say(Say::outcome_unknown, language, {{"gaps", joined(gaps, language)}}));
    for (const AskThem& one : outcome.questions)
        asked.push_back(one.text + (one.to && !one.to->name.empty() ? " (" + one.to->name + ")" : ""));
    for (const Contribution& one : outcome.help) {
        std::string line = one.by.name + ": " + one.text;
        if (!one.due.empty()) line += " [" + plain_date(one.due, language) + "]";
        if (!one.step.empty()) line += " → " + one.step;
        (one.step.empty() ? ours_only : help).push_back(std::move(line));
    }
    for (const Contribution& one : outcome.our_side) own.push_back(one.by.name + ": " + one.text);
    part(Say::outcome_learned, found);
    part(Say::outcome_ask, asked);
    part(Say::outcome_help, help);
    part(Say::outcome_help_us, ours_only);
    if (help.empty() && ours_only.empty() && !outcome.away) out += "\n" + say(Say::outcome_nothing, language) + "\n";
    if (!fresh.empty()) {
        out += "\n" + heading + say(Say::outcome_new, language, {{"date", plain_date(last_day(exchange), language)}}) +
               "\n";
        for (const std::string& line : fresh) out += bullet + line + "\n";
    }
    part(Say::outcome_our_side, own);
    return out;
}

}  // namespace

Outcome outcome_of(const Exchange& exchange) {
    Outcome outcome;
    const auto language = exchange.language();
    bool evidence = std::any_of(exchange.state.adds.begin(), exchange.state.adds.end(),
                                [](const Contribution& one) { return one.kind == "told"; });
    for (std::size_t d = 0; d < core::dimension_names.size(); ++d) {
        const auto dimension = static_cast<Dimension>(d);
        const core::DimensionView& view = exchange.world.journey.of(dimension);
        std::vector<core::Uuid> items;
        for (const core::Item& item : view.items) {
            if (item.state == core::ItemState::confirmed && !item.superseded_by) items.push_back(item.id);
        }
        evidence = evidence || !items.empty();
        if (dimension == Dimension::unknown) continue;
        const bool told =
            std::any_of(exchange.state.adds.begin(), exchange.state.adds.end(),
                        [&](const Contribution& one) { return one.kind == "told" && one.dimension == dimension; });
        const bool missing =
            view.status == core::DimensionStatus::empty || view.status == core::DimensionStatus::unknown;
        if (missing && !told)
            outcome.findings.push_back(
                {"gap", say(Say::nothing_known, language, {{"topic", label_of(dimension, language)}}), {}, dimension});
        if (view.status == core::DimensionStatus::stale || view.status == core::DimensionStatus::conflict)
            outcome.findings.push_back(
                {view.status == core::DimensionStatus::stale ? "stale" : "contradicted",
                 say(Say::outcome_stale, language,
                     {{"topic", label_of(dimension, language)}, {"date", plain_date(view.last_confirmed, language)}}),
                 std::move(items)});
    }
    if (!evidence)
        outcome.findings.insert(
            outcome.findings.begin(),
            {"no_evidence", say(Say::no_evidence, language, {{"account", exchange.conversation.account.name}}), {}});
    for (const Contribution& one : exchange.state.adds) {
        if (one.kind == "told")
            outcome.findings.push_back({"told",
                                        capitalised(label_of(one.dimension, language)) + ": “" +
                                            shortened(one.text, 30) + "” (" + one.by.name + ")",
                                        {},
                                        one.dimension});
        if (one.kind == "help") outcome.help.push_back(one);
        if (one.kind == "our_side") outcome.our_side.push_back(one);
        if (one.kind == "question" || one.kind == "disagreement")
            outcome.questions.push_back(
                {one.text, one.dimension, {}, one.kind == "question" ? "dont_know" : "disagreement"});
        if (one.kind == "step_away") {
            outcome.away = true;
            outcome.findings.push_back({"step_away", one.text, {}});
        }
    }
    std::stable_partition(outcome.help.begin(), outcome.help.end(),
                          [](const Contribution& one) { return !one.step.empty(); });
    for (const Contribution& one : outcome.help) {
        const bool there = std::any_of(outcome.owners.begin(), outcome.owners.end(),
                                       [&](const core::NamedId& owner) { return owner.id == one.by.id; });
        if (!there) outcome.owners.push_back(one.by);
    }
    StoredPlan nothing;
    nothing.id = plan_of(exchange);
    for (const PlanQuestion& one : make_plan(exchange.world.journey, plan_context(exchange), nothing).questions) {
        // What nobody in the room knew is asked as one would ask it of them.
        for (AskThem& open : outcome.questions) {
            if (open.because != "dont_know" || open.dimension != one.dimension) continue;
            open.text = one.text;
            open.to = one.to;
        }
        const bool told_here = std::any_of(outcome.findings.begin(), outcome.findings.end(), [&](const Finding& f) {
            return f.code == "told" && f.dimension == one.dimension;
        });
        if (told_here) continue;
        const bool told = std::any_of(outcome.questions.begin(), outcome.questions.end(),
                                      [&](const AskThem& q) { return q.dimension == one.dimension; });
        if (!told && !outcome.away && outcome.questions.size() < questions_most)
            outcome.questions.push_back({one.text, one.dimension, one.to, one.because.code});
    }
    return outcome;
}

std::string outcome_json(const Playbook& playbook, const Conversation& conversation, const World& world) {
    const Exchange exchange(playbook, conversation, world, nullptr);
    const Outcome outcome = outcome_of(exchange);
    json out = to_json(exchange, outcome);
    if (const auto fresh = new_since(exchange, outcome); !fresh.empty()) out["new"] = fresh;
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string outcome_page(const Exchange& exchange, const Outcome& outcome) {
    const std::string head =
        say(Say::outcome_head, exchange.language(), {{"account", exchange.conversation.account.name}});
    return "# " + head + "\n\n" + core::civil_text(exchange.today()) + "\n" + written(exchange, outcome, "## ", "- ");
}

std::string outcome_screen(const Exchange& exchange, const Outcome& outcome) {
    const std::string head =
        say(Say::outcome_head, exchange.language(), {{"account", exchange.conversation.account.name}});
    return head + written(exchange, outcome, "", "- ") + "\n" + say(Say::confirm, exchange.language());
}

std::vector<core::Edit> closing_edits(const Exchange& exchange, const Outcome& outcome) {
    std::vector<core::Edit> edits;
    const core::Uuid& account = exchange.conversation.account.id;
    const std::string scope = core::account_scope(account);
    json findings = to_json(exchange, outcome);
    findings["on"] = core::civil_text(exchange.today());
    findings.erase("page");
    edits.emplace_back(core::Put{"review",
                                 core::derive_uuid("review", exchange.conversation.id.text()),
                                 {{"account", account},
                                  {"room", exchange.conversation.id},
                                  {"kind", exchange.conversation.kind},
                                  {"on", core::civil_text(exchange.today())},
                                  {"findings", findings.dump(-1, ' ', false, json::error_handler_t::replace)},
                                  {"text", outcome_page(exchange, outcome)}},
                                 scope});
    // What colleagues agreed to ask stands in the next call plan; the plan makes the rest of its questions itself.
    const core::Uuid plan = plan_of(exchange);
    bool planned = false;
    for (const AskThem& one : outcome.questions) {
        if (one.because != "disagreement" && one.because != "dont_know") continue;
        if (!planned) {
            core::FieldMap fields{{"account", account}};
            if (exchange.world.next_meeting) fields["meeting"] = exchange.world.next_meeting->id;
            if (exchange.conversation.opportunity) fields["opportunity"] = *exchange.conversation.opportunity;
            edits.emplace_back(core::Put{"call_plan", plan, std::move(fields), scope});
            planned = true;
        }
        edits.emplace_back(core::Put{"plan_question",
                                     core::derive_uuid("review-question", exchange.conversation.id.text() + one.text),
                                     {{"account", account},
                                      {"plan", plan},
                                      {"text", one.text},
                                      {"dimension", std::string(core::name_of(one.dimension))},
                                      {"status", std::string("open")},
                                      {"because", one.because},
                                      {"edited", true}},
                                     scope});
    }
    return edits;
}

}  // namespace debrief::bot::review
