// How our coroutines wait: an error is a value in what they get back, never an exception. Internal to platform/net.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace debrief::platform {

constexpr auto quiet = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace debrief::platform
