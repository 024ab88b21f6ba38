#include "platform/app/open_rooms.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/journey/derived_views.hpp"
#include "platform/app/conversation_store.hpp"

namespace debrief::platform {
namespace {

using bot::Message;
using core::Uuid;

/// Puts each line behind the one at the end that it follows, as long as there is one: what is said now.
void append(std::vector<Message>& lines, std::vector<Message>& fresh) {
    const auto follows_last = [&](const Message& line) { return !lines.empty() && line.follows == lines.back().id; };
    for (auto next = std::find_if(fresh.begin(), fresh.end(), follows_last); next != fresh.end();
         next = std::find_if(fresh.begin(), fresh.end(), follows_last)) {
        lines.push_back(std::move(*next));
        fresh.erase(next);
    }
}

/// Brings the lines of a room up to what is stored of those that were touched.
core::Status renew(Context& context, const Uuid& room, std::vector<Message>& lines, const std::set<Uuid>& touched) {
    if (touched.size() > OpenRooms::touched_max) {
        auto all = load_lines(context, room);
        if (!all) return all.error();
        lines = std::move(*all);
        return core::Ok{};
    }
    std::vector<Message> fresh;
    bool moved = false;
    for (const auto& id : touched) {
        auto stored = load_line(context, room, id);
        if (!stored) return stored.error();
        const auto known =
            std::find_if(lines.rbegin(), lines.rend(), [&](const Message& line) { return line.id == id; });
        if (known == lines.rend()) {
            if (*stored) fresh.push_back(std::move(**stored));
        } else if (!*stored) {
            lines.erase(std::next(known).base());
            moved = true;
        } else {
            moved = moved || known->at != (*stored)->at || known->follows != (*stored)->follows;
            *known = std::move(**stored);
        }
    }
    if (!moved) append(lines, fresh);
    if (!moved && fresh.empty()) return core::Ok{};
    lines.insert(lines.end(), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
    lines = bot::in_order(std::move(lines));
    return core::Ok{};
}

}  // namespace

core::Result<std::shared_ptr<bot::Conversation>> OpenRooms::load(Context& context, const core::Record& room) {
    const auto commits = core::commits_elsewhere(context.store());
    if (!commits) return commits.error();
    if (std::exchange(commits_elsewhere_, *commits) != *commits) forget();
    const auto found =
        std::find_if(kept_.begin(), kept_.end(), [&](const Kept& one) { return one.talk->id == room.id; });
    // Taken out until all went well: what is half renewed must not be found again.
    Kept kept;
    if (found != kept_.end()) {
        kept = std::move(*found);
        kept_.erase(found);
        auto lines = std::move(kept.talk->messages);
        DEBRIEF_TRY(renew(context, room.id, lines, std::exchange(kept.touched, {})));
        auto talk = load_conversation(context, room, std::move(lines));
        if (!talk) return talk.error();
        *kept.talk = std::move(*talk);
    } else {
        auto talk = load_conversation(context, room);
        if (!talk) return talk.error();
        kept.talk = std::make_shared<bot::Conversation>(std::move(*talk));
    }
    kept_.push_front(std::move(kept));
    make_place();
    return kept_.front().talk;
}

void OpenRooms::touched(const std::set<core::TouchedRecord>& records) {
    if (kept_.empty()) return;
    for (const auto& record : records) {
        // Lines carry the names of those who said them.
        if (record.table == "user") return forget();
        if (record.table != "message") continue;
        for (auto& kept : kept_) {
            if (kept.touched.size() <= touched_max) kept.touched.insert(record.id);
        }
    }
}

void OpenRooms::make_place() {
    std::size_t lines = 0;
    auto last = kept_.begin();
    for (; last != kept_.end() && std::distance(kept_.begin(), last) < std::ptrdiff_t{rooms_max}; ++last) {
        lines += last->talk->messages.size();
        if (last != kept_.begin() && lines > lines_max) break;
    }
    kept_.erase(last, kept_.end());
}

}  // namespace debrief::platform
