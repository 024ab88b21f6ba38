// The sample workspace that the product ships: a public CRM export, and invented evidence for three of its accounts.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/import/import.hpp"
#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::platform {

/// An account with invented evidence.
struct SampleAccount {
    core::Uuid id;
    std::string name;
    core::Uuid meeting;       ///< Ended today; waits for its debrief.
    core::Uuid next_meeting;  ///< Within ten days.
};
struct Sample {
    core::ImportReport report;                     ///< Of the CRM export, with the records of the evidence counted in.
    std::string rep, manager;                      ///< Who has the three accounts; whose rep that is.
    std::optional<core::Uuid> rep_id, manager_id;  ///< Nothing where they are no users here.
    std::vector<SampleAccount> accounts;
};

struct SamplePeople {
    std::string rep, manager;
};
/// Whose names a device of the sample should have, before it is loaded.
SamplePeople sample_people();
/// The files of the CRM export, by name.
core::ImportFiles sample_files();
/// A recorded debrief of the first account: what the rep says to which question. See platform/sample/README.md.
std::string_view sample_debrief_script();

using SampleProgress = std::function<void(std::size_t done, std::size_t total)>;

/// Loads the sample as if the evidence had been gathered in the three months before `today`. Loading it again changes
/// nothing, and finishes what a killed one began. `directory`, `stop`: see core::ImportOptions. Errors: as
/// core::import_files.
core::Result<Sample> load_sample(core::Store& store, std::chrono::sys_days today, const SampleProgress& progress,
                                 bool directory = true, const std::function<bool()>& stop = {});

/// `{rep, manager, account (the first), accounts: [{id, name, meeting, next_meeting}], created, changed, unchanged}`
nlohmann::json sample_json(const Sample& sample);

}  // namespace debrief::platform
