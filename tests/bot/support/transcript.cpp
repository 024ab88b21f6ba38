#include "tests/bot/support/transcript.hpp"

#include <algorithm>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "tests/bot/support/rep_desk.hpp"
#include "tests/bot/support/room_transcript.hpp"

namespace debrief::bot::test {
std::vector<std::string> parts_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    std::string part;
    while (std::getline(in, part, '|')) {
        const std::size_t from = part.find_first_not_of(' ');
        const std::size_t to = part.find_last_not_of(' ');
        out.push_back(from == std::string::npos ? std::string() : part.substr(from, to - from + 1));
    }
    return out;
}

namespace {

/// The page of an outcome, else the outcome itself.
std::string page_of(const std::string& outcome) {
    const auto read = nlohmann::json::parse(outcome);
    return read.contains("page") ? read["page"].get<std::string>() : read.dump(2);
}

class Player {
public:
    std::string play(const std::string& page) {
        std::istringstream in(page);
        std::string line;
        bool head = true;
        while (std::getline(in, line)) {
            if (line.starts_with("## ")) {
                // Another conversation, in a world of its own.
                desk_ = RepDesk{};
                there_.clear();
                meeting_.clear();
                rehearsed_.clear();
                ended_.clear();
                coached_.clear();
                goals_.clear();
                promised_.clear();
                head = true;
                out_ << line << '\n';
            } else if (head) {
                out_ << line << '\n';
                if (line == "---") {
                    head = false;
                    begin();
                } else {
                    setting(line);
                }
            } else if (line.starts_with("> ")) {
                out_ << line << '\n';
                tell(desk_.say(line.substr(2)));
            } else if (line == "! outcome") {
                out_ << line << "\n\n" << page_of(desk_.outcome()) << "\n\n";
            } else if (line.starts_with("! ")) {
                out_ << line << '\n';
                tell(act(line.substr(2)));
            }
        }
        return out_.str();
    }

private:
    void setting(const std::string& line) {
        const std::size_t colon = line.find(": ");
        if (colon == std::string::npos) return;
        const std::string key = line.substr(0, colon);
        const std::string value = line.substr(colon + 2);
        if (key == "account") desk_.room.account.name = value;
        if (key == "industry") desk_.room.industry = value;
        if (key == "language") desk_.room.language = value;
        if (key == "only") only(*core::parse_dimension(value));
        if (key == "minutes") desk_.room.minutes = std::stoi(value);
        if (key == "seed") seed_ = std::stoull(value);
        if (key == "rehearse") rehearsed_ = value;
        if (key == "ending") ended_ = value;
        if (key == "coach") coached_ = value;
        if (key == "goal") goals_.push_back(value);
        if (key == "promised") promised_.push_back(value);
        if (key == "there") there_.push_back(value);
        if (key == "meeting") meeting_ = value;
        if (key == "next")
            desk_.next_meeting = NextMeeting{desk_.id("next"), value.substr(11), *core::parse_day(value.substr(0, 10))};
        if (key == "contact") desk_.contact(value.substr(0, value.find(", ")), value.substr(value.find(", ") + 2));
        const auto parts = parts_of(value);
        if (key == "stance") desk_.stance(parts.at(0), *core::parse_stance(parts.at(1)), parts.at(2));
        if (key == "fact") desk_.fact(*core::parse_dimension(parts.at(0)), parts.at(1), parts.at(2), parts.at(3));
        if (key == "promise") desk_.promise(parts.at(0), parts.at(1), parts.at(2));
    }
    /// Of the playbook's questions those of one dimension, and those that start or follow from a line.
    void only(core::Dimension dimension) {
        std::erase_if(desk_.book.questions, [&](const Question& q) {
            return std::any_of(q.when.begin(), q.when.end(), [&](Trigger t) {
                const bool chosen = t == Trigger::missing || t == Trigger::contradicted || t == Trigger::stale;
                return chosen && (q.dimension != dimension || q.moment.empty());
            });
        });
    }
    void begin() {
        if (!meeting_.empty()) desk_.meeting(meeting_.substr(0, 10), meeting_.substr(11), there_);
        if (!rehearsed_.empty()) desk_.rehearse(rehearsed_, seed_);
        if (!coached_.empty()) desk_.coach(coached_, goals_, promised_);
        if (!ended_.empty()) {
            auto parts = parts_of(ended_);
            parts.resize(4);
            desk_.end(parts[0], parts[1], parts[2], parts[3]);
        }
        tell(desk_.start());
    }
    Turn act(const std::string& words) {
        if (words == "kill") return desk_.start();
        if (words.starts_with("wait ")) {
            const int amount = std::stoi(words.substr(5));
            desk_.wait(words.back() == 'd' ? core::Instant{std::chrono::days{amount}}
                                           : core::Instant{std::chrono::minutes{amount}});
            return desk_.start();
        }
        if (words.starts_with("anew ")) {
            desk_.wait(std::chrono::days{std::stoi(words.substr(5))});
            desk_.rehearse(rehearsed_, ++seed_);
            return desk_.start();
        }
        std::istringstream in(words);
        std::string name;
        std::size_t number = 0;
        in >> name >> number;
        std::string text;
        std::getline(in >> std::ws, text);
        const auto action = core::detail::parse_word<Action>(action_names, name);
        const auto items = desk_.understood_items();
        std::optional<core::Uuid> item;
        if (number > 0 && number <= items.size()) item = items[number - 1].id;
        return desk_.act(action.value(), item, text);
    }

    void tell(const Turn& turn) {
        out_ << '\n';
        for (const Message& m : turn.messages) {
            std::string text = m.text;
            for (const auto& [reference, words] : desk_.shared) {
                for (auto at = text.find(reference); at != std::string::npos; at = text.find(reference))
                    text.replace(at, reference.size(), words);
            }
            out_ << text << '\n';
            if (m.ask) {
                out_ << "    [" << ask_kind_names[static_cast<std::size_t>(m.ask->kind)] << ' ' << m.ask->question;
                if (m.ask->restated) out_ << ", restated";
                out_ << "]\n";
            }
            if (m.judged)
                out_ << "    [judged: about them " << (m.judged->focus ? "yes" : "no") << ", concrete "
                     << (m.judged->concrete ? "yes" : "no") << ", honest " << (m.judged->honest ? "yes" : "no")
                     << "]\n";
            if (m.answer)
                out_ << "    [answer, "
                     << (m.answer->found ? "evidence " + std::to_string(m.answer->evidence.size()) : "not found")
                     << "]\n";
        }
        for (const core::Edit& edit : turn.edits) {
            if (const auto* put = std::get_if<core::Put>(&edit)) write(*put);
        }
        out_ << "    (" << phase_names[static_cast<std::size_t>(turn.state.phase)] << ", asked " << turn.state.asked
             << " of " << turn.state.limit << ")\n\n";
    }
    void write(const core::Put& put) {
        const auto& record = desk_.records[put.id];
        if (put.table == "message" || put.table == "room") return;
        if (put.table == "observation" && record.scope.starts_with("private/")) return;
        out_ << "    + " << put.table;
        for (const std::string field : {"dimension", "name", "role", "stance", "state", "owner", "contact", "person",
                                        "due", "debriefed", "text", "outcome", "ended_on", "outcome_reason"}) {
            const auto value = put.fields.find(field);
            if (value == put.fields.end() || core::is_null(value->second)) continue;
            out_ << ' ' << field << '=';
            if (const auto* text = std::get_if<std::string>(&value->second)) out_ << *text;
            if (const auto* who = std::get_if<core::Uuid>(&value->second))
                out_ << (desk_.name_of(*who).empty() ? "?" : desk_.name_of(*who));
            if (const auto* flag = std::get_if<bool>(&value->second)) out_ << (*flag ? "yes" : "no");
        }
        out_ << '\n';
    }

    RepDesk desk_;
    std::vector<std::string> there_;
    std::string meeting_, rehearsed_, ended_, coached_;
    std::vector<std::string> goals_, promised_;
    std::uint64_t seed_ = 0;
    std::ostringstream out_;
};

}  // namespace

std::string play(const std::string& page) {
    if (page.find("\nmember: ") != std::string::npos) return play_room(page);
    return Player{}.play(page);
}

}  // namespace debrief::bot::test
