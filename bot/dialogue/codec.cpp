#include "bot/dialogue/codec.hpp"

#include <nlohmann/json.hpp>

#include "core/catalogue/scope.hpp"
#include "core/changes/erasure.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

using nlohmann::json;

json ids_json(const std::vector<core::Uuid>& ids) {
    json out = json::array();
    for (const core::Uuid& id : ids) out.push_back(id.text());
    return out;
}
json named_json(const core::NamedId& named) {
    return {{"id", named.id.text()}, {"name", named.name}};
}

json to_json(const Ask& ask) {
    json out{
        {"kind", ask_kind_names[static_cast<std::size_t>(ask.kind)]},
        // What a one-to-one asks about the rep is named by the question itself.
        {"dimension", ask.question.starts_with("rep_") ? std::string_view{ask.question} : core::name_of(ask.dimension)},
        {"question", ask.question},
        {"playbook", ask.playbook},
        {"version", ask.version},
        {"about", ids_json(ask.about)}};
    if (ask.restated) out["restated"] = true;
    if (ask.unexpected) out["unexpected"] = true;
    return out;
}
json dates_json(const std::vector<core::DateSaid>& dates) {
    json out = json::array();
    for (const core::DateSaid& d : dates) out.push_back({{"text", d.text}, {"value", d.value}});
    return out;
}
json source_json(const core::Source& source) {
    json out{{"quote", source.quote}};
    if (source.conversation) out["conversation"] = source.conversation->text();
    if (source.message) out["message"] = source.message->text();
    if (!source.question.empty()) out["question"] = source.question;
    if (!source.playbook.empty()) out["playbook"] = source.playbook;
    if (!source.version.empty()) out["version"] = source.version;
    if (!source.because.empty()) out["because"] = source.because;
    if (source.because_message) out["because_message"] = source.because_message->text();
    return out;
}
json to_json(const core::Item& item) {
    json out{{"id", item.id.text()},
             {"dimension", core::name_of(item.dimension)},
             {"text", item.text},
             {"person", item.person ? named_json(*item.person) : json(nullptr)},
             {"said_on", item.said_on},
             {"by", named_json(item.by)},
             {"dates", dates_json(item.dates)},
             {"state", core::item_state_names[static_cast<std::size_t>(item.state)]},
             {"source", source_json(item.source)}};
    if (item.superseded_by) out["superseded_by"] = item.superseded_by->text();
    if (item.opportunity) out["opportunity"] = item.opportunity->text();
    return out;
}
/// All of a proposal, for `undo`; more than the contract's item.
json to_json(const Proposal& p) {
    json out = to_json(p.item);
    if (p.item.supersedes) out["supersedes"] = p.item.supersedes->text();
    if (p.item.about) out["about"] = core::name_of(*p.item.about);
    if (!p.item.detail.empty()) out["detail"] = p.item.detail;
    out["recorded"] = p.item.recorded.count();
    if (p.was_wrong) out["was_wrong"] = true;
    if (p.corrected_by) out["corrected_by"] = p.corrected_by->text();
    if (p.keeps) out["keeps"] = p.keeps->text();
    return out;
}
json to_json(const Judged& j) {
    return {{"focus", j.focus},       {"concrete", j.concrete}, {"honest", j.honest},
            {"credited", j.credited}, {"better", j.better},     {"why", j.why}};
}
json to_json(const Step& step) {
    json out{{"did", step.did}, {"phase", phase_names[static_cast<std::size_t>(step.phase)]}};
    if (step.line) out["line"] = step.line->text();
    for (const Contribution& a : step.adds) {
        json one{{"kind", a.kind}, {"text", a.text}, {"dimension", core::name_of(a.dimension)}};
        if (!a.by.id.is_nil()) one["by"] = named_json(a.by);
        if (!a.due.empty()) one["due"] = a.due;
        if (a.serves) one["serves"] = a.serves->text();
        if (!a.step.empty()) one["step"] = a.step;
        out["adds"].push_back(std::move(one));
    }
    if (!step.question.empty()) out["question"] = step.question;
    if (step.undone) out["undone"] = step.undone->text();
    if (!step.items.empty()) out["items"] = ids_json(step.items);
    if (!step.tasks.empty()) out["tasks"] = ids_json(step.tasks);
    if (step.limit) out["limit"] = *step.limit;
    for (const Proposal& p : step.before) out["before"].push_back(to_json(p));
    for (const PersonNamed& p : step.people) {
        out["people"].push_back({{"contact", p.contact.text()},
                                 {"name", p.name},
                                 {"role", p.role},
                                 {"stance", core::name_of(p.stance)},
                                 {"evidence", ids_json(p.evidence)},
                                 {"known", p.known},
                                 {"withdrawn", p.withdrawn}});
    }
    return out;
}

// Reading: a body may come from another version or from a hostile peer, so every access is by a checked type. What is
// absent is left at its default; what is there with a wrong type throws json::exception, caught at the door below.
std::optional<core::Uuid> id_in(const json& object, const char* key) {
    if (!object.contains(key)) return std::nullopt;
    return core::parse_uuid(object[key].get<std::string>());
}
std::string text_in(const json& object, const char* key) {
    return object.contains(key) ? object[key].get<std::string>() : std::string();
}
std::vector<core::Uuid> ids_in(const json& object, const char* key) {
    std::vector<core::Uuid> out;
    if (!object.contains(key)) return out;
    for (const json& entry : object[key]) {
        if (const auto id = core::parse_uuid(entry.get<std::string>())) out.push_back(*id);
    }
    return out;
}
template <typename E, std::size_t N>
E word_in(const json& object, const char* key, const std::array<std::string_view, N>& names, E otherwise) {
    return core::detail::parse_word<E>(names, text_in(object, key)).value_or(otherwise);
}
std::vector<core::DateSaid> dates_in(const json& list) {
    std::vector<core::DateSaid> out;
    for (const json& entry : list) out.push_back({text_in(entry, "text"), text_in(entry, "value")});
    return out;
}
std::optional<core::NamedId> named_in(const json& object, const char* key) {
    if (!object.contains(key) || object[key].is_null()) return std::nullopt;
    const auto id = id_in(object[key], "id");
    return id ? std::optional(core::NamedId{*id, text_in(object[key], "name")}) : std::nullopt;
}
core::Source source_in(const json& part) {
    return {id_in(part, "conversation"), id_in(part, "message"),        text_in(part, "quote"),
            text_in(part, "question"),   text_in(part, "playbook"),     text_in(part, "version"),
            text_in(part, "because"),    id_in(part, "because_message")};
}
Proposal proposal_in(const json& part) {
    Proposal p;
    core::Item& item = p.item;
    item.id = id_in(part, "id").value_or(core::Uuid{});
    item.dimension = word_in(part, "dimension", core::dimension_names, core::Dimension::unknown);
    item.text = text_in(part, "text");
    item.person = named_in(part, "person");
    item.said_on = text_in(part, "said_on");
    if (const auto by = named_in(part, "by")) item.by = *by;
    item.dates = dates_in(part.value("dates", json::array()));
    item.state = word_in(part, "state", core::item_state_names, core::ItemState::proposed);
    item.source = source_in(part.value("source", json::object()));
    item.opportunity = id_in(part, "opportunity");
    item.supersedes = id_in(part, "supersedes");
    item.about = core::parse_dimension(text_in(part, "about"));
    item.detail = text_in(part, "detail");
    item.recorded = core::Instant{part.value("recorded", std::int64_t{0})};
    p.was_wrong = part.value("was_wrong", false);
    p.corrected_by = id_in(part, "corrected_by");
    p.keeps = id_in(part, "keeps");
    return p;
}
Ask ask_in(const json& part) {
    Ask ask;
    ask.kind = word_in(part, "kind", ask_kind_names, AskKind::ask);
    ask.dimension = word_in(part, "dimension", core::dimension_names, core::Dimension::unknown);
    ask.question = text_in(part, "question");
    ask.playbook = text_in(part, "playbook");
    ask.version = text_in(part, "version");
    ask.about = ids_in(part, "about");
    ask.restated = part.value("restated", false);
    ask.unexpected = part.value("unexpected", false);
    return ask;
}
Step step_in(const json& part) {
    Step step;
    step.did = text_in(part, "did");
    step.phase = word_in(part, "phase", phase_names, Phase::asking);
    step.line = id_in(part, "line");
    step.question = text_in(part, "question");
    step.undone = id_in(part, "undone");
    step.items = ids_in(part, "items");
    step.tasks = ids_in(part, "tasks");
    if (part.contains("limit")) step.limit = part["limit"].get<int>();
    for (const json& a : part.value("adds", json::array())) {
        step.adds.push_back({text_in(a, "kind"), text_in(a, "text"), named_in(a, "by").value_or(core::NamedId{}),
                             text_in(a, "due"),
                             word_in(a, "dimension", core::dimension_names, core::Dimension::unknown),
                             id_in(a, "serves"), text_in(a, "step")});
    }
    for (const json& p : part.value("before", json::array())) step.before.push_back(proposal_in(p));
    for (const json& p : part.value("people", json::array())) {
        step.people.push_back({id_in(p, "contact").value_or(core::Uuid{}), text_in(p, "name"), text_in(p, "role"),
                               word_in(p, "stance", core::stance_names, core::Stance::unknown), ids_in(p, "evidence"),
                               p.value("known", false), p.value("withdrawn", false)});
    }
    return step;
}

Judged judged_in(const json& part) {
    return {part.value("focus", false),    part.value("concrete", false), part.value("honest", false),
            part.value("credited", false), text_in(part, "better"),       text_in(part, "why")};
}

std::string body_of(const Message& m) {
    json body = json::object();
    if (m.action) body["action"] = action_names[static_cast<std::size_t>(*m.action)];
    if (m.item) body["item"] = m.item->text();
    if (m.ask) body["ask"] = to_json(*m.ask);
    if (m.step) body["step"] = to_json(*m.step);
    if (m.judged) body["judged"] = to_json(*m.judged);
    if (m.answer) body["answer"] = {{"found", m.answer->found}, {"evidence", ids_json(m.answer->evidence)}};
    for (const FocusOfText& f : m.focus) body["focus"].push_back({{"text", f.text}, {"focus", core::name_of(f.focus)}});
    return body.dump();
}

core::Error unreadable(std::string_view what, const core::Uuid& id) {
    return core::Error{core::Errc::corrupt, std::string(what) + " " + id.text() + " cannot be read.", {}, {}};
}

}  // namespace

core::Result<Message> message_of(const core::Record& record, const NameOf& name_of_user) {
    return message_of(core::message_row(record), name_of_user);
}

core::Result<Message> message_of(core::MessageRow row, const NameOf& name_of_user) {
    Message m;
    m.id = row.id;
    m.conversation = row.room;
    m.at = row.at;
    m.author = row.by_user ? AuthorKind::user : AuthorKind::bot;
    if (row.author) m.user = {*row.author, name_of_user(*row.author)};
    m.text = std::move(row.text);
    m.redacted = row.redacted;
    m.follows = row.follows;
    const std::string& text = row.body;
    if (text.empty() || text == "{}" || text == core::erased_text) return m;
    try {
        const json body = json::parse(text);
        if (body.contains("action")) m.action = core::detail::parse_word<Action>(action_names, text_in(body, "action"));
        m.item = id_in(body, "item");
        if (body.contains("ask")) m.ask = ask_in(body["ask"]);
        if (body.contains("step")) m.step = step_in(body["step"]);
        if (body.contains("judged")) m.judged = judged_in(body["judged"]);
        if (body.contains("answer"))
            m.answer = Answer{body["answer"].value("found", false), ids_in(body["answer"], "evidence")};
        for (const json& f : body.value("focus", json::array())) {
            m.focus.push_back({text_in(f, "text"), word_in(f, "focus", core::focus_names, core::Focus::neutral)});
        }
    } catch (const json::exception&) {
        return unreadable("The body of message", row.id);
    }
    return m;
}

std::string home_of(const Conversation& conversation) {
    if (!conversation.scope.empty()) return conversation.scope;
    return conversation.account.id.is_nil() ? core::user_scope(conversation.rep.id)
                                            : core::private_scope(conversation.rep.id, conversation.account.id);
}

core::Put message_put(const Conversation& conversation, const Message& m) {
    core::Put put{"message", m.id, {}, home_of(conversation)};
    put.fields["room"] = conversation.id;
    if (!conversation.account.id.is_nil()) put.fields["account"] = conversation.account.id;
    put.fields["at"] = static_cast<std::int64_t>(m.at.count());
    put.fields["author_kind"] = std::string(m.author == AuthorKind::user ? "user" : "bot");
    if (m.author == AuthorKind::user) put.fields["author"] = m.user.id;
    put.fields["text"] = m.text;
    if (m.follows) put.fields["follows"] = *m.follows;
    put.fields["body"] = body_of(m);
    if (m.redacted) put.fields["redacted"] = true;
    return put;
}

core::Result<Proposal> proposal_of(const core::Record& record, const NameOf& name_of_user,
                                   const NameOf& name_of_contact) {
    Proposal p;
    core::Item& item = p.item;
    item.id = record.id;
    item.dimension = core::parse_dimension(record.text("dimension")).value_or(core::Dimension::unknown);
    item.text = record.text("text");
    if (const auto person = record.ref("person")) item.person = core::NamedId{*person, name_of_contact(*person)};
    item.said_on = record.text("said_on");
    if (const auto by = record.ref("by")) item.by = {*by, name_of_user(*by)};
    item.state = core::detail::parse_word<core::ItemState>(core::item_state_names, record.text("state"))
                     .value_or(core::ItemState::proposed);
    item.superseded_by = record.ref("superseded_by");
    item.supersedes = record.ref("supersedes");
    item.opportunity = record.ref("opportunity");
    item.recorded = core::Instant{record.integer("recorded_at").value_or(0)};
    item.detail = record.text("concern_kind");
    item.about = core::parse_dimension(record.text("about"));
    try {
        if (const std::string dates = record.text("dates"); !dates.empty() && dates != core::erased_text)
            item.dates = dates_in(json::parse(dates));
        if (const std::string text = record.text("source"); !text.empty() && text != core::erased_text) {
            const json source = json::parse(text);
            item.source = source_in(source);
            p.was_wrong = source.value("was_wrong", false);
            p.corrected_by = id_in(source, "corrected_by");
            p.keeps = id_in(source, "keeps");
        }
    } catch (const json::exception&) {
        return unreadable("The source of observation", record.id);
    }
    return p;
}

core::Put proposal_put(const Conversation& conversation, const Proposal& p) {
    const core::Item& item = p.item;
    core::Put put{"observation", item.id, {}, core::private_scope(conversation.rep.id, conversation.account.id)};
    put.fields["account"] = conversation.account.id;
    if (item.opportunity) put.fields["opportunity"] = *item.opportunity;
    put.fields["dimension"] = std::string(core::name_of(item.dimension));
    put.fields["text"] = item.text;
    put.fields["person"] = item.person ? core::Value(item.person->id) : core::Value(core::Null{});
    put.fields["said_on"] = item.said_on;
    put.fields["dates"] = item.dates.empty() ? core::Value(core::Null{}) : core::Value(dates_json(item.dates).dump());
    put.fields["by"] = item.by.id;
    put.fields["state"] = std::string(core::item_state_names[static_cast<std::size_t>(item.state)]);
    put.fields["conversation"] = conversation.id;
    put.fields["supersedes"] = item.supersedes ? core::Value(*item.supersedes) : core::Value(core::Null{});
    if (!item.detail.empty()) put.fields["concern_kind"] = item.detail;
    if (item.about) put.fields["about"] = std::string(core::name_of(*item.about));
    put.fields["recorded_at"] = static_cast<std::int64_t>(item.recorded.count());
    json source = source_json(item.source);
    if (p.was_wrong) source["was_wrong"] = true;
    if (p.corrected_by) source["corrected_by"] = p.corrected_by->text();
    if (p.keeps) source["keeps"] = p.keeps->text();
    put.fields["source"] = source.dump();
    return put;
}

std::string source_text(const core::Source& source) {
    return source_json(source).dump();
}

std::string message_json(const Message& m) {
    json author{{"kind", m.author == AuthorKind::user ? "user" : "bot"},
                {"name", m.author == AuthorKind::user ? m.user.name : "Debrief"}};
    if (m.author == AuthorKind::user) author["user"] = m.user.id.text();
    json out{{"id", m.id.text()},
             {"conversation", m.conversation.text()},
             {"at", core::instant_text(m.at)},
             {"author", author},
             {"text", m.text}};
    if (m.ask) out["ask"] = to_json(*m.ask);
    for (const FocusOfText& f : m.focus) out["focus"].push_back({{"text", f.text}, {"focus", core::name_of(f.focus)}});
    if (m.answer) out["answer"] = {{"found", m.answer->found}, {"evidence", ids_json(m.answer->evidence)}};
    if (m.judged) out["judged"] = to_json(*m.judged);
    if (m.redacted) out["redacted"] = true;
    return out.dump();
}

std::string ask_json(const Ask& ask) {
    return to_json(ask).dump();
}

std::string item_json(const core::Item& item) {
    return to_json(item).dump();
}

std::string state_json(const Conversation& conversation, const State& state) {
    const json out{{"phase", phase_names[static_cast<std::size_t>(state.phase)]},
                   {"open", state.open ? to_json(*state.open) : json(nullptr)},
                   {"asked", state.asked},
                   {"limit", state.limit},
                   {"meeting", conversation.meeting ? json(conversation.meeting->id.text()) : json(nullptr)},
                   {"account", conversation.account.id.text()},
                   {"playbook", {{"id", conversation.playbook}, {"version", conversation.version}}},
                   {"language", conversation.language}};
    return out.dump();
}

}  // namespace debrief::bot
