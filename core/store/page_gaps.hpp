// What SQLite leaves behind in the gaps of its pages. With `secure_delete` it overwrites a row that is deleted where it
// stands then; but when rows move to a neighbouring page to balance the tree, the bytes of the old place stay, and
// nobody finds them again when the row goes. Source: SQLite's file format, section 1.6 (b-tree pages).
#pragma once

#include "core/store/database.hpp"

namespace debrief::core {

/// Overwrites with zeros what lies between the cell pointers and the cells of every page of every tree; rows stay as
/// they are. Reads the whole file. Inside a write transaction of the caller's.
Status clear_page_gaps(Database& db);

}  // namespace debrief::core
