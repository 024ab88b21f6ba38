// Agents and managers of a CRM export as users and teams: a team for each manager, below a team for each office.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/import/crm_data.hpp"
#include "core/import/writer.hpp"

namespace debrief::core::intake {

struct CrmPeople {
    std::vector<std::optional<Uuid>> agents;  ///< One an agent of the data; nothing for somebody unknown here.
    std::vector<WriterRow> rows;   ///< Users, teams, memberships to be written. Empty where the directory is closed.
    std::vector<Uuid> left_teams;  ///< Memberships of earlier imports in a team that the agent has left.
};

/// Finds the people of the export in the store: by what an earlier import called them, else by a name that only one
/// user has, else as the user of this device. Where `directory` is true, those not found get ids and rows. Errors: as
/// Store::list.
Result<CrmPeople> plan_people(Store& store, const CrmData& data, bool directory, Pulse& pulse);

}  // namespace debrief::core::intake
