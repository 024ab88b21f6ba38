// What the journeys of the accounts say to a manager: risk and its trend, freshness, what shifted, what is stuck.
// Folded when it is first asked for and kept until something about that account changes: in memory, and beside the
// records (core/journey/derived_views.hpp) for the programs that come after this one.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/risk/risk.hpp"
#include "core/journey/journey.hpp"
#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::platform {

struct Context;

struct AccountView {
    bot::Risk risk;
    /// The score at the end of the day 30 and 90 days ago; nothing where nothing was known yet.
    std::optional<int> score_30, score_90;
    /// Days since each dimension was last heard; nothing if it never was.
    std::array<std::optional<std::chrono::days>, core::dimension_names.size()> heard;
    std::optional<std::chrono::sys_days> last_heard;  ///< Of any dimension.
    std::vector<core::JourneyChange> shifted;         ///< In the last seven days.
    std::vector<core::CommitmentView> overdue;        ///< The customer's, the longest overdue first.
    bool heard_of = false;                            ///< There is evidence of any kind.
};

/// Threads: one owner.
class AccountViews {
public:
    static constexpr std::chrono::days shifted_days{7};

    /// The view of an account as of today. It is lent until the next call. Errors: those of core::load_evidence.
    core::Result<const AccountView*> of(Context& context, const core::Uuid& account);
    /// Makes all of these ready; many at once cost less than one by one. Errors: as `of`.
    core::Status warm(Context& context, const std::vector<core::Record>& accounts);
    /// Somebody changed these records here.
    void touched(const std::set<core::TouchedRecord>& records);
    /// Something changed, we do not know what.
    void forget();

private:
    /// Forgets what today's date, the language or a change has made old.
    void renew(Context& context);
    /// Drops the views of the accounts to which touched records belong.
    void settle(core::Store& store);

    std::map<core::Uuid, AccountView> views_;
    std::set<core::Uuid> touched_;
    std::chrono::sys_days day_{};
    std::string language_;
    std::string terms_;  ///< Under which the store keeps views: the day, the language, the rules of this build.
};

}  // namespace debrief::platform
