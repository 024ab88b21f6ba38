#include "bot/understanding/labels_codec.hpp"

#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "bot/understanding/calendar.hpp"

namespace debrief::bot {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t input_max = std::size_t{1} << 20U;

core::Error wrong(std::string field, std::string detail) {
    return {core::Errc::invalid, std::move(detail), std::move(field), {}};
}

struct Request {
    std::string text;
    std::vector<std::string> sentences;
    NoteContext context;
};

std::optional<std::chrono::year_month_day> parse_date(std::string_view s) {
    if (s.size() < 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
    int parts[3] = {0, 0, 0};
    constexpr std::size_t starts[3] = {0, 5, 8}, lengths[3] = {4, 2, 2};
    for (std::size_t p = 0; p < 3; ++p) {
        for (const char c : s.substr(starts[p], lengths[p])) {
            if (c < '0' || c > '9') return std::nullopt;
            parts[p] = parts[p] * 10 + (c - '0');
        }
    }
    const auto day = understanding::make_day(parts[0], parts[1], parts[2]);
    if (!day) return std::nullopt;
    return std::chrono::year_month_day{*day};
}

core::Status read_text(const Json& object, const char* field, std::string& into, const std::string& place) {
    const auto found = object.find(field);
    if (found == object.end() || found->is_null()) return core::Ok{};
    if (!found->is_string()) return wrong(place + field, place + field + " must be a string");
    into = found->get<std::string>();
    return core::Ok{};
}

core::Status read_contacts(const Json& list, std::vector<KnownPerson>& into) {
    if (!list.is_array()) return wrong("context.contacts", "context.contacts must be a list");
    for (const Json& c : list) {
        if (!c.is_object() || !c.contains("name"))
            return wrong("context.contacts", "a contact must be an object with a name");
        KnownPerson person;
        DEBRIEF_TRY(read_text(c, "name", person.name, "context.contacts."));
        DEBRIEF_TRY(read_text(c, "role", person.role, "context.contacts."));
        into.push_back(std::move(person));
    }
    return core::Ok{};
}

core::Status refuse_unknown(const Json& object, std::initializer_list<std::string_view> known,
                            const std::string& place) {
    for (const auto& item : object.items()) {
        bool ok = false;
        for (const std::string_view k : known) ok = ok || k == item.key();
        if (!ok) return wrong(place + item.key(), "unknown parameter " + place + item.key());
    }
    return core::Ok{};
}

core::Status read_context(const Json& c, NoteContext& into, bool strict) {
    if (!c.is_object()) return wrong("context", "context must be an object");
    if (strict)
        DEBRIEF_TRY(
            refuse_unknown(c, {"account", "rep", "contacts", "meeting_date", "question_id", "question"}, "context."));
    DEBRIEF_TRY(read_text(c, "account", into.account, "context."));
    DEBRIEF_TRY(read_text(c, "rep", into.rep, "context."));
    DEBRIEF_TRY(read_text(c, "question_id", into.question_id, "context."));
    DEBRIEF_TRY(read_text(c, "question", into.question, "context."));
    if (into.question_id.empty()) into.question_id = "open";
    std::string date;
    DEBRIEF_TRY(read_text(c, "meeting_date", date, "context."));
    if (!date.empty()) {
        const auto parsed = parse_date(date);
        if (!parsed) return wrong("context.meeting_date", "context.meeting_date must be a date such as 2025-03-18");
        into.meeting_date = *parsed;
    }
    if (const auto contacts = c.find("contacts"); contacts != c.end() && !contacts->is_null())
        return read_contacts(*contacts, into.contacts);
    return core::Ok{};
}

core::Result<Request> read_request(const Json& object, std::chrono::year_month_day default_date, bool strict) {
    if (!object.is_object()) return wrong("", "a JSON object is expected");
    Request request;
    request.context.meeting_date = default_date;
    const auto text = object.find("text");
    if (text == object.end() || !text->is_string()) return wrong("text", "text is missing or not a string");
    request.text = text->get<std::string>();
    if (const auto sentences = object.find("sentences"); sentences != object.end() && !sentences->is_null()) {
        if (!sentences->is_array()) return wrong("sentences", "sentences must be a list of strings");
        std::size_t from = 0;
        for (const Json& s : *sentences) {
            if (!s.is_string()) return wrong("sentences", "sentences must be a list of strings");
            request.sentences.push_back(s.get<std::string>());
            const std::size_t at = request.text.find(request.sentences.back(), from);
            if (at == std::string::npos)
                return wrong("sentences", "sentences must be pieces of text, in order; number " +
                                              std::to_string(request.sentences.size()) + " is not");
            from = at + request.sentences.back().size();
        }
    }
    if (const auto context = object.find("context"); context != object.end() && !context->is_null()) {
        if (auto status = read_context(*context, request.context, strict); !status) return status.error();
    }
    return request;
}

core::Result<Json> parse(std::string_view text) {
    if (text.size() > input_max) return core::Error{core::Errc::too_large, "a note of more than 1 MiB", "", ""};
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return wrong("", "not valid JSON");
    return json;
}

double rounded(double margin) {
    return std::round(margin * 1000) / 1000;
}

Json labels_of(const Understanding& u) {
    Json labels = Json::object();
    labels["focus"] = Json::array();
    labels["sentences"] = Json::array();
    for (const FocusedSentence& s : u.sentences) {
        labels["focus"].push_back(core::name_of(s.focus));
        labels["sentences"].push_back({{"text", s.text},
                                       {"focus", core::name_of(s.focus)},
                                       {"why", s.why},
                                       {"margin", rounded(s.margin)},
                                       {"offset", s.span.offset},
                                       {"length", s.span.length}});
    }
    labels["facts"] = Json::array();
    for (const Fact& f : u.facts) {
        Json fact{{"dimension", core::name_of(f.dimension)}, {"span", f.text}};
        fact["person"] = f.person ? Json(*f.person) : Json(nullptr);
        fact["offset"] = f.span.offset;
        fact["length"] = f.span.length;
        fact["why"] = f.why;
        fact["margin"] = rounded(f.margin);
        labels["facts"].push_back(std::move(fact));
    }
    labels["people"] = Json::array();
    for (const Person& p : u.people) {
        Json person{{"name", p.name}};
        person["role"] = p.role ? Json(*p.role) : Json(nullptr);
        person["stance"] = core::name_of(p.stance);
        person["known"] = p.known;
        if (!p.holder.empty()) person["holder"] = p.holder;
        person["evidence"] = p.evidence;
        labels["people"].push_back(std::move(person));
    }
    labels["dates"] = Json::array();
    for (const DateMention& d : u.dates)
        labels["dates"].push_back(
            {{"text", d.text}, {"value", d.value}, {"offset", d.span.offset}, {"length", d.span.length}});
    labels["vague"] = u.vague;
    labels["dont_know"] = u.dont_know;
    labels["private"] = Json::array();
    for (const Span& s : u.private_remarks) labels["private"].push_back({{"offset", s.offset}, {"length", s.length}});
    labels["other_language"] = u.other_language;
    return labels;
}

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string labels_json(const Understanding& understood) {
    return dumped(labels_of(understood));
}

core::Result<std::string> labels_for_request(std::string_view params_json, std::chrono::year_month_day default_date,
                                             const encoder::Encoder* encoder) {
    const auto json = parse(params_json);
    if (!json) return json.error();
    if (json->is_object()) DEBRIEF_TRY(refuse_unknown(*json, {"text", "sentences", "context"}, ""));
    auto request = read_request(*json, default_date, true);
    if (!request) return request.error();
    request->context.encoder = encoder;
    return labels_json(understand(request->text, request->sentences, request->context));
}

core::Result<std::string> label_line(std::string_view json_line, std::chrono::year_month_day default_date,
                                     const encoder::Encoder* encoder) {
    const auto json = parse(json_line);
    if (!json) return json.error();
    if (!json->is_object()) return wrong("", "a JSON object is expected");
    const auto id = json->find("id");
    if (id == json->end() || !id->is_string()) return wrong("id", "id is missing or not a string");
    auto request = read_request(*json, default_date, false);
    if (!request) return request.error();
    request->context.encoder = encoder;
    Json line;
    line["id"] = *id;
    line["labels"] = labels_of(understand(request->text, request->sentences, request->context));
    return dumped(line);
}

}  // namespace debrief::bot
