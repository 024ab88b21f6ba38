#include "core/import/crm_import.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"
#include "core/import/crm_explain.hpp"
#include "core/import/crm_people.hpp"
#include "core/import/crm_rules.hpp"
#include "core/import/text.hpp"
#include "core/import/writer.hpp"

namespace debrief::core::intake {
namespace {

constexpr std::string_view assumed_currency = "USD";

std::string_view outcome_of(CrmStage stage) {
    switch (stage) {
        case CrmStage::won:
            return "bought";
        case CrmStage::lost:
            return "not_bought";  // Why, the file does not say.
        case CrmStage::prospecting:
        case CrmStage::engaging:
            break;
    }
    return "open";
}

Value text_or_null(std::string text) {
    return text.empty() ? Value{Null{}} : Value{std::move(text)};
}

class CrmImport {
public:
    CrmImport(Store& store, const ImportOptions& options) : store_{store}, options_{options}, pulse_{options} {}

    Result<ImportReport> run(const ImportFiles& files) {
        auto data = read_crm(files, findings_, &pulse_);
        if (!data) return data.error();
        data_ = std::move(*data);
        rules_ = apply_rules(data_);
        auto people = plan_people(store_, data_, options_.directory, pulse_);
        if (!people) return people.error();
        people_ = std::move(*people);
        DEBRIEF_TRY(find_known());

        std::size_t total = people_.rows.size() + data_.accounts.size() + data_.opportunities.size();
        if (options_.directory) {
            for (const CrmDuty& duty : rules_.duties) total += duty.others.size() + (duty.owner ? 1 : 0);
        }
        Writer writer{store_, options_, pulse_, report_, total};
        for (WriterRow& row : people_.rows) DEBRIEF_TRY(writer.put(std::move(row)));
        for (const Uuid& member : people_.left_teams) DEBRIEF_TRY(writer.remove("member", member));
        DEBRIEF_TRY(put_accounts(writer));
        if (options_.directory) DEBRIEF_TRY(put_duties(writer));
        DEBRIEF_TRY(put_opportunities(writer));
        DEBRIEF_TRY(writer.finish());

        for (RejectedRow& row : writer.refused()) findings_.reject(row.file, row.line, std::move(row.reason));
        explain_crm(data_, rules_, people_, writer.kept_here(), findings_);
        findings_.report_to(report_);
        return std::move(report_);
    }

private:
    Status find_known() {
        auto accounts = known_records(store_, "account", pulse_);
        if (!accounts) return accounts.error();
        auto opportunities = known_records(store_, "opportunity", pulse_);
        if (!opportunities) return opportunities.error();
        opportunities_ = std::move(*opportunities);
        for (const CrmAccount& account : data_.accounts) {
            const auto found = accounts->find(account.name, account.name);
            account_exists_.push_back(found.has_value());
            account_deleted_.push_back(!found && accounts->is_deleted(account.name));
            account_adopted_.push_back(found && !accounts->by_key.contains(account.name));
            account_ids_.push_back(found                     ? *found
                                   : account_deleted_.back() ? accounts->deleted.at(account.name).front()
                                                             : store_.new_id());
            account_places_.emplace(account.name, account_ids_.size() - 1);
        }
        return Ok{};
    }

    [[nodiscard]] std::optional<Uuid> agent(std::optional<std::size_t> index) const {
        return index ? people_.agents[*index] : std::nullopt;
    }

    Status put_accounts(Writer& writer) {
        for (std::size_t i = 0; i < data_.accounts.size(); ++i) {
            const CrmAccount& account = data_.accounts[i];
            const auto& file = account.line != 0 ? data_.accounts_file : data_.pipeline_file;
            if (account_deleted_[i]) {
                findings_.note("deleted_here", file, account.line);
                continue;
            }
            FieldMap fields{
                {"name", account.name}, {"source", std::string{crm_source}}, {"external_key", account.name}};
            // Only what the file says: an account that the pipeline alone names has no more than that.
            if (account.line != 0) {
                fields.emplace("industry", text_or_null(account.sector));
                fields.emplace("country", text_or_null(account.country));
                fields.emplace("founded", text_or_null(account.founded));
                fields.emplace("employees", account.employees ? Value{*account.employees} : Value{Null{}});
                fields.emplace("revenue", account.revenue ? Value{*account.revenue} : Value{Null{}});
                fields.emplace("currency", account.revenue ? Value{std::string{assumed_currency}} : Value{Null{}});
                const auto parent = account_places_.find(account.parent);
                if (parent != account_places_.end()) {
                    fields.emplace("parent", account_ids_[parent->second]);
                } else if (!account.parent.empty()) {
                    findings_.note("parent_not_listed", data_.accounts_file, account.line);
                }
            }
            if (const auto owner = agent(rules_.duties[i].owner)) fields.emplace("owner", *owner);
            DEBRIEF_TRY(writer.put({{"account", account_ids_[i], std::move(fields), {}},
                                    account_exists_[i],
                                    account_adopted_[i] ? Wins::here : Wins::news,
                                    file,
                                    account.line}));
        }
        return Ok{};
    }

    /// Who serves which account, beside what administrators have decided: a duty that was taken away here is not given
    /// again.
    Status put_duties(Writer& writer) {
        std::map<std::pair<Uuid, Uuid>, Uuid> standing;  // Account, user → assignment.
        Query query{.table = "assignment", .where = {}, .order = "id", .limit = 1000, .after = {}};
        do {
            auto page = store_.list(query);
            if (!page) return page.error();
            for (const Record& record : page->records) {
                const auto account = record.ref("account");
                const auto user = record.ref("user");
                if (account && user) standing.emplace(std::pair{*account, *user}, record.id);
            }
            query.after = page->next;
        } while (!query.after.empty());

        std::map<Uuid, std::size_t> places;
        for (std::size_t i = 0; i < account_ids_.size(); ++i) places.emplace(account_ids_[i], i);
        std::set<std::pair<Uuid, Uuid>> wanted;
        for (std::size_t i = 0; i < data_.accounts.size(); ++i) {
            if (account_deleted_[i]) continue;
            const CrmDuty& duty = rules_.duties[i];
            std::vector<std::size_t> serving = duty.others;
            if (duty.owner) serving.insert(serving.begin(), *duty.owner);
            for (const std::size_t index : serving) {
                const auto user = agent(index);
                if (!user || !wanted.insert({account_ids_[i], *user}).second) continue;
                DEBRIEF_TRY(put_duty(writer, i, *user, index == duty.owner, standing));
            }
        }
        // An owner of before who is none any more, and duties that nothing in this file supports: unless we are told
        // that it is the whole CRM it may be a part of it, so nobody loses an account through it.
        for (const auto& [key, id] : standing) {
            const auto place = places.find(key.first);
            const bool ours = id == duty_id(key.first, key.second);
            if ((place == places.end() && !ours) || wanted.contains(key)) continue;
            if (options_.remove_missing && ours) {
                findings_.note("duty_removed", data_.pipeline_file, 0);
                DEBRIEF_TRY(writer.remove("assignment", id));
                continue;
            }
            findings_.note("duty_not_in_file", data_.pipeline_file, 0);
            if (place == places.end()) continue;
            if (!rules_.duties[place->second].owner) continue;
            const auto record = store_.get("assignment", id);
            if (!record) return record.error();
            if (!*record || !(*record)->flag("owner")) continue;
            DEBRIEF_TRY(
                writer.put({{"assignment", id, {{"owner", false}}, {}}, true, Wins::news, data_.pipeline_file, 0}));
        }
        return Ok{};
    }

    /// The same on every run, so that a duty which was taken away is recognised, and one that an import gave.
    static Uuid duty_id(const Uuid& account, const Uuid& user) {
        return derive_uuid("crm-csv/assignment", account.text() + "/" + user.text());
    }

    Status put_duty(Writer& writer, std::size_t place, const Uuid& user, bool owner,
                    const std::map<std::pair<Uuid, Uuid>, Uuid>& standing) {
        const Uuid& account = account_ids_[place];
        const auto found = standing.find({account, user});
        const Uuid id = found != standing.end() ? found->second : duty_id(account, user);
        if (found == standing.end()) {
            const auto gone = store_.locate(id);
            if (!gone) return gone.error();
            if (*gone) {
                findings_.note("duty_taken_away_here", data_.accounts_file, data_.accounts[place].line);
                return Ok{};
            }
        }
        return writer.put({{"assignment", id, {{"account", account}, {"user", user}, {"owner", owner}}, {}},
                           found != standing.end(),
                           Wins::news,
                           data_.accounts_file,
                           data_.accounts[place].line});
    }

    Status put_opportunities(Writer& writer) {
        // By home: a transaction makes one changeset for each scope that it touches.
        std::vector<std::size_t> order(data_.opportunities.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto home = [this](std::size_t i) {
            const CrmOpportunity& row = data_.opportunities[i];
            return std::pair{row.account.value_or(data_.accounts.size()), row.account ? 0 : row.agent};
        };
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return home(a) < home(b); });
        for (const std::size_t i : order) DEBRIEF_TRY(put_opportunity(writer, i));
        return Ok{};
    }

    Status put_opportunity(Writer& writer, std::size_t i) {
        const CrmOpportunity& row = data_.opportunities[i];
        if (!opportunities_.by_key.contains(row.id) &&
            (opportunities_.is_deleted(row.id) || (row.account && account_deleted_[*row.account]))) {
            findings_.note("deleted_here", data_.pipeline_file, row.line);
            return Ok{};
        }
        const auto owner = agent(row.agent);
        const std::string& agent_name = data_.agents[row.agent].name;
        if (!row.account && (!owner || (!options_.directory && *owner != store_.identity().user))) {
            findings_.reject(data_.pipeline_file, row.line,
                             "it names no account and belongs to " + agent_name +
                                 ", in whose own scope you cannot write; let " + agent_name +
                                 " or the server import it");
            return Ok{};
        }
        const std::string& product = data_.products[row.product];
        const auto day = [](const auto& date) { return date ? Value{civil_text(*date)} : Value{Null{}}; };
        const bool has_amount = row.amount && *row.amount > 0;  // A lost one stands with 0: that is no amount.
        FieldMap fields{
            {"name", product.empty() ? row.id : product + " " + row.id},
            {"product", text_or_null(product)},
            {"owner", owner ? Value{*owner} : Value{Null{}}},
            {"engaged_on", day(row.engaged)},
            {"ended_on", day(row.closed)},
            {"outcome", std::string{outcome_of(row.stage)}},
            {"outcome_inferred", rules_.undecided[i] ? Value{std::string{"undecided"}} : Value{Null{}}},
            {"amount", has_amount ? Value{*row.amount} : Value{Null{}}},
            {"currency", has_amount ? Value{std::string{assumed_currency}} : Value{Null{}}},
            {"source", std::string{crm_source}},
            {"external_key", row.id},
        };
        std::string scope;
        if (row.account) {
            fields.emplace("account", account_ids_[*row.account]);
            scope = account_scope(account_ids_[*row.account]);
        } else {
            fields.emplace("needs_account", true);
            scope = user_scope(*owner);
        }
        const auto found = opportunities_.by_key.find(row.id);
        const bool exists = found != opportunities_.by_key.end();
        return writer.put(
            {{"opportunity", exists ? found->second : store_.new_id(), std::move(fields), std::move(scope)},
             exists,
             Wins::news,
             data_.pipeline_file,
             row.line});
    }

    Store& store_;
    const ImportOptions& options_;
    Pulse pulse_;
    ImportReport report_;
    Findings findings_;
    CrmData data_;
    CrmRules rules_;
    CrmPeople people_;
    Known opportunities_;
    std::vector<Uuid> account_ids_;
    std::vector<bool> account_exists_, account_adopted_, account_deleted_;
    std::map<std::string, std::size_t> account_places_;
};

}  // namespace

Result<ImportReport> import_crm(Store& store, const ImportFiles& files, const ImportOptions& options) {
    return CrmImport{store, options}.run(files);
}

}  // namespace debrief::core::intake
