#include "platform/app/ended_meetings.hpp"

#include <set>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"

namespace debrief::platform {
namespace {

using core::Record;
using nlohmann::json;

constexpr std::string_view told_key = "meetings.told";

std::set<std::string> told_before(core::Store& store) {
    std::set<std::string> told;
    const auto setting = store.setting(told_key);
    if (!setting || !*setting) return told;
    const json list = json::parse(**setting, nullptr, false);
    if (!list.is_array()) return told;
    for (const auto& id : list) {
        if (id.is_string()) told.insert(id.get<std::string>());
    }
    return told;
}

core::Result<bool> has_conversation(core::Store& store, const core::Uuid& meeting) {
    const auto rooms = store.list({.table = "room",
                                   .where = {{"meeting", core::Where::Op::equal, meeting}},
                                   .order = "id",
                                   .limit = 1,
                                   .after = {}});
    if (!rooms) return rooms.error();
    return !rooms->records.empty();
}

bool is_ours(Context& context, const core::Uuid& account) {
    if (context.identity().role != "manager" && context.identity().role != "admin") return true;
    const auto record = context.store().get("account", account);
    return record && *record && (*record)->ref("owner") == context.identity().user;
}

}  // namespace

core::Result<std::vector<json>> newly_ended_meetings(Context& context, core::Instant now) {
    std::vector<json> reminders;
    auto& store = context.store();
    const auto page = store.list({.table = "meeting",
                                  .where = {{"at", core::Where::Op::less_equal, static_cast<std::int64_t>(now.count())},
                                            {"at", core::Where::Op::greater,
                                             static_cast<std::int64_t>((now - core::Instant{nudge_until}).count())}},
                                  .order = "at",
                                  .limit = 0,
                                  .after = {}});
    if (!page) return page.error();
    const auto before = told_before(store);
    std::set<std::string> told;
    for (const Record& meeting : page->records) {
        const core::Instant at{meeting.integer("at").value_or(0)};
        const core::Instant ends{meeting.integer("ends_at").value_or((at + core::Instant{meeting_length}).count())};
        const bool known = before.contains(meeting.id.text());
        if (known) told.insert(meeting.id.text());
        if (known || meeting.flag("debriefed") || ends + core::Instant{nudge_after} > now) continue;
        const auto account = meeting.ref("account");
        if (!account || !is_ours(context, *account)) continue;
        const auto begun = has_conversation(store, meeting.id);
        if (!begun) return begun.error();
        told.insert(meeting.id.text());
        if (*begun) continue;
        const std::string name = name_in(store, "account", *account), title = meeting.text("title");
        const bool german = context.language() == "de";
        reminders.push_back({{"meeting", meeting.id.text()},
                             {"account", account->text()},
                             {"at", core::instant_text(ends)},
                             {"text", (title.empty() ? name : title + ", " + name) +
                                          (german ? ": Das Treffen ist vorbei. Was hast du über sie erfahren?"
                                                  : ": the meeting is over. What did you learn about them?")}});
    }
    if (told == before) return reminders;
    DEBRIEF_TRY(store.set_setting(told_key, json(told).dump()));
    return reminders;
}

}  // namespace debrief::platform
