#include "platform/app/journey_view.hpp"

#include "bot/dialogue/codec.hpp"
#include "core/civil_date.hpp"
#include "platform/app/json_codec.hpp"

namespace debrief::platform {

using nlohmann::json;

json item_view(const core::Item& item) {
    return parsed(bot::item_json(item));
}

json source_view(const core::Source& source) {
    const bool known = source.conversation || source.message || !source.quote.empty();
    if (!known) return nullptr;
    json view{{"quote", source.quote}};
    if (source.conversation) view["conversation"] = source.conversation->text();
    if (source.message) view["message"] = source.message->text();
    if (!source.question.empty()) view["question"] = source.question;
    if (!source.playbook.empty()) view["playbook"] = source.playbook;
    if (!source.version.empty()) view["version"] = source.version;
    if (!source.because.empty()) view["because"] = source.because;
    if (source.because_message) view["because_message"] = source.because_message->text();
    return view;
}

json commitment_view(const core::CommitmentView& commitment) {
    const auto& made = commitment.made;
    return {{"id", made.id.text()},
            {"text", made.text},
            {"owner", made.owner.id.is_nil() ? json(nullptr) : named_json(made.owner)},
            {"due", text_or_null(made.due)},
            {"state", commitment.state},
            {"source", source_view(made.source)}};
}

json risk_view(const bot::Risk& risk) {
    json reasons = json::array();
    for (const auto& reason : risk.reasons) {
        reasons.push_back({{"code", reason.code},
                           {"points", reason.points},
                           {"text", reason.text},
                           {"evidence", ids_json(reason.evidence)},
                           {"lowers", reason.lowers}});
    }
    return {{"score", risk.score}, {"reasons", std::move(reasons)}};
}

json journey_view(const core::Journey& journey, const bot::Risk& risk) {
    json dimensions = json::object();
    for (std::size_t i = 0; i < core::dimension_names.size(); ++i) {
        const auto& dimension = journey.dimensions[i];
        json items = json::array();
        for (const auto& item : dimension.items) items.push_back(item_view(item));
        dimensions[std::string{core::dimension_names[i]}] = {
            {"status", core::dimension_status_names[static_cast<std::size_t>(dimension.status)]},
            {"since", text_or_null(dimension.since)},
            {"last_confirmed", text_or_null(dimension.last_confirmed)},
            {"items", std::move(items)}};
    }
    json people = json::array();
    for (const auto& person : journey.people) {
        json relations = json::array();
        for (const auto& [kind, to] : person.relations) relations.push_back({{"kind", kind}, {"to", to}});
        people.push_back({{"id", person.contact.id.text()},
                          {"name", person.contact.name},
                          {"role", person.role},
                          {"stance", core::name_of(person.stance)},
                          {"since", text_or_null(person.since)},
                          {"confirmed", person.confirmed},
                          {"relations", std::move(relations)},
                          {"evidence", ids_json(person.evidence)}});
    }
    json commitments = json::array();
    for (const auto& commitment : journey.commitments) commitments.push_back(commitment_view(commitment));
    json unknowns = json::array();
    for (const auto& unknown : journey.unknowns) {
        unknowns.push_back({{"id", unknown.id.text()},
                            {"text", unknown.text},
                            {"dimension", core::name_of(unknown.dimension)},
                            {"since", text_or_null(unknown.since)},
                            {"source", source_view(unknown.source)}});
    }
    return {{"dimensions", std::move(dimensions)},
            {"people", std::move(people)},
            {"commitments", std::move(commitments)},
            {"unknowns", std::move(unknowns)},
            {"risk", risk_view(risk)}};
}

json change_view(const core::JourneyChange& change) {
    json view{{"on", change.on},
              {"dimension", core::name_of(change.dimension)},
              {"kind", change.kind},
              {"before", text_or_null(change.before)},
              {"after", text_or_null(change.after)},
              {"why", change.why},
              {"evidence", ids_json(change.evidence)}};
    if (change.person) view["person"] = named_json(*change.person);
    return view;
}

json changes_view(const std::vector<core::JourneyChange>& changes) {
    json list = json::array();
    for (const auto& change : changes) list.push_back(change_view(change));
    return list;
}

core::Moment moment_param(const Context& context, const std::string& text, bool starts) {
    if (const auto day = core::parse_day(text)) return starts ? core::start_of(*day) : core::end_of(*day);
    const auto at = core::parse_instant(text).value_or(core::Instant{});
    return {context.day_of(at), at};
}

}  // namespace debrief::platform
