// The invented evidence of the sample, with its days counted from the day of loading.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace debrief::platform {

struct SampleContact {
    std::string key, name, role, email;
    int day = 0;
    std::vector<std::pair<std::string, std::string>> relations;  ///< Kind, key of the other contact.
};
struct SampleMeeting {
    std::string key, title, place;
    int day = 0;
    std::chrono::minutes at{0};  ///< After midnight UTC.
    std::chrono::minutes length{60};
    std::vector<std::string> with;
};
struct SampleDate {
    std::string text, unit;
    int days = 0;
};
struct SampleObservation {
    std::string key, dimension, text, quote, person, supersedes, concern_kind, about;
    int day = 0;
    std::vector<SampleDate> dates;
};
struct SampleStance {
    std::string contact, stance;
    int day = 0;
    std::vector<std::string> evidence;
};
struct SampleCommitment {
    std::string key, owner, text, state, observation;
    int day = 0;
    int due = 0;
};
struct AccountEvidence {
    std::string account;
    std::vector<SampleContact> contacts;
    std::vector<SampleMeeting> meetings;
    std::vector<SampleObservation> observations;
    std::vector<SampleStance> stances;
    std::vector<SampleCommitment> commitments;
    SampleMeeting waiting, next;
};
struct SampleEvidence {
    std::string rep, manager;
    std::vector<AccountEvidence> accounts;
};

/// Errors: `corrupt` for a text that is not of this form.
core::Result<SampleEvidence> parse_evidence(std::string_view json);

/// Puts dates for `{day:N}` ("9 January") and `{month:N}` ("January"), N days from `today`.
std::string with_dates(std::string_view text, std::chrono::sys_days today);
/// The civil date N days from `today` in the granularity of `unit`: `day` or `month`.
std::string sample_civil(int days, std::string_view unit, std::chrono::sys_days today);

}  // namespace debrief::platform
