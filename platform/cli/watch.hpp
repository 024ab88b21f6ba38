// What `debrief watch` makes of a notification: evidence in full, everything else in one line.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "platform/cli/context.hpp"

namespace debrief::platform::cli {

/// Threads: one.
class Watch {
public:
    explicit Watch(Context& context, Door& door) : context_(context), door_(door) {}

    /// Remembers what is there already, so that only news is shown.
    core::Status remember_present();
    /// To be called between polls, not from within a notification: it reads records.
    void show(const std::string& method, const nlohmann::json& params);
    [[nodiscard]] std::int64_t observations_seen() const { return observations_; }

private:
    void show_changed(const nlohmann::json& params);
    void show_observation(const nlohmann::json& record);
    void show_other(const std::string& table, const nlohmann::json& record);
    std::string name(const std::string& table, const std::string& id);
    std::string question_words(const nlohmann::json& source);

    Context& context_;
    Door& door_;
    std::set<std::string> known_;  ///< Confirmed observations that were shown or there before.
    std::map<std::string, std::string> names_;
    std::map<std::string, std::map<std::string, std::string>> questions_;  ///< By playbook and version: id → words.
    std::string sync_state_;
    std::string told_state_;
    std::int64_t observations_ = 0;
};

}  // namespace debrief::platform::cli
