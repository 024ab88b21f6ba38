// The methods by which SQLite reaches a simulated disk.
#pragma once

#include <sqlite3.h>

namespace debrief::sim {

class SimDisk;

/// Both must live as long as the file system is registered.
void fill_vfs(sqlite3_vfs& vfs, SimDisk& disk);

}  // namespace debrief::sim
