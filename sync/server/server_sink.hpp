// Where the server's own writes go: straight into the log, judged as they are made.
#pragma once

#include <set>

#include "core/store/database.hpp"
#include "core/store/store.hpp"
#include "sync/server/log_table.hpp"
#include "sync/server/result_table.hpp"

namespace debrief::sync {

/// Threads: one owner.
class ServerSink final : public core::ChangesetSink {
public:
    static core::Status create(core::Database& db);

    ServerSink(core::Store& store, LogTable& log, ResultTable& results) : store_(store), log_(log), results_(results) {}

    core::Result<std::uint64_t> next_n() override;
    core::Status take(const core::Changeset& changeset, core::ByteView payload) override;
    /// `take`, in the name of `author`, who wrote it elsewhere.
    core::Status append(const core::Changeset& changeset, core::ByteView payload, const core::Uuid& author,
                        core::HybridTime effective);
    [[nodiscard]] bool pending() const override { return false; }

    // A write that failed leaves these set: then the directory is read once too often, no more.
    [[nodiscard]] bool directory_is_stale() const { return stale_; }
    void directory_is_fresh() { stale_ = false; }
    void directory_must_be_read() { stale_ = true; }
    [[nodiscard]] bool has_news() const { return people_changed_ || !accounts_.empty(); }
    std::set<core::Uuid> take_accounts() { return std::exchange(accounts_, {}); }
    bool take_people_changed() { return std::exchange(people_changed_, false); }

private:
    core::Store& store_;
    LogTable& log_;
    ResultTable& results_;
    bool stale_ = true;
    bool people_changed_ = false;
    std::set<core::Uuid> accounts_;  // Whose assignments were written.
};

}  // namespace debrief::sync
