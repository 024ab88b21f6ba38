// How opportunities ended, in the customer's terms: read in one go, counted by whoever asks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "core/store/store.hpp"
#include "core/uuid.hpp"

namespace debrief::core {

struct Ending {
    Uuid id;
    std::optional<Uuid> account, owner;
    std::string product;
    std::string outcome;               ///< As in the catalogue; `open` where nothing is said.
    std::string inferred;              ///< What an import concluded, and nobody has said. Empty: nothing.
    std::string engaged_on, ended_on;  ///< Civil dates, or empty.
};
/// Every opportunity that this store shows, in no particular order. Errors: those of Store::list.
Result<std::vector<Ending>> load_endings(Store& store);

}  // namespace debrief::core
