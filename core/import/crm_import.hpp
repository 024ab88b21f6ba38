// Brings a CRM export into a store: people and teams, accounts and who serves them, opportunities.
#pragma once

#include "core/import/import.hpp"

namespace debrief::core::intake {

/// What `source` says on records of this importer. The files carry bare numbers, so what they count is our assumption,
/// marked here.
inline constexpr std::string_view crm_source = "crm-csv (currency and units assumed)";

/// Errors: as import_files.
Result<ImportReport> import_crm(Store& store, const ImportFiles& files, const ImportOptions& options);

}  // namespace debrief::core::intake
