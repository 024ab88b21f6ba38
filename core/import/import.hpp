// Files in: a CRM's export, a calendar, a list of contacts. Rows that cannot be read are named with line and reason,
// the others go in; what looks odd is reported with what was done about it; running the same file again changes
// nothing.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::core {

/// Something odd in the input, reported once with what was done about it.
struct ImportAnomaly {
    std::string kind;  ///< Stable, for programs: `no_account`, `misspelt_product` …
    std::size_t count = 0;
    std::string done;                ///< One sentence for people: what it is and what was done.
    std::string file;                ///< Where the lines are.
    std::vector<std::size_t> lines;  ///< Ascending; the first line of a file is 1. At most as many as `count`.
};

/// A row that did not go in.
struct RejectedRow {
    std::string file;
    std::size_t line = 0;
    std::string reason;
};

struct ImportCounts {
    std::size_t created = 0;
    std::size_t changed = 0;
    std::size_t unchanged = 0;
};

struct ImportReport {
    ImportCounts records;                        ///< All tables together.
    std::map<std::string, ImportCounts> tables;  ///< The same for each table.
    std::vector<ImportAnomaly> anomalies;        ///< In the order of the importer's rules.
    std::vector<RejectedRow>
        rejected;  ///< By file and line; at most `rejected_max`, the rest counted as anomaly `more_rejected`.

    static constexpr std::size_t rejected_max = 1000;
};

struct ImportOptions {
    bool dry_run = false;  ///< Reports what would be done; writes nothing.
    /// The file is the whole of its source: duties that an earlier import gave and that it does not support are taken
    /// away. Else they are only reported.
    bool remove_missing = false;
    std::chrono::sys_days today{};       ///< The user's civil day.
    std::chrono::minutes utc_offset{0};  ///< Of the user's clock: for times in a calendar that name no zone.
    /// Whether users, teams and duties may be written here: on a server, or a device without one. Else people are
    /// matched by name, and a row that needs somebody unknown is refused.
    bool directory = true;
    /// Records, every few hundred, whether they are written or are here already. Not called while files are read.
    std::function<void(std::size_t done, std::size_t total)> progress = {};
    /// Asked every few hundred rows that are read or written; true ends the import with `cancelled`.
    std::function<bool()> stop = {};
};

/// Name of each file → its text. A single text may have any name.
using ImportFiles = std::map<std::string, std::string>;

/// The formats that `import_files` reads: `crm-csv`, `contacts-csv`, `ics`.
const std::vector<std::string_view>& import_formats();

/// Imports files of one format. Written in transactions of a few hundred records, so that a killed import leaves a
/// consistent store, and running it again finishes the work. Errors: `invalid` for an unknown format or files that are
/// not of it (nothing is written then); `cancelled`; as Store::write.
Result<ImportReport> import_files(Store& store, std::string_view format, const ImportFiles& files,
                                  const ImportOptions& options);

}  // namespace debrief::core
