// The least that a server is: a log a scope, and a verdict on each change. It passes nothing on that it was not given.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/core/support/fakes.hpp"

namespace debrief::core::test {

class LittleServer {
public:
    /// Empty: accepted. Else the code of the refusal.
    using Judge = std::function<std::string(const Changeset&)>;
    Judge judge = [](const Changeset&) { return std::string{}; };
    Instant clock_lead{};  ///< Added to each claimed time, to see whether devices adopt what the server says.

    /// Takes all that waits, in order, and settles it.
    void push(Device& device);
    /// Opens every scope that the device may read and brings it up to date.
    void pull(Device& device, const std::vector<std::string>& scopes);
    void pull(Device& device);
    [[nodiscard]] const std::vector<LogEntry>& log(const std::string& scope) { return logs_[scope]; }

private:
    std::map<std::string, std::vector<LogEntry>> logs_;
    std::map<Dot, std::uint64_t> known_;
};

inline void LittleServer::push(Device& device) {
    std::vector<PushResult> results;
    for (const auto& entry : must(device.store->unsent(must(device.store->final_n()) + 1, 1U << 30U))) {
        const auto changeset = must(decode_changeset(entry.payload));
        PushResult result;
        result.n = entry.n;
        result.code = judge(changeset);
        if (result.code.empty()) {
            auto& log = logs_[entry.scope];
            result.position = log.size() + 1;
            result.effective = {changeset.time.packed + HybridTime::at(clock_lead).packed};
            log.push_back({result.position, result.position * 7, changeset.dot, device.records().identity().user,
                           result.effective, entry.payload});
        } else {
            result.kind = result.code == "handed_over" ? PushResult::Kind::handed_over : PushResult::Kind::rejected;
        }
        results.push_back(result);
    }
    must(device.store->settle(results));
}

inline void LittleServer::pull(Device& device, const std::vector<std::string>& scopes) {
    for (const auto& scope : scopes) {
        must(device.store->open_scope(scope));
        auto entries = logs_[scope];
        for (auto& entry : entries) {
            if (entry.dot.device == device.records().identity().device) entry.payload.clear();
        }
        must(device.store->apply_log(scope, entries));
    }
}

inline void LittleServer::pull(Device& device) {
    std::vector<std::string> scopes;
    for (const auto& [scope, log] : logs_) scopes.push_back(scope);
    pull(device, scopes);
}

}  // namespace debrief::core::test
