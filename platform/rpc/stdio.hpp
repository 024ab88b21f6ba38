// `debrief rpc`: JSON-RPC on standard input and output, one object a line; diagnostics go to standard error.
#pragma once

#include <functional>

#include "platform/app/app.hpp"

namespace debrief::platform {

/// Answers lines of `input` on `output` (file descriptors) until the input ends, one at a time, in order; notifications
/// come between them. A line over 16 MiB is refused and passed over. Returns 0 once the input has ended and everything
/// has been answered, also when nobody reads the output any more; 1 if an answer could not be written; 3 within a
/// second after `stop` says true, also in the middle of a call that asks it too (AppConfig::stop).
/// Threads: the caller becomes the App's owner until it returns, and `stop` is asked on its thread; one more thread
/// reads.
int serve_stdio(App& app, int input = 0, int output = 1, const std::function<bool()>& stop = {});

inline constexpr std::size_t rpc_line_max = 16U << 20U;

}  // namespace debrief::platform
