// One of each frame, with every field filled.
#pragma once

#include <vector>

#include "sync/frames/frame.hpp"

namespace debrief::sync::test {

std::vector<Frame> sample_frames();

}  // namespace debrief::sync::test
