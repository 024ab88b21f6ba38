// What a person did on this device, so that it can be taken back and done again in order, also after a restart and from
// another program of this device. An act is remembered by the numbers of the own changes that it made, never by words:
// what is erased or leaves with its scope leaves nothing here.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/store/undo.hpp"

namespace debrief::core {

class Database;

struct Act {
    std::uint64_t id = 0;               ///< The first change that it made.
    std::string what;                   ///< As `perform` was told.
    std::uint64_t first = 0, last = 0;  ///< The changes that last did it, or undid it.
    bool undone = false;
    Instant at{};
};

/// What came of taking back an act, or of doing it again.
struct Turn {
    Act act;
    std::vector<TouchedRecord> records;
    std::set<std::string> fields;  ///< Empty where nothing shows otherwise than before.
    std::optional<InTheWay>
        in_the_way{};  ///< Nothing was changed, and the act is forgotten: those before it can be taken back.
};

/// Threads: one owner, as DeviceStore.
class Acts {
public:
    /// Older acts are forgotten.
    static constexpr std::uint64_t kept_max = 500;

    explicit Acts(DeviceStore& device) : device_(device), store_(device.records()) {}
    static Status prepare(Database& db);

    /// Does `work` in one transaction. The changes that it makes are one act; what was undone before cannot be done
    /// again then. Gives the act's id, or nothing if nothing was changed. Errors: those of `work`, and nothing is
    /// changed then.
    Result<std::optional<std::uint64_t>> perform(std::string_view what, const std::function<Status()>& work);

    /// The newest first: those that can be taken back, in that order, and those that can be done again.
    Result<std::vector<Act>> list();
    /// The changes of an act that are still here.
    Result<std::vector<Changeset>> changes(const Act& act);

    /// Takes back the newest act, or this one. Nothing if there is none. Errors: `not_found` for an id that is none, or
    /// is undone already; as Store::write.
    Result<std::optional<Turn>> undo(std::optional<std::uint64_t> id = std::nullopt);
    /// Does again what was undone last.
    Result<std::optional<Turn>> redo();

    /// Takes back a change that still waits for the server: an act of its own, called `what`. Errors: `not_found`.
    Result<Turn> discard(std::uint64_t n, std::string_view what);

    /// Waiting changes that were taken back, each with the change that did so.
    Result<std::map<std::uint64_t, std::uint64_t>> taken_back();

private:
    /// The changes from `first` to `last` that are still here; what they were issued again as.
    Result<std::vector<OutboxEntry>> entries(std::uint64_t first, std::uint64_t last);
    /// Writes what takes these back. Gives what was in the way, if something was.
    Result<std::optional<InTheWay>> reverse(const std::vector<OutboxEntry>& entries, Turn& turn);
    Status note_reversal(const std::vector<OutboxEntry>& entries, std::uint64_t after);
    Result<std::optional<Act>> newest(bool undone, std::optional<std::uint64_t> id);
    Result<std::optional<Turn>> turn(bool undone, std::optional<std::uint64_t> id);
    Status forget(std::uint64_t id);

    DeviceStore& device_;
    Store& store_;
};

}  // namespace debrief::core
