// A refused change gets a new name or is given up; what was built on it must not wait for it for ever.
#pragma once

#include <set>

#include "core/changes/changeset.hpp"

namespace debrief::core {

/// Every dot that `changeset` replaces or covers.
std::set<Dot> dots_named(const Changeset& changeset);

/// `from` was issued again as `to`.
void rename_dot(Changeset& changeset, const Dot& from, const Dot& to);

/// `changeset` was built on `refused`, which is given up: where it replaced that, it replaces what that had replaced.
void drop_dot(Changeset& changeset, const Changeset& refused);

}  // namespace debrief::core
