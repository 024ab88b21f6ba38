#include "core/import/crm_people.hpp"

#include <set>
#include <utility>

namespace debrief::core::intake {
namespace {

std::string person_key(const std::string& name) {
    return "crm-csv:" + name;
}
std::string office_key(const std::string& office) {
    return "crm-csv:office:" + office;
}
std::string team_key(const std::string& manager) {
    return "crm-csv:team:" + manager;
}

class Planner {
public:
    Planner(Store& store, const CrmData& data, bool directory, Pulse& pulse)
        : store_{store}, data_{data}, directory_{directory}, pulse_{pulse} {}

    Result<CrmPeople> plan() {
        auto users = known_records(store_, "user", pulse_);
        if (!users) return users.error();
        users_ = std::move(*users);
        auto teams = known_records(store_, "team", pulse_);
        if (!teams) return teams.error();
        teams_ = std::move(*teams);

        std::map<std::string, const CrmAgent*> managers;  // By name; the agent whose line names them first.
        for (const CrmAgent& agent : data_.agents) {
            if (!agent.manager.empty()) managers.emplace(agent.manager, &agent);
        }
        // Managers come first: who manages and sells is a manager.
        for (const auto& [name, agent] : managers) people_[name] = user(name, "manager", agent->line);
        for (const CrmAgent& agent : data_.agents) {
            if (!people_.contains(agent.name)) people_[agent.name] = user(agent.name, "rep", agent.line);
            plan_.agents.push_back(people_[agent.name]);
        }
        if (directory_) {
            plan_teams(managers);
            DEBRIEF_TRY(plan_members());
        }
        return std::move(plan_);
    }

private:
    std::optional<Uuid> user(const std::string& name, const std::string& role, std::size_t line) {
        const std::string key = person_key(name);
        auto id = users_.find(key, name);
        const bool exists = id.has_value();
        const Identity& self = store_.identity();
        if (!id && self.user_name == name && !self.user.is_nil()) id = self.user;
        if (!directory_) return id;
        // Who was taken out of the directory stays out of it.
        if (!id && users_.is_deleted(key)) return std::nullopt;
        const bool adopted = exists && !users_.by_key.contains(key);
        if (!id) id = store_.new_id();
        // Somebody whom an administrator has entered keeps the role given there.
        add({"user", *id, {{"name", name}, {"role", role}, {"active", true}, {"external_key", key}}, {}}, exists,
            adopted ? Wins::here : Wins::news, line);
        return id;
    }

    void plan_teams(const std::map<std::string, const CrmAgent*>& managers) {
        std::map<std::string, Uuid> offices;
        for (const auto& [name, agent] : managers) {
            if (agent->office.empty() || offices.contains(agent->office)) continue;
            const auto [id, exists] = team_id(office_key(agent->office), agent->office);
            offices.emplace(agent->office, id);
            add({"team", id, {{"name", agent->office}, {"external_key", office_key(agent->office)}}, {}}, exists,
                Wins::news, agent->line);
        }
        for (const auto& [name, agent] : managers) {
            const std::string title = name + "'s team";
            const auto [id, exists] = team_id(team_key(name), title);
            team_of_manager_.emplace(name, id);
            FieldMap fields{{"name", title}, {"external_key", team_key(name)}};
            if (people_[name]) fields.emplace("manager", *people_[name]);
            if (!agent->office.empty()) fields.emplace("parent", offices.at(agent->office));
            add({"team", id, std::move(fields), {}}, exists, Wins::news, agent->line);
        }
    }

    Status plan_members() {
        std::map<Uuid, Uuid> team_by_user;  // What the file says.
        std::set<Uuid> ours;                // Teams that this importer made.
        for (const auto& [name, id] : team_of_manager_) ours.insert(id);
        for (const auto& [key, id] : teams_.by_key) {
            if (key.starts_with(team_key({}))) ours.insert(id);
        }
        for (std::size_t i = 0; i < data_.agents.size(); ++i) {
            const CrmAgent& agent = data_.agents[i];
            if (!agent.manager.empty() && plan_.agents[i])
                team_by_user.emplace(*plan_.agents[i], team_of_manager_.at(agent.manager));
        }
        std::set<Uuid> placed;
        Query query{.table = "member", .where = {}, .order = "id", .limit = 1000, .after = {}};
        do {
            auto page = store_.list(query);
            if (!page) return page.error();
            for (const Record& record : page->records) {
                const auto team = record.ref("team");
                const auto member = record.ref("user");
                if (!team || !member) continue;
                const auto wanted = team_by_user.find(*member);
                if (wanted == team_by_user.end()) continue;
                if (wanted->second == *team) {
                    placed.insert(*member);
                    add({"member", record.id, {{"team", *team}, {"user", *member}}, {}}, true, Wins::here, 0);
                } else if (ours.contains(*team)) {
                    plan_.left_teams.push_back(record.id);
                }
            }
            query.after = page->next;
        } while (!query.after.empty());
        for (std::size_t i = 0; i < data_.agents.size(); ++i) {
            if (!plan_.agents[i]) continue;
            const auto wanted = team_by_user.find(*plan_.agents[i]);
            if (wanted == team_by_user.end() || !placed.insert(wanted->first).second) continue;
            add({"member", store_.new_id(), {{"team", wanted->second}, {"user", wanted->first}}, {}}, false, Wins::news,
                data_.agents[i].line);
        }
        return Ok{};
    }

    std::pair<Uuid, bool> team_id(const std::string& key, const std::string& name) {
        if (const auto id = teams_.find(key, name)) return {*id, true};
        return {store_.new_id(), false};
    }

    void add(Put put, bool exists, Wins wins, std::size_t line) {
        plan_.rows.push_back({std::move(put), exists, wins, data_.teams_file, line});
    }

    Store& store_;
    const CrmData& data_;
    bool directory_;
    Pulse& pulse_;
    Known users_, teams_;
    std::map<std::string, std::optional<Uuid>> people_;
    std::map<std::string, Uuid> team_of_manager_;
    CrmPeople plan_;
};

}  // namespace

Result<CrmPeople> plan_people(Store& store, const CrmData& data, bool directory, Pulse& pulse) {
    return Planner{store, data, directory, pulse}.plan();
}

}  // namespace debrief::core::intake
