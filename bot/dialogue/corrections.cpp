#include "bot/dialogue/corrections.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "bot/dialogue/confirming.hpp"
#include "bot/dialogue/engine.hpp"
#include "bot/dialogue/listening.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

using core::Uuid;
using nlohmann::json;

class Collector {
public:
    Collector(const Playbook& book, const Conversation& conversation, const World& world)
        : book_(book), conversation_(conversation), world_(world), state_(state_of(book, conversation)) {
        for (const Message& message : conversation.messages) {
            if (message.step) look_at(*message.step);
        }
        for (const Proposal& p : conversation.proposals) {
            if (p.item.source.message) final_[p.item.id] = &p;
        }
    }

    std::vector<std::string> notes() {
        std::vector<std::string> out;
        const Ask* open = nullptr;
        std::string question;
        for (const Message& message : conversation_.messages) {
            if (message.ask) {
                open = &*message.ask;
                question = message.text;
            }
            const bool counts = std::find(state_.lines.begin(), state_.lines.end(), message.id) != state_.lines.end();
            if (message.author == AuthorKind::user && counts && touched_.contains(message.id) && !message.redacted)
                out.push_back(note(message, open, question));
        }
        return out;
    }

private:
    void look_at(const Step& step) {
        const bool by_hand = step.did == "corrected" || step.did == "dropped";
        for (const Proposal& before : step.before) {
            if (!before.item.source.message) continue;
            // The clause as it was read first, whatever it was made into later.
            first_.emplace(before.item.id, before);
            if (by_hand) touched_.insert(*before.item.source.message);
        }
        if (step.did == "dont_know") not_known_.insert(step.line.value_or(Uuid{}));
        if (step.did == "probed") vague_.insert(step.line.value_or(Uuid{}));
        if (step.did == "filed") {
            for (const Proposal& p : conversation_.proposals) {
                const bool filed = std::any_of(step.items.begin(), step.items.end(), [&](const Uuid& id) {
                    return confirmed_id(id, conversation_.account.id) == p.item.id;
                });
                if (filed && p.item.source.message) touched_.insert(*p.item.source.message);
            }
        }
    }

    [[nodiscard]] std::string note(const Message& message, const Ask* open, const std::string& question) const {
        json sentences = json::array(), focus = json::array(), facts = json::array(), people = json::array(),
             dates = json::array();
        for (const FocusOfText& one : message.focus) {
            sentences.push_back(one.text);
            focus.push_back(core::name_of(one.focus));
        }
        const auto add = [&](const core::Item& item, const std::string& clause) {
            if (message.text.find(clause) == std::string::npos || clause.empty()) return;
            facts.push_back({{"dimension", core::name_of(item.dimension)},
                             {"span", clause},
                             {"person", item.person ? json(item.person->name) : json(nullptr)}});
            for (const core::DateSaid& date : item.dates) {
                if (message.text.find(date.text) != std::string::npos)
                    dates.push_back({{"text", date.text}, {"value", date.value}});
            }
        };
        std::set<Uuid> taken;
        for (const auto& [id, before] : first_) {
            if (before.item.source.message != message.id) continue;
            const auto now = final_.find(confirmed_id(id, conversation_.account.id));
            if (now == final_.end()) continue;
            taken.insert(now->first);
            add(now->second->item, before.item.source.quote);
        }
        for (const auto& [id, p] : final_) {
            if (p->item.source.message == message.id && !taken.contains(id)) add(p->item, p->item.source.quote);
        }
        for (const PersonNamed& person : state_.people) {
            const bool here = std::any_of(facts.begin(), facts.end(),
                                          [&](const json& fact) { return fact["person"] == person.name; });
            if (!here) continue;
            people.push_back({{"name", person.name},
                              {"role", person.known || person.role.empty() ? json(nullptr) : json(person.role)},
                              {"stance", core::name_of(person.stance)}});
        }
        const std::string topic = open == nullptr ? "open" : topic_asked(book_, *open);
        const NoteContext context = note_context(conversation_, world_, {}, topic, question);
        json contacts = json::array();
        for (const KnownPerson& known : context.contacts)
            contacts.push_back({{"name", known.name}, {"role", known.role.empty() ? json(nullptr) : json(known.role)}});
        const bool dont_know = not_known_.contains(message.id);
        const json record{{"id", message.id.text()},
                          {"text", message.text},
                          {"sentences", std::move(sentences)},
                          {"context",
                           {{"account", context.account},
                            {"rep", context.rep},
                            {"contacts", std::move(contacts)},
                            {"meeting_date", core::civil_text(std::chrono::sys_days{context.meeting_date})},
                            {"question_id", context.question_id},
                            {"question", context.question}}},
                          {"labels",
                           {{"focus", std::move(focus)},
                            {"facts", std::move(facts)},
                            {"people", std::move(people)},
                            {"dates", std::move(dates)},
                            {"vague", !dont_know && vague_.contains(message.id)},
                            {"dont_know", dont_know}}}};
        return record.dump(-1, ' ', false, json::error_handler_t::replace);
    }

    const Playbook& book_;
    const Conversation& conversation_;
    const World& world_;
    const State state_;
    std::map<Uuid, Proposal> first_;         ///< By the proposal's id.
    std::map<Uuid, const Proposal*> final_;  ///< What was confirmed, by its own id.
    std::set<Uuid> touched_, not_known_, vague_;
};

}  // namespace

std::vector<std::string> corrected_notes(const Playbook& playbook, const Conversation& conversation,
                                         const World& world) {
    if (state_of(playbook, conversation).phase != Phase::done) return {};
    return Collector{playbook, conversation, world}.notes();
}

}  // namespace debrief::bot
