// A machine's disk in memory, under real SQLite: what was written and what was synced are kept apart, so that a power
// cut can take back everything that nobody had synced. It fails where it is told to. One disk a machine.
// Source: SQLite's own crash tests; TigerBeetle's simulator; Alagappan et al., "All File Systems Are Not Created
// Equal", 2014, for torn and reordered sectors.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/sync/support/fakes.hpp"

namespace debrief::sim {

/// What became of the sectors that nobody had synced.
enum class PowerCut {
    none,  ///< Only the program died: the system still writes everything.
    all,   ///< Every unsynced sector is lost.
    torn,  ///< Each unsynced sector of 512 bytes is lost or kept by itself, in whatever order they were written.
};

/// The disk's answer to the chosen call.
enum class DiskFault {
    none,
    dies,         ///< The call and every later one fail, until `power_on`.
    error_once,   ///< One I/O error. A sync that fails has lost what it should have written, and will not say so again.
    error_on,     ///< I/O errors from here on; reads work.
    short_write,  ///< Half of it was written, then an error. Other calls: one error.
    full,         ///< No room from here on; syncs and deletes work.
};

/// Threads: one owner.
class SimDisk {
public:
    static constexpr std::size_t sector = 512;

    /// Registers itself with SQLite under `name()`; gone again with its destructor. No store may be open then.
    SimDisk();
    ~SimDisk();
    SimDisk(const SimDisk&) = delete;
    SimDisk& operator=(const SimDisk&) = delete;

    [[nodiscard]] const std::string& name() const { return name_; }

    /// The call numbered `calls` from now on (1: the next) meets the fault. Calls: write, sync, truncate, delete.
    void fail_at(std::uint64_t calls, DiskFault fault);
    /// Every call works again. What was lost stays lost.
    void heal();
    /// Calls since `fail_at` or `heal`.
    [[nodiscard]] std::uint64_t calls() const { return calls_; }
    /// A fault was met and the disk is not healed.
    [[nodiscard]] bool faulty() const { return met_; }
    [[nodiscard]] bool dead() const { return met_ && fault_ == DiskFault::dies; }

    /// Whether a sync that fails has lost what it should have written, as on Linux file systems that count it as clean
    /// (the default), or leaves it to the next sync.
    void lose_failed_syncs(bool lose) { lose_failed_ = lose; }
    [[nodiscard]] bool loses_failed_syncs() const { return lose_failed_; }

    /// From here on every call fails, so that a program can be torn down without writing.
    void kill();
    /// After `kill` and once everything is closed: what survived. The disk works again.
    void power_on(PowerCut cut, sync::test::FakeRandom& random);

    /// The files as programs see them now, and back to them; nothing may be open then. All of it counts as synced.
    using Image = std::map<std::string, std::string>;
    [[nodiscard]] Image image() const;
    void load(const Image& image);

    /// Whether the bytes of any file hold this word, synced or not.
    [[nodiscard]] bool holds(std::string_view word) const;
    /// Every word that starts with `prefix` and is `length` long.
    [[nodiscard]] std::set<std::string> words(std::string_view prefix, std::size_t length) const;
    [[nodiscard]] std::size_t bytes() const;

    struct File {
        std::string shown;                ///< As programs see it.
        std::string durable;              ///< As it is after a power cut.
        std::set<std::size_t> unsynced;   ///< Sectors that differ.
        std::vector<std::string> shared;  ///< The regions of xShmMap.
    };

    // For the methods that SQLite calls.
    enum class Call { write, sync, truncate, remove };
    /// What this call comes to: SQLITE_OK, or the error.
    int meet(Call call);
    /// The half of a write that is still done although the call failed, in 256ths: 0 or 128.
    [[nodiscard]] bool half_written() const { return half_; }
    std::shared_ptr<File> open(const std::string& path, bool create);
    void remove(const std::string& path);
    [[nodiscard]] bool exists(const std::string& path) const { return files_.contains(path); }
    static void write(File& file, const char* data, std::size_t size, std::size_t at);
    static void truncate(File& file, std::size_t size);
    static void sync(File& file);

private:
    struct Vfs;
    std::string name_;
    std::unique_ptr<Vfs> vfs_;
    std::map<std::string, std::shared_ptr<File>> files_;
    std::uint64_t calls_ = 0;
    std::uint64_t fail_at_ = 0;  // 0: never.
    DiskFault fault_ = DiskFault::none;
    bool met_ = false;
    bool half_ = false;
    bool lose_failed_ = true;
};

}  // namespace debrief::sim
