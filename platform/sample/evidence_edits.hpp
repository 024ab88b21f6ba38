// The invented evidence as records.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "core/store/store.hpp"
#include "platform/sample/evidence.hpp"

namespace debrief::platform {

struct EvidenceContext {
    core::Uuid account;
    std::optional<core::Uuid> rep;
    std::chrono::sys_days today;
    core::Instant now{};
    std::size_t place = 0;  ///< Of the account among the sample's: the meetings of today follow one another.
};

struct EvidenceRecords {
    std::vector<core::Put> puts;
    core::Uuid waiting, next;
};

/// Every record with an id that is the same whenever it is made for this account. All marked `invented`.
EvidenceRecords evidence_records(const AccountEvidence& evidence, const EvidenceContext& context);

}  // namespace debrief::platform
