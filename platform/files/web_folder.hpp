// Where the web app's files are: a folder beside the program.
#pragma once

#include <string>

namespace debrief::platform {

/// `wished` (--web DIR), if that is not empty; else share/debrief/web above the program's own folder. There may be no
/// such folder, or nothing in it.
std::string web_folder(const std::string& wished);

}  // namespace debrief::platform
