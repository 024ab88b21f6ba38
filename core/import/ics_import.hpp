// Meetings from a calendar. Only those that are clearly with one account go in; which account is never guessed.
#pragma once

#include "core/import/import.hpp"

namespace debrief::core::intake {

/// Each VEVENT becomes a meeting, known again by its UID. Its account is that of an attendee's e-mail address, else of
/// an attendee's e-mail domain, else the one whose name stands in the summary. A series gives its first meeting. The
/// calendar decides on title and times; who else was there is added to, never taken away. Errors: as import_files.
Result<ImportReport> import_ics(Store& store, const ImportFiles& files, const ImportOptions& options);

}  // namespace debrief::core::intake
