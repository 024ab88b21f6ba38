#include "tests/sim/support/catalogues.hpp"

#include <algorithm>

namespace debrief::sim {
namespace {

struct Made {
    std::vector<core::Field> contact, gift;
    std::vector<core::Table> tables;
    core::Catalogue catalogue;
};

Made make(bool newer) {
    Made made;
    for (const auto& table : core::catalogue().tables) {
        if (newer || table.name != "goal") made.tables.push_back(table);
    }
    const auto contact = std::find_if(made.tables.begin(), made.tables.end(),
                                      [](const core::Table& table) { return table.name == "contact"; });
    for (const auto& field : contact->fields) {
        if (newer || field.name != "external_key") made.contact.push_back(field);
    }
    if (newer) {
        made.contact.push_back({.name = "nickname", .searchable = true});
        made.gift.push_back({.name = "account", .type = core::FieldType::ref, .target = "account", .required = true});
        made.gift.push_back({.name = "name", .required = true, .searchable = true});
        made.tables.push_back({"gift", core::ScopeRule::account, made.gift});
    }
    std::find_if(made.tables.begin(), made.tables.end(), [](const auto& at) { return at.name == "contact"; })->fields =
        made.contact;
    made.catalogue = {core::catalogue().version + (newer ? 1 : 0), made.tables};
    return made;
}

}  // namespace

const core::Catalogue& older_catalogue() {
    static const Made made = make(false);
    return made.catalogue;
}
const core::Catalogue& newer_catalogue() {
    static const Made made = make(true);
    return made.catalogue;
}

}  // namespace debrief::sim
