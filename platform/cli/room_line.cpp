#include "platform/cli/room_line.hpp"

#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

std::string sentence(const std::vector<std::string>& names, const std::string& does) {
    if (names.empty()) return {};
    std::string all;
    for (std::size_t i = 0; i < names.size(); ++i)
        all += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return all + (names.size() == 1 ? " is " : " are ") + does;
}

}  // namespace

void RoomLine::hear(const nlohmann::json& params, Time now) {
    const auto user = params.value("user", nlohmann::json::object());
    const auto id = text_of(user, "id");
    const auto state = text_of(params, "state");
    const auto known = people_.find(id);
    if (state == "typing") {
        if (known != people_.end() && now < known->second.quiet_until) return;
        people_[id] = {text_of(user, "name"), true, now + typing_for_max, {}};
    } else if (state == "gone") {
        people_.erase(id);
    } else if (known == people_.end()) {
        people_[id] = {text_of(user, "name"), false, now + here_for, {}};
    } else {
        // Known to be here: that they have stopped typing is no news.
        known->second.typing = false;
        known->second.until = now;
    }
}

void RoomLine::heard_from(const std::string& user, Time now) {
    const auto known = people_.find(user);
    if (known == people_.end()) return;
    known->second.typing = false;
    known->second.until = {};
    known->second.quiet_until = now + quiet_after_line;
}

std::string RoomLine::text(Time now) const {
    std::vector<std::string> typing, here;
    for (const auto& [id, person] : people_) {
        if (now < person.until) (person.typing ? typing : here).push_back(person.name);
    }
    const auto types = sentence(typing, "typing …"), comes = sentence(here, "here");
    return types + (types.empty() || comes.empty() ? "" : " · ") + comes;
}

bool RoomLine::pressed(Time now) {
    if (told_ && now - *told_ < typing_each) return false;
    told_ = now;
    return true;
}

bool RoomLine::rested() {
    return std::exchange(told_, std::nullopt).has_value();
}

}  // namespace debrief::platform::cli
