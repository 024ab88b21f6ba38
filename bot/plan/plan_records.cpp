#include "bot/plan/plan_records.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace debrief::bot {
namespace {

using core::FieldMap;
using core::Record;
using core::Uuid;

std::optional<core::NamedId> person_in(const Record& record, std::string_view field, const core::Journey& journey) {
    const auto id = record.ref(field);
    if (!id) return std::nullopt;
    const auto known = std::find_if(journey.people.begin(), journey.people.end(),
                                    [&](const core::PersonView& one) { return one.contact.id == *id; });
    return core::NamedId{*id, known == journey.people.end() ? std::string{} : known->contact.name};
}

std::vector<Uuid> ids_in(const Record& record, std::string_view field) {
    const core::Value* value = record.find(field);
    const auto* ids = value == nullptr ? nullptr : std::get_if<core::UuidSet>(value);
    return ids == nullptr ? std::vector<Uuid>{} : *ids;
}

core::UuidSet as_set(std::vector<Uuid> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

PlanQuestion question_from(const Record& record, const core::Journey& journey) {
    PlanQuestion question;
    question.id = record.id;
    question.text = record.text("text");
    question.dimension = core::parse_dimension(record.text("dimension")).value_or(core::Dimension::unknown);
    question.to = person_in(record, "to", journey);
    if (const auto owner = record.ref("owner")) question.owner = core::NamedId{*owner, {}};
    question.due = record.text("due");
    if (auto status = record.text("status"); !status.empty()) question.status = std::move(status);
    question.because = {record.text("because"), record.text("because_text"), ids_in(record, "evidence")};
    question.edited = record.flag("edited");
    question.rank = static_cast<int>(record.integer("rank").value_or(0));
    return question;
}

Contingency contingency_from(const Record& record, const core::Journey& journey) {
    return {record.id, record.text("question"), person_in(record, "from", journey), record.text("answer"),
            ids_in(record, "evidence")};
}

void put_person(FieldMap& fields, const char* field, const std::optional<core::NamedId>& person) {
    if (person) fields[field] = person->id;
}
void put_text(FieldMap& fields, const char* field, const std::string& text) {
    if (!text.empty()) fields[field] = text;
}

/// The rank is written once, for programs that only list records: it follows from the journey, and devices that see
/// different evidence would fight over it.
FieldMap fields_of(const PlanQuestion& question, const CallPlan& plan, const PlanPlace& place) {
    FieldMap fields{{"account", place.account},
                    {"plan", plan.id},
                    {"text", question.text},
                    {"dimension", std::string{core::name_of(question.dimension)}},
                    {"status", question.status},
                    {"rank", static_cast<std::int64_t>(question.rank)},
                    {"evidence", as_set(question.because.evidence)}};
    put_person(fields, "to", question.to);
    put_person(fields, "owner", question.owner);
    put_text(fields, "due", question.due);
    put_text(fields, "because", question.because.code);
    put_text(fields, "because_text", question.because.text);
    return fields;
}

template <typename T>
const T* find(const std::vector<T>& all, const Uuid& id) {
    const auto place = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.id == id; });
    return place == all.end() ? nullptr : &*place;
}

}  // namespace

StoredPlan stored_plan(const Uuid& id, const std::optional<Record>& plan, const std::vector<Record>& questions,
                       const std::vector<Record>& contingencies, const core::Journey& journey) {
    StoredPlan stored;
    stored.id = id;
    if (plan) {
        stored.objective = plan->text("objective");
        stored.text = plan->text("text");
    }
    for (const Record& record : questions) stored.questions.push_back(question_from(record, journey));
    for (const Record& record : contingencies) stored.contingencies.push_back(contingency_from(record, journey));
    return stored;
}

std::vector<core::Edit> plan_edits(const CallPlan& plan, const StoredPlan& stored, const PlanPlace& place) {
    std::vector<core::Edit> edits;
    if (stored.objective != plan.objective) {
        FieldMap fields{{"account", place.account}, {"objective", plan.objective}};
        if (!place.meeting.is_nil()) fields["meeting"] = place.meeting;
        if (!place.opportunity.is_nil()) fields["opportunity"] = place.opportunity;
        edits.emplace_back(core::Put{"call_plan", plan.id, std::move(fields), std::nullopt});
    }
    for (const PlanQuestion& question : plan.questions) {
        const PlanQuestion* before = find(stored.questions, question.id);
        if (before == nullptr) {
            edits.emplace_back(core::Put{"plan_question", question.id, fields_of(question, plan, place), std::nullopt});
            continue;
        }
        FieldMap changed;
        if (before->because.text != question.because.text) put_text(changed, "because_text", question.because.text);
        if (before->because.code != question.because.code) put_text(changed, "because", question.because.code);
        if (as_set(before->because.evidence) != as_set(question.because.evidence))
            changed["evidence"] = as_set(question.because.evidence);
        if (!before->to) put_person(changed, "to", question.to);
        if (!changed.empty())
            edits.emplace_back(core::Put{"plan_question", question.id, std::move(changed), std::nullopt});
    }
    for (const Contingency& one : plan.contingencies) {
        if (find(stored.contingencies, one.id) != nullptr) continue;
        FieldMap fields{{"account", place.account},
                        {"plan", plan.id},
                        {"question", one.question},
                        {"evidence", as_set(one.evidence)}};
        put_person(fields, "from", one.from);
        edits.emplace_back(core::Put{"contingency", one.id, std::move(fields), std::nullopt});
    }
    for (const Uuid& id : plan.obsolete) {
        edits.emplace_back(core::Delete{find(stored.questions, id) != nullptr ? "plan_question" : "contingency", id});
    }
    return edits;
}

}  // namespace debrief::bot
