#include "core/journey/record_reader.hpp"

#include <nlohmann/json.hpp>

namespace debrief::core {
namespace {

using Json = nlohmann::json;

/// A discarded value if it is no JSON.
Json parse(std::string_view text) {
    return text.empty() ? Json() : Json::parse(text, nullptr, false);
}

std::string text_in(const Json& object, const char* key) {
    const auto place = object.find(key);
    return place != object.end() && place->is_string() ? place->get<std::string>() : std::string{};
}

std::optional<Dimension> dimension_in(const Record& record, std::string_view field) {
    return parse_dimension(record.text(field));
}

NamedId reference(const Record& record, std::string_view field) {
    return {record.ref(field).value_or(Uuid{}), {}};
}

/// Records made here carry the time in their id; copies with a derived id do not.
Instant recorded(const Record& record) {
    const auto at = record.integer("recorded_at");
    return at ? Instant{*at} : instant_of(record.id);
}

std::vector<Uuid> ids_in(const Record& record, std::string_view field) {
    const Value* value = record.find(field);
    const auto* ids = value == nullptr ? nullptr : std::get_if<UuidSet>(value);
    return ids == nullptr ? UuidSet{} : *ids;
}

}  // namespace

ItemState item_state_from(std::string_view word) {
    return detail::parse_word<ItemState>(item_state_names, word).value_or(ItemState::proposed);
}

Instant instant_of(const Uuid& id) {
    const auto& bytes = id.bytes;
    if (bytes[6] >> 4U != 7) return Instant{0};
    std::int64_t milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) milliseconds = milliseconds << 8U | bytes[i];
    return Instant{milliseconds};
}

namespace {

/// Calls `take` with key and text of each member of an object of plain texts, as our own codecs write nearly all of
/// them. False where it is anything else: escapes, other characters than ASCII, other types, spaces.
template <typename Take>
bool plain_texts(std::string_view json, const Take& take) {
    const auto sign = [&json](char wanted) {
        if (!json.starts_with(wanted)) return false;
        json.remove_prefix(1);
        return true;
    };
    const auto word = [&](std::string_view& out) {
        if (!sign('"')) return false;
        std::size_t end = 0;
        while (end < json.size() && json[end] >= ' ' && json[end] != '"' && json[end] != '\\') ++end;
        out = json.substr(0, end);
        json.remove_prefix(end);
        return sign('"');
    };
    if (!sign('{')) return false;
    if (sign('}')) return json.empty();
    std::string_view key, text;
    do {
        if (!word(key) || !sign(':') || !word(text)) return false;
        take(key, text);
    } while (sign(','));
    return sign('}') && json.empty();
}

/// The same as below, without a tree of JSON in between: a store may hold a hundred thousand of these.
std::optional<Source> plain_source(std::string_view json) {
    Source source;
    const auto take = [&source](std::string_view key, std::string_view text) {
        if (key == "quote") source.quote = text;
        if (key == "question") source.question = text;
        if (key == "playbook") source.playbook = text;
        if (key == "version") source.version = text;
        if (key == "because") source.because = text;
        if (key == "conversation") source.conversation = parse_uuid(text);
        if (key == "message") source.message = parse_uuid(text);
        if (key == "because_message") source.because_message = parse_uuid(text);
    };
    return plain_texts(json, take) ? std::optional{std::move(source)} : std::nullopt;
}

}  // namespace

Source source_from(std::string_view json) {
    if (auto plain = plain_source(json)) return std::move(*plain);
    Source source;
    const Json object = parse(json);
    if (!object.is_object()) return source;
    source.conversation = parse_uuid(text_in(object, "conversation"));
    source.message = parse_uuid(text_in(object, "message"));
    source.quote = text_in(object, "quote");
    source.question = text_in(object, "question");
    source.playbook = text_in(object, "playbook");
    source.version = text_in(object, "version");
    source.because = text_in(object, "because");
    source.because_message = parse_uuid(text_in(object, "because_message"));
    return source;
}

std::vector<DateSaid> dates_from(std::string_view json) {
    std::vector<DateSaid> dates;
    const Json list = parse(json);
    if (!list.is_array()) return dates;
    for (const Json& entry : list) {
        if (!entry.is_object()) continue;
        DateSaid date{text_in(entry, "text"), text_in(entry, "value")};
        if (!date.value.empty()) dates.push_back(std::move(date));
    }
    return dates;
}

std::vector<std::pair<std::string, std::string>> relations_from(std::string_view json) {
    std::vector<std::pair<std::string, std::string>> relations;
    const Json list = parse(json);
    if (!list.is_array()) return relations;
    for (const Json& entry : list) {
        if (!entry.is_object()) continue;
        auto relation = std::make_pair(text_in(entry, "kind"), text_in(entry, "to"));
        if (!relation.first.empty() || !relation.second.empty()) relations.push_back(std::move(relation));
    }
    return relations;
}

Item item_from(const Record& observation) {
    Item item;
    item.id = observation.id;
    item.dimension = dimension_in(observation, "dimension").value_or(Dimension::unknown);
    item.text = observation.text("text");
    if (const auto person = observation.ref("person")) item.person = NamedId{*person, {}};
    item.said_on = observation.text("said_on");
    item.by = reference(observation, "by");
    item.dates = dates_from(observation.text("dates"));
    item.state = item_state_from(observation.text("state"));
    item.source = source_from(observation.text("source"));
    if (!item.source.conversation) item.source.conversation = observation.ref("conversation");
    item.superseded_by = observation.ref("superseded_by");
    item.opportunity = observation.ref("opportunity");
    item.recorded = recorded(observation);
    item.detail = observation.text("concern_kind");
    item.about = dimension_in(observation, "about");
    item.supersedes = observation.ref("supersedes");
    item.contradicts = observation.ref("contradicts");
    return item;
}

StanceSaid stance_from(const Record& stance) {
    StanceSaid said;
    said.id = stance.id;
    said.contact = reference(stance, "contact");
    said.stance = parse_stance(stance.text("stance")).value_or(Stance::unknown);
    said.since = stance.text("since");
    said.recorded = recorded(stance);
    said.evidence = ids_in(stance, "evidence");
    return said;
}

CommitmentMade commitment_from(const Record& commitment) {
    CommitmentMade made;
    made.id = commitment.id;
    made.text = commitment.text("text");
    made.owner = reference(commitment, "owner");
    made.due = commitment.text("due");
    made.state = commitment.text("state");
    if (made.state.empty()) made.state = "open";
    made.since = commitment.text("since");
    made.source = source_from(commitment.text("source"));
    made.recorded = recorded(commitment);
    made.observation = commitment.ref("observation");
    return made;
}

ContactSeen contact_from(const Record& contact) {
    ContactSeen seen;
    seen.contact = {contact.id, contact.text("name")};
    seen.role = contact.text("role");
    seen.confirmed = contact.find("confirmed") == nullptr || contact.flag("confirmed");
    seen.relations = relations_from(contact.text("relations"));
    seen.gone = contact.flag("gone");
    seen.recorded = recorded(contact);
    return seen;
}

}  // namespace debrief::core
