// SQLite's files are the host's: OPFS in a browser, a folder under node.
#pragma once

#include "core/result.hpp"

namespace debrief::platform {

/// Makes the host's files SQLite's own. Once, before the first store is opened.
core::Status use_host_files();

}  // namespace debrief::platform
