#include "platform/app/record_rules.hpp"

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/schema_check.hpp"
#include "platform/app/where.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using nlohmann::json;

/// A rehearsal is practice: what is said in it is no evidence about a customer.
core::Status refuse_rehearsal(core::Store& store, const core::Value& source) {
    const auto* text = std::get_if<std::string>(&source);
    if (text == nullptr) return core::Ok{};
    const auto read = parsed(*text);
    const auto conversation = read.is_object() && read.contains("conversation") && read["conversation"].is_string()
                                  ? core::parse_uuid(read["conversation"].get<std::string>())
                                  : std::nullopt;
    if (!conversation) return core::Ok{};
    const auto room = store.get("room", *conversation);
    if (!room) return room.error();
    if (*room && (*room)->text("kind") == "rehearsal") {
        return Error{Errc::invalid, "What was said in a rehearsal is no evidence about the customer.", "fields.source",
                     "Name the debrief in which the customer's words were told."};
    }
    return core::Ok{};
}

void fill(core::FieldMap& fields, const core::Table& table, const std::string& name, core::Value value) {
    if (table.field(name) != nullptr && fields.count(name) == 0) fields[name] = std::move(value);
}

}  // namespace

core::Result<const core::Table*> known_table(const std::string& name) {
    if (const auto* table = core::catalogue().table(name)) return table;
    std::vector<std::string> names;
    for (const auto& table : core::catalogue().tables) names.emplace_back(table.name);
    const auto near = nearest_word(name, names);
    return Error{Errc::invalid, "There is no table '" + name + "'.", "table",
                 near.empty() ? "catalogue.get lists the tables." : "Did you mean '" + near + "'?"};
}

core::Status may_write(Context& context, const core::Table& table) {
    const auto enrolment = context.device->enrolment();
    if (!enrolment) return enrolment.error();
    if (!*enrolment) return core::Ok{};  // A workspace of one has nobody else to ask.
    if (table.scope == core::ScopeRule::directory) {
        return Error{Errc::denied, "Users, teams and duties are changed by an administrator, on the server.", "table",
                     "Run there: debrief admin --data DIR …"};
    }
    if (table.scope == core::ScopeRule::workspace && context.identity().role != "admin") {
        return Error{Errc::denied, "Records of '" + std::string{table.name} + "' are changed by administrators.",
                     "table", "Ask your administrator."};
    }
    return core::Ok{};
}

core::Result<core::FieldMap> fields_from_json(Context& context, const core::Table& table, const json& fields,
                                              const std::optional<core::Uuid>& id) {
    auto& store = context.store();
    // Contacts are named within their account: the one in this call, else the record's own.
    std::optional<core::Uuid> account;
    if (const auto* field = table.field("account"); field != nullptr) {
        if (fields.contains("account")) {
            const auto value = value_from_json(store, *field, fields["account"], "fields.account", std::nullopt);
            if (!value) return value.error();
            if (const auto* found = std::get_if<core::Uuid>(&*value)) account = *found;
        } else if (id) {
            const auto record = store.get(table.name, *id);
            if (record && *record) account = (*record)->ref("account");
        }
    }
    core::FieldMap read;
    for (const auto& [name, value] : fields.items()) {
        const std::string place = "fields." + name;
        const auto* field = table.field(name);
        if (field == nullptr) return unknown_field(table, name, place);
        auto converted = value_from_json(store, *field, value, place, account);
        if (!converted) return converted.error();
        read[name] = std::move(*converted);
    }
    return read;
}

core::Status complete(Context& context, const core::Table& table, core::Put& put) {
    DEBRIEF_TRY(may_write(context, table));
    auto& store = context.store();
    const auto existing = store.get(put.table, put.id);
    if (!existing) return existing.error();
    if (*existing) {
        if (put.scope && *put.scope != (*existing)->scope) {
            return Error{Errc::invalid, "A record stays where it was made.", "scope",
                         "Make a new record there instead."};
        }
        put.scope.reset();
        if (put.table == "message" && put.fields.count("author") != 0) {
            return Error{Errc::denied, "A line stays with whoever said it.", "fields.author",
                         "Say your own: chat.say."};
        }
    } else {
        if (put.table == "observation") {
            fill(put.fields, table, "by", context.identity().user);
            fill(put.fields, table, "said_on", core::civil_text(context.today()));
        }
        // Until the directory says otherwise, an account is whose device made it.
        if (put.table == "account") fill(put.fields, table, "owner", context.identity().user);
        if (put.table == "meeting" && put.fields.count("date") == 0 && put.fields.count("at") != 0) {
            if (const auto* at = std::get_if<std::int64_t>(&put.fields["at"])) {
                put.fields["date"] = core::civil_text(context.day_of(core::Instant{*at}));
            }
        }
        fill(put.fields, table, "recorded_at", static_cast<std::int64_t>(context.now().count()));
        if (put.table == "message" || put.table == "room") {
            return Error{Errc::invalid, "Conversations are made by chat.start and chat.say.", "table",
                         "Call chat.start."};
        }
    }
    if (const auto source = put.fields.find("source"); source != put.fields.end() && put.table == "observation") {
        DEBRIEF_TRY(refuse_rehearsal(store, source->second));
    }
    return core::Ok{};
}

}  // namespace debrief::platform
