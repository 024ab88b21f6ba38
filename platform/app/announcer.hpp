// Tells the owner what happened: records that changed here or elsewhere, lines of conversations, sync, reminders.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/device/device_store.hpp"
#include "platform/app/app.hpp"

namespace debrief::platform {

struct Context;

/// Threads: one owner, on whose thread notifications are delivered.
class Announcer {
public:
    /// More changed records than this are not listed one by one.
    static constexpr std::size_t listed_max = 1000;

    explicit Announcer(Context& context) : context_(context) {}

    void listen(App::Notify notify) { notify_ = std::move(notify); }

    /// Delivers at once.
    void tell(const std::string& method, const nlohmann::json& params);
    /// Delivers unless it says the same as the last one of this method.
    void tell_news(const std::string& method, const nlohmann::json& params);

    /// Begins to hear of the store's changes, and of other programs' from now on.
    void attach();
    /// Notices what other programs have changed in the file.
    void look_elsewhere();
    /// Delivers `changed` for all that has come together. True if there was something.
    bool flush();
    /// Delivers the reminders that are due.
    void remind();

private:
    void collect(const core::ChangeNotice& notice);
    [[nodiscard]] std::int64_t commits_elsewhere();
    bool pulled_elsewhere();
    void tell_arrived_messages();

    Context& context_;
    App::Notify notify_;
    std::set<core::TouchedRecord> changed_;
    std::set<core::Uuid> arrived_messages_;  // Written elsewhere; told once.
    bool more_ = false;
    std::int64_t seen_elsewhere_ = 0;             // SQLite's count of others' commits.
    std::uint64_t seen_n_ = 0;                    // Own changesets up to here are told.
    std::set<core::TouchedRecord> written_here_;  // Since then, by this program.
    std::vector<core::ScopeCursor> seen_cursors_;
    core::Instant reminders_checked_{-1};
    std::map<std::string, nlohmann::json> last_;
};

}  // namespace debrief::platform
