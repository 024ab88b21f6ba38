#include "platform/rpc/page_door.hpp"

#include <unistd.h>

#include <csignal>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <nlohmann/json.hpp>

#include "platform/app/app.hpp"
#include "platform/app/version.hpp"
#include "platform/net/http_server.hpp"
#include "platform/net/peer_owner.hpp"
#include "platform/net/web_files.hpp"
#include "platform/rpc/json_rpc.hpp"
#include "platform/server/attempts.hpp"
#include "sync/invitation.hpp"
#include "sync/server/secrets.hpp"

namespace debrief::platform {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

constexpr std::chrono::seconds entering_max{5};
constexpr std::chrono::seconds leaving_max{1};
constexpr std::size_t stranger_message_max = 1024;
/// Of requests that were not taken yet, all together.
constexpr std::size_t waiting_max = 2 * page_request_max;
/// Of answers and news that a page has not read. A page that sleeps asks anew when it wakes.
constexpr std::size_t unread_max = 64U << 20U;
/// Tells a page that it is served by this door, and not by a server.
constexpr const char* door_mark = "<meta name=\"debrief-door\" content=\"rpc\">";

SharedBytes bytes_of(const std::string& text) {
    const auto view = core::as_bytes(text);
    return std::make_shared<core::Bytes>(view.begin(), view.end());
}

class Door final : public PageDoor {
public:
    Door(core::Bytes secret, std::string web, std::function<void()> arrived)
        : secret_(std::move(secret)), files_(std::move(web), door_mark), arrived_(std::move(arrived)) {}

    core::Status listen(std::uint16_t port) {
        auto server = HttpServer::listen(
            io_, {.host = "127.0.0.1",
                  .port = port,
                  // All who come here come from one address, and every tab brings several.
                  .newcomers = {.address_max = 256},
                  .answer = [this](const HttpAsk& ask) { return answer_file(ask); },
                  .turn_away = [this](const HttpAsk& ask) { return turn_away(ask); },
                  .socket_path = "/rpc",
                  .speaks_sync = false,
                  .own_page = [](const HttpAsk& ask) { return ask.origin && *ask.origin == "http://" + ask.host; },
                  .stranger_message_max = stranger_message_max,
                  .settled_message_max = page_request_max,
                  .admit =
                      [this](const std::string& address) {
                          return !closing_ && attempts_.admits(address, std::chrono::steady_clock::now());
                      },
                  .accepted = [this](std::shared_ptr<Link> link) { come_in(std::move(link)); }});
        if (!server) return server.error();
        http_ = std::move(*server);
        port_ = http_->port();
        // Ctrl-C is for the thread that owns us: it waits in calls that a signal is to end.
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        network_ = std::thread{[this] { io_.run(); }};
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
        return core::Ok{};
    }

    ~Door() override {
        io_.stop();
        if (network_.joinable()) network_.join();
    }
    Door(const Door&) = delete;
    Door& operator=(const Door&) = delete;

    [[nodiscard]] std::string url() const override {
        return "http://127.0.0.1:" + std::to_string(port_) + "/#secret=" + sync::base64url(secret_);
    }

    std::optional<PageRequest> take() override {
        const std::lock_guard lock{mutex_};
        if (requests_.empty()) return std::nullopt;
        PageRequest request = std::move(requests_.front());
        requests_.pop_front();
        waiting_ -= request.text.size();
        return request;
    }

    void answer(std::uint64_t page, std::string text) override {
        asio::post(io_, [this, page, message = bytes_of(text)] {
            if (const auto found = pages_.find(page); found != pages_.end()) send(found->second, message);
        });
    }

    void tell(std::string text) override {
        asio::post(io_, [this, message = bytes_of(text)] {
            for (auto& [number, page] : pages_) {
                if (page.entered) send(page, message);
            }
        });
    }

    void close() override {
        std::promise<void> gone;
        auto all_gone = gone.get_future();
        asio::post(io_, [this, &gone] {
            closing_ = true;
            http_->stop();
            all_gone_ = [&gone] { gone.set_value(); };
            leaving_.expires_after(leaving_max);
            leaving_.async_wait([this](const boost::system::error_code& error) {
                if (!error) say_all_gone();
            });
            for (auto& [number, page] : pages_) page.link->close(1001, "debrief open has ended");
            if (pages_.empty()) say_all_gone();
        });
        all_gone.wait();
    }

private:
    struct Page {
        std::shared_ptr<Link> link;
        std::unique_ptr<asio::steady_timer> entering;
        bool entered = false;
    };

    // What follows runs on the network's thread.

    std::optional<HttpAnswer> turn_away(const HttpAsk& ask) const {
        const std::string plain = "text/plain; charset=utf-8";
        // A name that somebody made point to this machine is not ours.
        const std::string port = ":" + std::to_string(port_);
        if (ask.host != "127.0.0.1" + port && ask.host != "localhost" + port)
            return HttpAnswer{403, plain,
                              "This door is for this machine only. Use the address that 'debrief open' printed.\n"};
        if (!ask.wants_socket) return std::nullopt;
        const auto owner = owner_of_peer(ask.port, port_);
        if (owner && *owner != 0 && *owner != ::getuid())
            return HttpAnswer{403, plain, "This door is for the person who opened it.\n"};
        return std::nullopt;
    }

    HttpAnswer answer_file(const HttpAsk& ask) {
        if (auto answer = files_.answer(ask)) return std::move(*answer);
        if (!files_.complete()) return no_web_app();
        return {404, "text/plain; charset=utf-8", "There is nothing here.\n"};
    }

    void come_in(std::shared_ptr<Link> link) {
        const auto number = ++last_page_;
        Page page{std::move(link), std::make_unique<asio::steady_timer>(io_, entering_max), false};
        page.entering->async_wait([this, number](const boost::system::error_code& error) {
            const auto found = pages_.find(number);
            if (error || found == pages_.end() || found->second.entered) return;
            found->second.link->close(page_not_let_in, "the first message comes within five seconds");
        });
        const auto kept = page.link;
        pages_.emplace(number, std::move(page));
        kept->start({.message = [this, number](core::ByteView bytes) { hear(number, core::as_text(bytes)); },
                     .drained = {},
                     .closed = [this, number](const LinkEnd&) { leave(number); }});
    }

    void leave(std::uint64_t number) {
        // Not at once: the page may be inside the call that found it gone.
        asio::post(io_, [this, number] {
            pages_.erase(number);
            if (closing_ && pages_.empty()) say_all_gone();
        });
    }

    void hear(std::uint64_t number, std::string_view text) {
        const auto found = pages_.find(number);
        if (found == pages_.end() || closing_) return;
        if (!found->second.entered) return enter(found->second, std::string{text});
        {
            const std::lock_guard lock{mutex_};
            if (waiting_ + text.size() <= waiting_max) {
                waiting_ += text.size();
                requests_.push_back({number, std::string{text}});
                text = {};
            }
        }
        if (!text.empty()) return found->second.link->close(1013, "too much at once");
        arrived_();
    }

    /// The first message. Only one guess is looked at, whatever else stands in it.
    void enter(Page& page, const std::string& text) {
        int guesses = 0;
        const auto said = answer_json_rpc(text, [&](const std::string& method, const json& params) {
            return judge(method, params, ++guesses, page.entered);
        });
        if (!said.empty()) page.link->send(bytes_of(said));
        page.entering->cancel();
        if (page.entered) return page.link->settle();
        attempts_.failed(page.link->peer(), std::chrono::steady_clock::now());
        page.link->close(page_not_let_in, "this page is not let in");
    }

    core::Result<json> judge(const std::string& method, const json& params, int guesses, bool& entered) const {
        const std::string hint = "Use the address that 'debrief open' printed last.";
        if (method != "page.enter" || !params.is_object()) {
            return core::Error{core::Errc::denied, "A page first says page.enter with the secret of its address.",
                               "method", hint};
        }
        const auto secret = params.find("secret");
        const auto bytes = secret != params.end() && secret->is_string()
                               ? sync::parse_base64url(secret->get<std::string>())
                               : core::Result<core::Bytes>{core::Bytes{}};
        if (guesses != 1 || !bytes || !sync::same_secret(*bytes, secret_)) {
            return core::Error{core::Errc::denied, "This is not the secret of the program that runs here.", "secret",
                               hint};
        }
        entered = true;
        return json{{"version", std::string{program_version}}};
    }

    void send(Page& page, const SharedBytes& message) {
        if (page.link->queued_bytes() + message->size() > unread_max && page.link->queued_bytes() > 0)
            return page.link->close(1013, "this page reads too slowly");
        page.link->send(message);
    }

    void say_all_gone() {
        leaving_.cancel();
        if (const auto gone = std::exchange(all_gone_, nullptr)) gone();
    }

    asio::io_context io_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
    const core::Bytes secret_;
    WebFiles files_;
    std::function<void()> arrived_;
    Attempts attempts_;
    std::uint16_t port_ = 0;
    std::unique_ptr<HttpServer> http_;
    std::map<std::uint64_t, Page> pages_;
    std::uint64_t last_page_ = 0;
    asio::steady_timer leaving_{io_};
    std::function<void()> all_gone_;
    bool closing_ = false;

    std::mutex mutex_;  // Guards the two below.
    std::deque<PageRequest> requests_;
    std::size_t waiting_ = 0;

    std::thread network_;
};

}  // namespace

core::Result<std::unique_ptr<PageDoor>> PageDoor::open(const PageDoorOptions& options, core::RandomSource& random,
                                                       std::function<void()> arrived) {
    auto door = std::make_unique<Door>(sync::make_secret(random), options.web, std::move(arrived));
    DEBRIEF_TRY(door->listen(options.port));
    return std::unique_ptr<PageDoor>{std::move(door)};
}

void serve_pages(App& app, PageDoor& door, const std::function<bool()>& stop) {
    app.on_notification(
        [&door](const std::string& method, const json& params) { door.tell(rpc_notification(method, params)); });
    // What waits for a server holds up no other page; what is still awaited when the door closes is told to nobody.
    const auto open = std::make_shared<bool>(true);
    while (!stop()) {
        if (const auto request = door.take()) {
            app.begin_handling(request->text, [&door, open, page = request->page](const std::string& answer) {
                if (*open && !answer.empty()) door.answer(page, answer);
            });
            app.poll(std::chrono::milliseconds{0});
            continue;
        }
        app.poll(std::chrono::milliseconds{200});
    }
    *open = false;
    app.on_notification({});
    door.close();
}

}  // namespace debrief::platform
