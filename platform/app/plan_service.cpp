#include "platform/app/plan_service.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "bot/plan/calendar.hpp"
#include "bot/plan/plan.hpp"
#include "bot/understanding/understanding.hpp"
#include "core/civil_date.hpp"
#include "core/journey/loader.hpp"
#include "platform/app/conversation_store.hpp"
#include "platform/app/journey_view.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"

namespace debrief::platform {
namespace {

using core::Record;
using core::Uuid;
using nlohmann::json;

std::optional<core::NamedId> named(core::Store& store, std::string_view table, const std::optional<Uuid>& id) {
    if (!id) return std::nullopt;
    return core::NamedId{*id, name_in(store, table, *id)};
}

std::vector<Uuid> ids_of(const Record& record, std::string_view field) {
    const auto* value = record.find(field);
    const auto* set = value == nullptr ? nullptr : std::get_if<core::UuidSet>(value);
    return set == nullptr ? std::vector<Uuid>{} : *set;
}

core::Result<std::vector<Record>> of_plan(core::Store& store, std::string table, const Uuid& plan) {
    auto page = store.list({.table = std::move(table),
                            .where = {{"plan", core::Where::Op::equal, plan}},
                            .order = "id",
                            .limit = 0,
                            .after = {}});
    if (!page) return page.error();
    return std::move(page->records);
}

core::Result<bot::StoredPlan> stored_plan(core::Store& store, const Uuid& id) {
    bot::StoredPlan plan;
    plan.id = id;
    const auto record = store.get("call_plan", id);
    if (!record) return record.error();
    if (*record) {
        plan.objective = (*record)->text("objective");
        plan.text = (*record)->text("text");
    }
    const auto questions = of_plan(store, "plan_question", id);
    if (!questions) return questions.error();
    for (const auto& question : *questions) {
        bot::PlanQuestion stored;
        stored.id = question.id;
        stored.text = question.text("text");
        stored.dimension = core::parse_dimension(question.text("dimension")).value_or(core::Dimension::unknown);
        stored.to = named(store, "contact", question.ref("to"));
        stored.owner = named(store, "user", question.ref("owner"));
        stored.due = question.text("due");
        if (const auto status = question.text("status"); !status.empty()) stored.status = status;
        stored.because = {question.text("because"), question.text("because_text"), ids_of(question, "evidence")};
        stored.edited = question.flag("edited");
        stored.rank = static_cast<int>(question.integer("rank").value_or(0));
        plan.questions.push_back(std::move(stored));
    }
    const auto contingencies = of_plan(store, "contingency", id);
    if (!contingencies) return contingencies.error();
    for (const auto& one : *contingencies) {
        plan.contingencies.push_back({one.id, one.text("question"), named(store, "contact", one.ref("from")),
                                      one.text("answer"), ids_of(one, "evidence")});
    }
    return plan;
}

/// Whose world a sentence of a plan is about, read as `check` reads it, with whom the plan names.
std::function<core::Focus(const std::string&)> focus_reader(Context& context, const std::string& account,
                                                            const core::Journey& journey) {
    bot::NoteContext note;
    note.account = account;
    note.rep = context.identity().user_name;
    note.meeting_date = std::chrono::year_month_day{context.today()};
    note.encoder = context.encoder();
    for (const auto& person : journey.people) note.contacts.push_back({person.contact.name, person.role});
    return [note = std::move(note)](const std::string& sentence) {
        const auto read = bot::understand(sentence, {sentence}, note);
        return read.sentences.empty() ? core::Focus::neutral : read.sentences.front().focus;
    };
}

/// The event that the meeting came from, or one of ours where it was written here.
bot::CalendarEntry calendar_entry(Context& context, const Record& meeting) {
    bot::CalendarEntry entry;
    entry.uid = meeting.text("external_key");
    const auto slash = entry.uid.rfind('/');
    if (slash != std::string::npos && entry.uid.find_first_not_of("0123456789TZ", slash + 1) == std::string::npos) {
        entry.recurrence = entry.uid.substr(slash + 1);
        entry.uid.resize(slash);
    }
    if (entry.uid.empty()) entry.uid = meeting.id.text();
    entry.title = meeting.text("title");
    entry.at = core::Instant{meeting.integer("at").value_or(0)};
    if (const auto ends = meeting.integer("ends_at")) entry.ends_at = core::Instant{*ends};
    const auto lasts = entry.ends_at ? *entry.ends_at - entry.at : core::Instant{0};
    const auto midnight = (entry.at + context.config.utc_offset) % std::chrono::days{1} == core::Instant{0};
    if (midnight && lasts == core::Instant{std::chrono::days{1}})
        entry.date = core::civil_text(context.day_of(entry.at));
    entry.stamp = context.now();
    return entry;
}

json optional_named(const std::optional<core::NamedId>& one) {
    return one && !one->id.is_nil() ? named_json(*one) : json(nullptr);
}

json plan_view(const bot::CallPlan& plan) {
    json questions = json::array();
    for (const auto& question : plan.questions) {
        json because{{"code", question.because.code},
                     {"text", question.because.text},
                     {"evidence", ids_json(question.because.evidence)}};
        // A question that a person wrote needs no reason; the contract's word for one that people agreed on is this.
        if (question.because.code.empty()) because["code"] = "agreed";
        questions.push_back({{"id", question.id.text()},
                             {"text", question.text},
                             {"dimension", core::name_of(question.dimension)},
                             {"to", optional_named(question.to)},
                             {"owner", optional_named(question.owner)},
                             {"due", text_or_null(question.due)},
                             {"status", question.status},
                             {"because", std::move(because)}});
    }
    json due = json::array();
    for (const auto& commitment : plan.commitments_due) due.push_back(commitment_view(commitment));
    json contingencies = json::array();
    for (const auto& one : plan.contingencies) {
        contingencies.push_back({{"id", one.id.text()},
                                 {"question", one.question},
                                 {"from", optional_named(one.from)},
                                 {"answer", one.answer},
                                 {"evidence", ids_json(one.evidence)}});
    }
    json findings = json::array();
    for (const auto& finding : plan.findings)
        findings.push_back({{"code", finding.code}, {"text", finding.text}, {"evidence", ids_json(finding.evidence)}});
    return {{"id", plan.id.text()},
            {"objective", plan.objective},
            {"questions", std::move(questions)},
            {"commitments_due", std::move(due)},
            {"contingencies", std::move(contingencies)},
            {"focus", plan.focus ? json{{"customer", plan.focus->customer},
                                        {"seller", plan.focus->seller},
                                        {"neutral", plan.focus->neutral}}
                                 : json(nullptr)},
            {"findings", std::move(findings)}};
}

}  // namespace

core::Result<json> call_plan(Context& context, const Uuid& account, std::optional<Uuid> meeting,
                             const std::optional<Uuid>& opportunity) {
    auto& store = context.store();
    const auto record = need_record(store, "account", account, "account");
    if (!record) return record.error();
    std::optional<Record> when;
    if (meeting) {
        auto found = need_record(store, "meeting", *meeting, "meeting");
        if (!found) return found.error();
        if (found->ref("account") != account) {
            return core::Error{core::Errc::invalid, "This meeting is with another account.", "meeting",
                               "meeting and account must belong together."};
        }
        when = std::move(*found);
    } else {
        auto next = next_meeting(context, account, std::nullopt);
        if (!next) return next.error();
        when = std::move(*next);
    }
    if (opportunity) {
        if (auto found = need_record(store, "opportunity", *opportunity, "opportunity"); !found) return found.error();
    }
    const auto evidence = core::load_evidence(store, account, opportunity, context.config.utc_offset);
    if (!evidence) return evidence.error();
    const auto journey = core::fold(*evidence, context.today());

    const auto id = bot::plan_id(account, when ? when->id : Uuid{}, opportunity.value_or(Uuid{}));
    const auto stored = stored_plan(store, id);
    if (!stored) return stored.error();
    bot::PlanContext plan_context;
    plan_context.account = {account, record->text("name")};
    plan_context.rep = {context.identity().user, context.identity().user_name};
    plan_context.today = context.today();
    if (when) {
        plan_context.meeting_day = meeting_day(context, *when);
        plan_context.attending = ids_of(*when, "contacts");
    }
    plan_context.language = context.language();
    plan_context.focus = focus_reader(context, record->text("name"), journey);
    const auto plan = bot::make_plan(journey, plan_context, *stored);
    auto view = plan_view(plan);
    view["markdown"] = bot::to_markdown(plan, plan_context);
    if (when) {
        view["calendar"] = bot::to_calendar(plan, plan_context, calendar_entry(context, *when));
        view["meeting"] = {{"id", when->id.text()},
                           {"title", when->text("title")},
                           {"on", core::civil_text(meeting_day(context, *when))}};
    }
    return view;
}

}  // namespace debrief::platform
