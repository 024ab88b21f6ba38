// What somebody worked out about accounts from their evidence, kept in the store until that evidence changes. It is
// this device's own, never synced, and may be thrown away at any time. No writer of records knows of it: triggers in
// the file drop a view in the very transaction that changes what it was made of, whatever makes that change (a user,
// sync, an erasure, a scope that is lost, a newer build, another program on the same file).
#pragma once

#include <map>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::core {

/// Views by account.
using DerivedViews = std::map<Uuid, Bytes>;

/// Those that are kept and were made under `terms`: all that a view depends on besides the records (the day, the
/// language, the rules that made it). Errors: those of Store::list.
Result<DerivedViews> derived_views(Store& store, std::string_view terms);
/// The one of an account; empty if there is none.
Result<Bytes> derived_view(Store& store, std::string_view terms, const Uuid& account);

/// Keeps views, unless another program has written since `commits` was read: they may be old then, and none is kept.
/// `commits`: what `commits_elsewhere` said before the evidence was read. Errors: `busy`, `full`, `io`; nothing is
/// kept.
Status keep_derived_views(Store& store, std::string_view terms, const DerivedViews& views, std::int64_t commits);
/// Differs from what it was if another program has written to the file. Source: PRAGMA data_version.
Result<std::int64_t> commits_elsewhere(Store& store);

}  // namespace debrief::core
