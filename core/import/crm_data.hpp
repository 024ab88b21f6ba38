// The CRM export as it stands in its files: accounts, agents with their managers, products, opportunities. Only
// spelling is put right here.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/import/findings.hpp"
#include "core/import/pulse.hpp"

namespace debrief::core::intake {

struct CrmAccount {
    std::string name;
    std::string sector;
    std::string country;
    std::string founded;                  ///< A year, or empty.
    std::optional<std::int64_t> revenue;  ///< Minor units.
    std::optional<std::int64_t> employees;
    std::string parent;    ///< Name of the account that it is a subsidiary of, or empty.
    std::size_t line = 0;  ///< 0: only named in the pipeline.
};
struct CrmAgent {
    std::string name;
    std::string manager;  ///< Empty where no file says so.
    std::string office;
    std::size_t line = 0;
};
enum class CrmStage { prospecting, engaging, won, lost };
struct CrmOpportunity {
    std::string id;
    std::size_t agent = 0;               ///< Index into `agents`.
    std::optional<std::size_t> account;  ///< Index into `accounts`.
    std::size_t product = 0;             ///< Index into `products`.
    CrmStage stage = CrmStage::prospecting;
    std::optional<std::chrono::sys_days> engaged, closed;
    std::optional<std::int64_t> amount;  ///< Minor units.
    std::size_t line = 0;

    [[nodiscard]] bool is_open() const { return stage == CrmStage::prospecting || stage == CrmStage::engaging; }
};
struct CrmData {
    std::vector<CrmAccount> accounts;
    std::vector<CrmAgent> agents;
    std::vector<std::string> products;
    std::vector<CrmOpportunity> opportunities;  ///< In the order of the file.
    std::string accounts_file, teams_file, pipeline_file;
};

/// Reads the files, told apart by their columns, not their names. Oddities and refused rows go to `findings`.
/// Errors: `invalid` if no file has the columns of a CRM export, or two have the same ones; `cancelled`.
Result<CrmData> read_crm(const ImportFiles& files, Findings& findings, Pulse* pulse = nullptr);

}  // namespace debrief::core::intake
