#include "tests/bot/support/room_transcript.hpp"

#include <sstream>

#include "core/civil_date.hpp"
#include "tests/bot/support/review_room.hpp"
#include "tests/bot/support/transcript.hpp"

namespace debrief::bot::test {
namespace {

class RoomPlayer {
public:
    std::string play(const std::string& page) {
        std::istringstream in(page);
        std::string line;
        while (std::getline(in, line)) {
            if (!room_) {
                out_ << line << '\n';
                if (line == "---") {
                    begin();
                } else {
                    setting(line);
                }
                continue;
            }
            const std::size_t colon = line.find(": ");
            if (line.starts_with("> ") && colon != std::string::npos) {
                out_ << line << '\n';
                const std::string who = line.substr(2, colon - 2);
                tell(room_->say(who, line.substr(colon + 2)));
            } else if (line.starts_with("! ")) {
                out_ << line << '\n';
                const std::size_t blank = line.find(' ', 2);
                act(line.substr(2, blank - 2), line.substr(blank + 1));
            }
        }
        return out_.str();
    }

private:
    void setting(const std::string& line) {
        const std::size_t colon = line.find(": ");
        if (colon == std::string::npos) return;
        const std::string key = line.substr(0, colon), value = line.substr(colon + 2);
        if (key == "kind") kind_ = value;
        if (key == "account") account_ = value;
        if (key == "member") members_.push_back(value);
        if (key == "today") today_ = value;
        if (key == "language") language_ = value;
        if (key == "plan") plan_ += value + "\n";
        if (key == "fact") facts_.push_back(parts_of(value));
        if (key == "promise") promises_.push_back(parts_of(value));
    }
    void begin() {
        room_.emplace(kind_, members_);
        room_->rename(account_, language_);
        const auto day = *core::parse_day(today_);
        core::Evidence evidence;
        for (const auto& one : facts_) {
            core::Item item;
            item.id = room_->id("fact " + one.at(4));
            item.dimension = *core::parse_dimension(one.at(0));
            item.said_on = one.at(1);
            item.by = {room_->id(one.at(2)), one.at(2)};
            if (!one.at(3).empty()) item.person = core::NamedId{room_->id(one.at(3)), one.at(3)};
            item.text = one.at(4);
            item.state = core::ItemState::confirmed;
            item.recorded = std::chrono::duration_cast<core::Instant>(core::parse_day(one.at(1))->time_since_epoch());
            evidence.items.push_back(std::move(item));
        }
        for (const auto& one : promises_) {
            core::CommitmentMade made;
            made.id = room_->id("promise " + one.at(2));
            made.owner = {room_->id(one.at(0)), one.at(0)};
            made.due = one.at(1);
            made.text = one.at(2);
            made.state = "open";
            made.since = today_;
            evidence.commitments.push_back(std::move(made));
        }
        room_->world.now = std::chrono::duration_cast<core::Instant>(day.time_since_epoch()) + std::chrono::hours{15};
        room_->world.journey = core::fold(evidence, day);
        const auto since = day - std::chrono::days{30};
        room_->world.shifted_since = core::civil_text(since);
        room_->world.shifted = core::changes(evidence, since, day);
        room_->world.plan_text = plan_;
        tell(room_->start(members_.front()));
    }
    void act(const std::string& who, const std::string& what) {
        if (what == "offline") return room_->offline(who);
        if (what == "online") return tell(room_->online(who));
        tell(room_->act(who, *core::detail::parse_word<Action>(action_names, what)));
    }
    void tell(const Turn& turn) {
        out_ << '\n';
        for (const Message& m : turn.messages) {
            out_ << m.text << '\n';
            if (!m.ask) continue;
            out_ << "    [" << ask_kind_names[static_cast<std::size_t>(m.ask->kind)] << ' ' << m.ask->question
                 << (m.ask->restated ? ", restated" : "") << "]\n";
        }
        for (const core::Edit& edit : turn.edits) {
            const auto* put = std::get_if<core::Put>(&edit);
            if (put == nullptr || put->table == "message" || put->table == "room") continue;
            const bool own = put->scope && put->scope->starts_with("private/");
            out_ << "    + " << put->table;
            for (const std::string field : {"dimension", "because", "text"}) {
                const auto value = put->fields.find(field);
                const auto* text = value == put->fields.end() ? nullptr : std::get_if<std::string>(&value->second);
                if (text != nullptr && (put->table != "review" || field != "text"))
                    out_ << ' ' << field << '=' << *text;
            }
            out_ << (own ? " (proposed to the speaker alone)" : "") << '\n';
        }
        out_ << "    (" << phase_names[static_cast<std::size_t>(turn.state.phase)] << ")\n\n";
    }

    std::optional<ReviewRoom> room_;
    std::string kind_, account_ = "Brightfield Dairy", today_ = "2025-03-12", plan_, language_ = "en";
    std::vector<std::string> members_;
    std::vector<std::vector<std::string>> facts_, promises_;
    std::ostringstream out_;
};

}  // namespace

std::string play_room(const std::string& page) {
    return RoomPlayer{}.play(page);
}

}  // namespace debrief::bot::test
