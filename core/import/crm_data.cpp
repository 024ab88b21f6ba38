#include "core/import/crm_data.hpp"

#include <array>
#include <map>
#include <memory>
#include <utility>

#include "core/import/crm_spelling.hpp"
#include "core/import/sheet.hpp"
#include "core/import/text.hpp"

namespace debrief::core::intake {
namespace {

constexpr int cent_places = 2;
constexpr int million_places = 8;  // Millions, counted in cents.

/// Things by name, each with its place in a list that the caller keeps.
using Places = std::map<std::string, std::size_t, std::less<>>;

class Reader {
public:
    void products(Sheet& sheet) {
        const auto name = sheet.column({"product"});
        while (sheet.next()) {
            std::string product = sheet.cell(name);
            if (product.empty()) {
                sheet.reject("no product");
            } else if (products_.emplace(product, data_.products.size()).second) {
                listed_products_.push_back(product);
                data_.products.push_back(std::move(product));
            }
        }
    }

    void teams(Sheet& sheet) {
        data_.teams_file = sheet.name();
        const auto name = sheet.column({"sales_agent"});
        const auto manager = sheet.column({"manager"});
        const auto office = sheet.column({"regional_office"});
        while (sheet.next()) {
            CrmAgent agent{sheet.cell(name), sheet.cell(manager), sheet.cell(office), sheet.line()};
            if (agent.name.empty()) {
                sheet.reject("no sales_agent");
            } else if (!agents_.emplace(agent.name, data_.agents.size()).second) {
                sheet.reject("sales_agent " + agent.name + " stands in an earlier line too");
            } else {
                data_.agents.push_back(std::move(agent));
            }
        }
    }

    void accounts(Sheet& sheet) {
        data_.accounts_file = sheet.name();
        const auto name = sheet.column({"account"});
        const auto sector = sheet.column({"sector"});
        const auto founded = sheet.column({"year_established"});
        const auto revenue = sheet.column({"revenue"});
        const auto employees = sheet.column({"employees"});
        const auto country = sheet.column({"office_location"});
        const auto parent = sheet.column({"subsidiary_of"});
        while (sheet.next()) {
            CrmAccount account;
            account.name = sheet.cell(name);
            account.sector = sheet.cell(sector);
            account.country = sheet.cell(country);
            account.founded = sheet.cell(founded);
            account.parent = sheet.cell(parent);
            account.line = sheet.line();
            const std::string revenue_text = sheet.cell(revenue);
            const std::string employees_text = sheet.cell(employees);
            account.revenue = parse_decimal(revenue_text, million_places);
            account.employees = parse_whole(employees_text);
            if (account.name.empty()) {
                sheet.reject("no account name");
            } else if (!revenue_text.empty() && !account.revenue) {
                sheet.reject("revenue '" + revenue_text + "' is no number");
            } else if (!employees_text.empty() && !account.employees) {
                sheet.reject("employees '" + employees_text + "' is no whole number");
            } else if (!account.founded.empty() && (account.founded.size() != 4 || !parse_whole(account.founded))) {
                sheet.reject("year_established '" + account.founded + "' is no year");
            } else if (!accounts_.emplace(account.name, data_.accounts.size()).second) {
                sheet.reject("account " + account.name + " stands in an earlier line too");
            } else {
                if (const auto right = respelt_sector(account.sector)) {
                    sheet.note("misspelt_sector");
                    account.sector = *right;
                }
                if (const auto right = respelt_country(account.country)) {
                    sheet.note("misspelt_country");
                    account.country = *right;
                }
                data_.accounts.push_back(std::move(account));
            }
        }
    }

    void pipeline(Sheet& sheet) {
        data_.pipeline_file = sheet.name();
        const auto id = sheet.column({"opportunity_id"});
        const auto agent = sheet.column({"sales_agent"});
        const auto product = sheet.column({"product"});
        const auto account = sheet.column({"account"});
        const auto stage = sheet.column({"deal_stage"});
        const auto engaged = sheet.column({"engage_date"});
        const auto closed = sheet.column({"close_date"});
        const auto value = sheet.column({"close_value"});
        Places ids;
        while (sheet.next()) {
            CrmOpportunity row;
            row.line = sheet.line();
            row.id = sheet.cell(id);
            const std::string agent_name = sheet.cell(agent);
            if (row.id.empty()) {
                sheet.reject("no opportunity_id");
            } else if (agent_name.empty()) {
                sheet.reject("no sales_agent");
            } else if (const std::string reason = read_terms(row, sheet.cell(stage), sheet.cell(engaged),
                                                             sheet.cell(closed), sheet.cell(value));
                       !reason.empty()) {
                sheet.reject(reason);
            } else if (const auto [first, is_new] = ids.emplace(row.id, row.line); !is_new) {
                sheet.reject("opportunity_id " + row.id + " stands in line " + std::to_string(first->second) + " too");
            } else {
                row.agent = agent_at(agent_name);
                row.account = account_at(sheet.cell(account), sheet);
                row.product = product_at(sheet.cell(product), sheet);
                data_.opportunities.push_back(std::move(row));
            }
        }
    }

    CrmData take() { return std::move(data_); }

private:
    /// Stage, dates and value of a row. Returns what is wrong with them, or nothing.
    static std::string read_terms(CrmOpportunity& row, const std::string& stage, const std::string& engaged,
                                  const std::string& closed, const std::string& value) {
        if (stage == "Prospecting") {
            row.stage = CrmStage::prospecting;
        } else if (stage == "Engaging") {
            row.stage = CrmStage::engaging;
        } else if (stage == "Won") {
            row.stage = CrmStage::won;
        } else if (stage == "Lost") {
            row.stage = CrmStage::lost;
        } else {
            return "deal_stage '" + stage + "' is none of Prospecting, Engaging, Won, Lost";
        }
        row.engaged = parse_sheet_day(engaged);
        if (!engaged.empty() && !row.engaged) return "engage_date '" + engaged + "' is no day written M/D/YYYY";
        row.closed = parse_sheet_day(closed);
        if (!closed.empty() && !row.closed) return "close_date '" + closed + "' is no day written M/D/YYYY";
        if (row.engaged && row.closed && *row.closed < *row.engaged) return "close_date lies before engage_date";
        row.amount = parse_decimal(value, cent_places);
        if (!value.empty() && !row.amount) return "close_value '" + value + "' is no amount";
        return {};
    }

    std::size_t agent_at(const std::string& name) {
        const auto [place, is_new] = agents_.emplace(name, data_.agents.size());
        if (is_new) data_.agents.push_back({name, {}, {}, 0});
        return place->second;
    }

    std::optional<std::size_t> account_at(const std::string& name, Sheet& sheet) {
        if (name.empty()) {
            sheet.note("no_account");
            return std::nullopt;
        }
        const auto [place, is_new] = accounts_.emplace(name, data_.accounts.size());
        if (is_new) {
            sheet.note("account_not_listed");
            CrmAccount account;
            account.name = name;
            data_.accounts.push_back(std::move(account));
        }
        return place->second;
    }

    std::size_t product_at(std::string name, Sheet& sheet) {
        if (auto right = respelt_product(name, listed_products_)) {
            sheet.note("misspelt_product");
            name = std::move(*right);
        } else if (!listed_products_.empty() && !products_.contains(name)) {
            sheet.note("product_not_listed");
        }
        const auto [place, is_new] = products_.emplace(name, data_.products.size());
        if (is_new) data_.products.push_back(std::move(name));
        return place->second;
    }

    CrmData data_;
    Places accounts_, agents_, products_;
    std::vector<std::string> listed_products_;
};

enum class Kind { products, teams, accounts, pipeline };
constexpr std::array kinds{Kind::products, Kind::teams, Kind::accounts,
                           Kind::pipeline};  // Each needs only those before it.

std::optional<Kind> kind_of(const Sheet& sheet) {
    if (sheet.has_all({"opportunity_id", "sales_agent", "deal_stage", "account"})) return Kind::pipeline;
    if (sheet.has_all({"sales_agent", "manager"})) return Kind::teams;
    if (sheet.has_all({"account", "sector"})) return Kind::accounts;
    if (sheet.has_all({"product", "sales_price"})) return Kind::products;
    return std::nullopt;
}

}  // namespace

Result<CrmData> read_crm(const ImportFiles& files, Findings& findings, Pulse* pulse) {
    std::map<Kind, std::unique_ptr<Sheet>> sheets;
    for (const auto& [name, text] : files) {
        auto sheet = std::make_unique<Sheet>(name, text, findings, pulse);
        DEBRIEF_TRY(sheet->open());
        const auto kind = kind_of(*sheet);
        if (!kind) {
            sheet->note("file_not_used");
            continue;
        }
        if (const auto found = sheets.find(*kind); found != sheets.end()) {
            return Error{Errc::invalid, found->second->name() + " and " + name + " have the same columns.", name,
                         "Import a folder with one export in it."};
        }
        sheets.emplace(*kind, std::move(sheet));
    }
    if (sheets.empty()) {
        return Error{Errc::invalid, "No file here has the columns of a CRM export.",
                     files.empty() ? "" : files.begin()->first,
                     "Expected are accounts (account, sector …), teams (sales_agent, manager …) or a pipeline "
                     "(opportunity_id, sales_agent, account, deal_stage …)."};
    }
    Reader reader;
    for (const Kind kind : kinds) {
        const auto found = sheets.find(kind);
        if (found == sheets.end()) continue;
        switch (kind) {
            case Kind::products:
                reader.products(*found->second);
                break;
            case Kind::teams:
                reader.teams(*found->second);
                break;
            case Kind::accounts:
                reader.accounts(*found->second);
                break;
            case Kind::pipeline:
                reader.pipeline(*found->second);
                break;
        }
        if (pulse != nullptr) DEBRIEF_TRY(pulse->status());
    }
    return reader.take();
}

}  // namespace debrief::core::intake
