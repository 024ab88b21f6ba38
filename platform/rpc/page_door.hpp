// The door of `debrief open`: the web app's files and one WebSocket with JSON-RPC, on loopback, for pages that know
// this run's secret. One text frame is one JSON-RPC object (or a batch); notifications come between the answers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/result.hpp"
#include "core/sources.hpp"

namespace debrief::platform {

class App;

struct PageDoorOptions {
    std::uint16_t port = 0;  ///< 0: any free one.
    std::string web;         ///< The folder of the app's files.
};

/// What a page asked.
struct PageRequest {
    std::uint64_t page = 0;
    std::string text;
};

/// Who may come in: a program of the same user (or root) on this machine, that asks for this host by a loopback name,
/// from a page of this very door, and whose first message is `page.enter` with the secret, within five seconds.
/// Whoever fails is closed with 4401 and must not try again by itself; after ten failures within a minute nobody new
/// comes in until one of them is forgiven, one each six seconds.
/// Threads: one owner; the network lives on a thread of its own.
class PageDoor {
public:
    /// `arrived` is called on the network's thread, after each request. Errors: `io`, as HttpServer::listen.
    static core::Result<std::unique_ptr<PageDoor>> open(const PageDoorOptions& options, core::RandomSource& random,
                                                        std::function<void()> arrived);
    virtual ~PageDoor() = default;

    /// `http://127.0.0.1:PORT/#secret=…`; browsers do not send what stands behind the `#`.
    [[nodiscard]] virtual std::string url() const = 0;
    /// The next request, in the order in which they came.
    virtual std::optional<PageRequest> take() = 0;
    /// To the page that asked. Nothing happens if it has gone.
    virtual void answer(std::uint64_t page, std::string text) = 0;
    /// To every page that came in.
    virtual void tell(std::string text) = 0;
    /// Says goodbye to all pages and waits for them, for at most a second.
    virtual void close() = 0;
};

/// Carries out what pages ask and tells them what happens, until `stop` says true. Threads: the caller becomes the
/// App's owner until it returns; `stop` is asked on its thread.
void serve_pages(App& app, PageDoor& door, const std::function<bool()>& stop);

/// A request may be so long: an import's text goes through here.
inline constexpr std::size_t page_request_max = 16U << 20U;
/// Close codes of ours (RFC 6455, 7.4.2).
inline constexpr std::uint16_t page_not_let_in = 4401;

}  // namespace debrief::platform
