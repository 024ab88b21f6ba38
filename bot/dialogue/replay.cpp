#include "bot/dialogue/replay.hpp"

#include <algorithm>
#include <map>

#include "bot/dialogue/codec.hpp"
#include "bot/dialogue/engine.hpp"

namespace debrief::bot {
namespace {

struct Asked {
    std::string question, text;
    bool operator==(const Asked&) const = default;
};
/// What was asked after each line of the rep; first, before any.
using Asks = std::vector<std::vector<Asked>>;

void note(Asks& asks, const Message& message) {
    if (message.author == AuthorKind::user) asks.emplace_back();
    if (message.ask && !message.ask->restated) asks.back().push_back({message.ask->question, message.text});
}

class Replayer {
public:
    Replayer(const Playbook& book, const Conversation& original, const World& before)
        : book_(book), original_(original), world_(before), again_(original) {
        again_.messages.clear();
        again_.proposals.clear();
        again_.playbook = book.id;
        again_.version = book.version;
    }

    Asks asks() {
        Asks asks(1);
        world_.now = original_.started;
        reply(asks);
        for (const Message& message : original_.messages) {
            if (message.author != AuthorKind::user) continue;
            if (message.item && !there(*message.item)) {
                asks.emplace_back();
                continue;
            }
            Message line = message;
            line.follows.reset();
            if (!again_.messages.empty()) line.follows = again_.messages.back().id;
            world_.now = line.at;
            again_.messages.push_back(std::move(line));
            note(asks, again_.messages.back());
            reply(asks);
        }
        return asks;
    }

private:
    [[nodiscard]] bool there(const core::Uuid& item) const {
        return std::any_of(again_.proposals.begin(), again_.proposals.end(),
                           [&](const Proposal& p) { return p.item.id == item; });
    }
    void reply(Asks& asks) {
        const Turn turn = advance(book_, again_, world_);
        for (const Message& message : turn.messages) {
            again_.messages.push_back(message);
            note(asks, message);
        }
        // What is proposed is read back from the records that the turn would write.
        const NameOf names = [this](const core::Uuid& who) {
            for (const core::PersonView& p : world_.journey.people) {
                if (p.contact.id == who) return p.contact.name;
            }
            return std::string();
        };
        for (const core::Edit& edit : turn.edits) {
            if (const auto* gone = std::get_if<core::Delete>(&edit)) observations_.erase(gone->id);
            const auto* put = std::get_if<core::Put>(&edit);
            if (put == nullptr || put->table != "observation") continue;
            if (put->scope && !put->scope->starts_with("private/")) continue;
            core::Record& record = observations_[put->id];
            record.id = put->id;
            record.table = put->table;
            for (const auto& [field, value] : put->fields) record.fields[field] = value;
        }
        again_.proposals.clear();
        for (const auto& [id, record] : observations_) {
            if (auto proposal = proposal_of(record, names, names)) again_.proposals.push_back(std::move(*proposal));
        }
    }

    const Playbook& book_;
    const Conversation& original_;
    World world_;
    Conversation again_;
    std::map<core::Uuid, core::Record> observations_;
};

}  // namespace

std::vector<Difference> replay(const Playbook& playbook, const Conversation& conversation, const World& before) {
    Asks then(1);
    for (const Message& message : conversation.messages) note(then, message);
    const Asks now = Replayer{playbook, conversation, before}.asks();
    std::vector<Difference> differs;
    const std::vector<Asked> none;
    for (std::size_t i = 0; i < std::max(then.size(), now.size()); ++i) {
        const auto& was = i < then.size() ? then[i] : none;
        const auto& is = i < now.size() ? now[i] : none;
        for (std::size_t k = 0; k < std::max(was.size(), is.size()); ++k) {
            const Asked before_it = k < was.size() ? was[k] : Asked{};
            const Asked after_it = k < is.size() ? is[k] : Asked{};
            if (before_it == after_it) continue;
            if (before_it.question == after_it.question) {
                differs.push_back({before_it.question, before_it.text, after_it.text});
                continue;
            }
            if (!before_it.question.empty()) differs.push_back({before_it.question, before_it.text, {}});
            if (!after_it.question.empty()) differs.push_back({after_it.question, {}, after_it.text});
        }
    }
    return differs;
}

}  // namespace debrief::bot
