// How much speaks for a decision that never comes. Points that order a list of accounts: additive, each one named, with
// its evidence and with what would lower it. Never a probability. The table and its sources are in README.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/journey/journey.hpp"

namespace debrief::bot {

struct RiskReason {
    std::string code;                  ///< Of the table in README.md.
    int points = 0;                    ///< Above zero.
    std::string text;                  ///< One sentence.
    std::vector<core::Uuid> evidence;  ///< Items, commitments or contacts; empty where something is missing.
    std::string lowers;                ///< What would lower it, one sentence.
};

struct Risk {
    int score = 0;                    ///< The sum of the points.
    std::vector<RiskReason> reasons;  ///< Most points first, then by code.
};

/// `language`: `en` or `de`; others read English. Pure.
///
/// What is only praise lowers nothing: it does not count as a fact, nor as what a stance in favour stands on.
Risk no_decision_risk(const core::Journey& journey, std::chrono::sys_days today, std::string_view language = "en");

}  // namespace debrief::bot
