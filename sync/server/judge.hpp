// Judges one changeset of a device: may it, does it fit, and then merges it and gives it its place in the log.
#pragma once

#include <optional>

#include "core/catalogue/scope.hpp"
#include "core/changes/changeset.hpp"
#include "core/store/store.hpp"
#include "sync/server/directory.hpp"
#include "sync/server/grant_table.hpp"
#include "sync/server/log_table.hpp"
#include "sync/server/result_table.hpp"
#include "sync/server/server_store.hpp"

namespace debrief::sync {

/// Codes of a refusal, as devices see them. `depends` is followed by the n that it depends on: `depends 7`.
namespace refused {
inline constexpr std::string_view not_found = "not_found";  ///< Not there, or not to be seen by this user.
inline constexpr std::string_view denied = "denied";        ///< Only the server or an administrator writes this table.
inline constexpr std::string_view invalid = "invalid";      ///< Against the rule of its table.
inline constexpr std::string_view corrupt = "corrupt";      ///< Not a changeset.
inline constexpr std::string_view too_large = "too_large";
inline constexpr std::string_view depends = "depends";
inline constexpr std::string_view clone = "clone";  ///< This n was used for something else: the store was copied.
}  // namespace refused

/// How a changeset came: to be read by its device still, or in a box that only the server opens.
enum class Came { open, sealed };

/// Threads: one owner. `judge` is called inside the commit's transaction.
class Judge {
public:
    Judge(core::Store& store, LogTable& log, ResultTable& results, GrantTable& grants)
        : store_(store), log_(log), results_(results), grants_(grants) {}

    /// The final result. An error means that nothing could be stored: the whole commit fails.
    /// `hash` is the payload's, as core::known_hash has it. `directory` gets the account that its maker now owns. What
    /// came sealed and does not fit is handed over in place of being refused: its author cannot read it any more, let
    /// alone mend it. Nearly all changes fit, so they are written without a savepoint each, which would cost more than
    /// they do. Where one is refused after something of it was written, this fails and `must_isolate` is true: the
    /// commit is rolled back and done again after `isolate`, each change in a savepoint of its own.
    core::Result<core::PushResult> judge(const Push& push, std::uint64_t n, core::ByteView payload, core::ByteView hash,
                                         Directory& directory, Came came = Came::open);

    /// What a device still had when it was cut off, for whoever is responsible to file or to drop: `handed_over`,
    /// unless it is no changeset, or of a place where its author never was. Errors: nothing could be stored.
    core::Result<core::PushResult> take_over(const Push& push, std::uint64_t n, core::ByteView payload,
                                             core::ByteView hash, const Directory& directory);

    void isolate(bool each) { isolates_ = each, must_isolate_ = false; }
    [[nodiscard]] bool must_isolate() const { return must_isolate_; }

    /// Why a changeset that somebody files for its author cannot be merged: values, homes, records that lack what they
    /// must hold. Access is the caller's to check. Nothing if it fits.
    core::Result<std::optional<std::string>> misfit(const core::Changeset& changeset);

private:
    core::Result<std::optional<std::string>> objection(const Push& push, const core::Changeset& changeset,
                                                       const Directory& directory);
    core::Result<std::optional<std::string>> objection_to(const core::RecordWrite& write,
                                                          const core::Changeset& changeset, const Push& push,
                                                          const Directory& directory);
    core::Result<std::optional<std::string>> objection_to(const core::Erasure& erasure,
                                                          const core::Changeset& changeset, const Push& push,
                                                          const Directory& directory);
    /// What an accepted changeset takes along: everything that quotes what it erased, in whatever scope, and itself
    /// where it quotes what was erased before. `reached` was found before it was merged.
    core::Status erase_along(const core::Changeset& changeset, const std::vector<core::Erasure>& reached);
    core::Result<std::vector<core::Erasure>> reach_of(const core::Changeset& changeset);
    /// `known`: the record is there already.
    core::Result<std::optional<std::string>> home_objection(const core::RecordWrite& write,
                                                            const core::Changeset& changeset, bool known);
    /// Whether `user` may have written there: a place that they read or read once, their own, or an account that nobody
    /// has heard of yet.
    core::Result<bool> was_theirs(const core::Uuid& user, const std::string& name, const core::Scope& scope,
                                  const Directory& directory);
    core::Result<std::optional<core::Uuid>> claimed_account(const core::Changeset& changeset, const core::Scope& scope);
    core::Status give_to(const core::Uuid& user, const core::Uuid& account, Directory& directory);
    core::Result<core::PushResult> refuse(const core::Changeset& changeset, std::string code);

    core::Store& store_;
    LogTable& log_;
    ResultTable& results_;
    GrantTable& grants_;
    bool isolates_ = false, must_isolate_ = false;
};

}  // namespace debrief::sync
