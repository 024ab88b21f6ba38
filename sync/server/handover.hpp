// Work that was pushed for a scope which its author had lost meanwhile: it waits here until somebody who is responsible
// files it or drops it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/changes/changeset.hpp"
#include "core/store/store.hpp"
#include "sync/server/judge.hpp"
#include "sync/server/server_sink.hpp"

namespace debrief::sync {

/// One changeset that waits.
struct Handover {
    std::int64_t id = 0;
    core::Dot dot;  ///< As its author named it.
    core::Uuid author;
    std::string scope;
    core::Instant at{};  ///< When it came.
    core::Changeset changeset;
    core::Bytes hash;  ///< By which the change is known.
};

/// How much of one author waits in one scope.
struct HandoverCount {
    std::string scope;
    core::Uuid author;
    std::uint64_t changes = 0;
    core::Instant since{};  ///< When the first of them came.
};

/// Threads: one owner. Everything here runs inside the caller's transaction.
class HandoverBox {
public:
    /// After ResultTable::create.
    static core::Status create(core::Database& db);

    HandoverBox(core::Store& store, Judge& judge, ServerSink& sink) : store_(store), judge_(judge), sink_(sink) {}

    /// What waits, oldest first.
    core::Result<std::vector<Handover>> list();
    /// By scope and author, in that order.
    core::Result<std::vector<HandoverCount>> counts();
    /// Errors: `not_found`.
    core::Result<Handover> find(std::int64_t id);
    /// Appends the change to the log of its scope under a name of the server's own, with `was`, in the name of its
    /// author or of `as`. What it built on and what was filed before is followed. Errors: `not_found`; `invalid` if it
    /// does not fit: a record has another home, a change before it was not filed, or private work in a foreign name.
    core::Status file(std::int64_t id, const std::optional<core::Uuid>& as);
    core::Status drop(std::int64_t id);

private:
    core::Status follow_filed(core::Changeset& changeset);
    core::Status remove(std::int64_t id);

    core::Store& store_;
    Judge& judge_;
    ServerSink& sink_;
};

}  // namespace debrief::sync
