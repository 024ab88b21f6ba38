#include "core/import/import.hpp"

#include "core/import/contacts_import.hpp"
#include "core/import/crm_import.hpp"
#include "core/import/ics_import.hpp"

namespace debrief::core {
namespace {

using Importer = Result<ImportReport> (*)(Store&, const ImportFiles&, const ImportOptions&);
struct Format {
    std::string_view name;
    Importer import;
};
constexpr Format formats[]{
    {"crm-csv", intake::import_crm},
    {"contacts-csv", intake::import_contacts},
    {"ics", intake::import_ics},
};

}  // namespace

const std::vector<std::string_view>& import_formats() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> list;
        for (const Format& format : formats) list.push_back(format.name);
        return list;
    }();
    return names;
}

Result<ImportReport> import_files(Store& store, std::string_view format, const ImportFiles& files,
                                  const ImportOptions& options) {
    for (const Format& known : formats) {
        if (known.name == format) return known.import(store, files, options);
    }
    std::string list;
    for (const Format& known : formats) list += (list.empty() ? "" : ", ") + std::string{known.name};
    return Error{Errc::invalid, "There is no import format called \"" + std::string{format} + "\".", "format",
                 "Formats: " + list + "."};
}

}  // namespace debrief::core
