// The only translation unit with the bodies of Asio and Beast; the rest of platform/ is compiled against declarations.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
