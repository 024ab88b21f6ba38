// A device that was used without a server joins a workspace: a fresh store takes the place of the old one, and what the
// old one held is thrown away or carried over. Every step can be broken off: the next opening goes on from there.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/result.hpp"
#include "platform/app/sync_link.hpp"

namespace debrief::platform {

struct Context;

enum class LocalRecords { none, upload, discard };

/// Whether the store holds records that somebody made here and no server has.
core::Result<bool> has_local_records(Context& context);

/// A fresh store on its way into a workspace, with a link of its own.
class Rejoin {
public:
    using Done = std::function<void(const core::Status&)>;
    /// Enrols with `invitation` in a fresh store and puts it in the place of the present one, in a later poll. On
    /// failure all is as before. Records that were made meanwhile are carried over. Errors: as SyncLink::join; `busy`
    /// if one is under way.
    static void begin(Context& context, const std::string& invitation, const std::string& ca, LocalRecords local,
                      Done done);
    static void poll(Context& context, std::chrono::milliseconds wait);
    ~Rejoin();
    Rejoin(const Rejoin&) = delete;
    Rejoin& operator=(const Rejoin&) = delete;

private:
    Rejoin(LocalRecords local, Done done) : local_(local), done_(std::move(done)) {}
    core::Status enrolled() const;

    LocalRecords local_;
    Done done_;
    std::optional<core::Status> joined_;  ///< What the link said.
    std::unique_ptr<core::DeviceStore> fresh_;
    std::unique_ptr<SyncLink> link_;  ///< Goes first.
};

/// Finishes a swap that was broken off between two renames. Call before the store is opened.
core::Status finish_swap(const std::string& folder);

/// Carries over what a store that was swapped out held, if one waits; how many records.
core::Result<std::uint64_t> upload_waiting(Context& context);
[[nodiscard]] bool upload_waits(const Context& context);

}  // namespace debrief::platform
