// Which current items of a dimension cannot both be true. Careful rather than clever: two reasons to change may both
// hold, so difference alone is no contradiction. It takes one of four signs, each of which a person can check:
//  1. the rep said so: an item names the one it contradicts;
//  2. two corrections of one item that were made without knowing each other;
//  3. how or when they decide, asked with one question about one meeting, answered twice independently and differently;
//  4. how or when they decide, in nearly the same words, with dates that do not overlap.
#pragma once

#include <utility>
#include <vector>

#include "core/journey/timeline.hpp"

namespace debrief::core {

/// `current`: the confirmed items of one dimension, oldest first. Pairs with the older one first, in order; no doubles.
std::vector<std::pair<Uuid, Uuid>> diverging(const std::vector<ItemThen>& current);

}  // namespace debrief::core
