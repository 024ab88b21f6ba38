// The sentences that tell what was odd in a CRM export and what was done about it.
#pragma once

#include "core/import/crm_people.hpp"
#include "core/import/crm_rules.hpp"

namespace debrief::core::intake {

/// Notes what only shows in all rows together, and explains every kind. `kept_here`: fields where what was entered here
/// stood.
void explain_crm(const CrmData& data, const CrmRules& rules, const CrmPeople& people, std::size_t kept_here,
                 Findings& findings);

}  // namespace debrief::core::intake
