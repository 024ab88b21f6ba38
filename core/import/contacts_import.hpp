// A list of contacts as CRMs and address books export it: one row a person, with the name of their account.
#pragma once

#include "core/import/import.hpp"

namespace debrief::core::intake {

/// Columns, whatever their order: a name (`name`, or `first name` and `last name`) and an account (`account`, `company`
/// …); role, e-mail, phone and an id where there are any. An account that is not here, or whose name fits several,
/// refuses the row. Errors: as import_files.
Result<ImportReport> import_contacts(Store& store, const ImportFiles& files, const ImportOptions& options);

}  // namespace debrief::core::intake
