#include "platform/server/server_loop.hpp"

#include <list>
#include <map>
#include <optional>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "platform/log/log.hpp"
#include "platform/net/http_server.hpp"
#include "platform/net/web_files.hpp"
#include "platform/net/websocket_client.hpp"
#include "platform/server/attempts.hpp"
#include "sync/server/server_session.hpp"
#include "sync/server/session_hub.hpp"

namespace debrief::platform {
namespace {

namespace asio = boost::asio;

/// What may wait in a socket's queue: one frame under way and one behind it. The rest stays in the log.
constexpr std::size_t queue_bytes_max = sync::frame_bytes_sent;

struct Counters {
    std::uint64_t opened = 0, refused = 0, commits = 0, commit_failures = 0, frames_in = 0, frames_out = 0;
};

class Loop;

/// One client: its link and its session, kept alive until the link has ended.
class Client : public std::enable_shared_from_this<Client> {
public:
    Client(Loop& loop, std::shared_ptr<Link> link);
    void start();
    void woken();

private:
    void after(const sync::Actions& actions);
    void pump();

    Loop& loop_;
    std::shared_ptr<Link> link_;
    sync::ServerSession session_;
    std::map<sync::Timer, asio::steady_timer> timers_;
    bool wake_pending_ = false;
    bool ended_ = false;
    friend class Loop;
};

class Loop final : public ServerLoop {
public:
    Loop(asio::io_context& io, sync::ServerStore& store, core::ClockSource& clock, core::RandomSource& random,
         Config config)
        : io_(io), hub_(store, clock, random), config_(std::move(config)), files_(config_.web), drain_timer_(io) {
        hub_.on_refused([this](const std::string& peer) {
            ++counters_.refused;
            attempts_.failed(peer, std::chrono::steady_clock::now());
            log(LogLevel::warning, "sign_in_refused", {{"peer", peer}});
        });
    }

    core::Status open() {
        auto server = HttpServer::listen(
            io_, {.host = config_.host,
                  .port = config_.port,
                  .tls = config_.tls,
                  .answer = [this](const HttpAsk& ask) { return answer(ask); },
                  .own_page = [this](const HttpAsk& ask) { return own_page(ask); },
                  .admit =
                      [this](const std::string& peer) {
                          return !draining_ && attempts_.admits(peer, std::chrono::steady_clock::now());
                      },
                  .accepted = [this](std::shared_ptr<Link> link) { accepted(std::move(link)); }});
        if (!server) return server.error();
        http_ = std::move(*server);
        return core::Ok{};
    }

    [[nodiscard]] std::string address() const override {
        const bool bracketed = config_.host.find(':') != std::string::npos;
        return (config_.tls ? "https://" : "http://") + (bracketed ? "[" + config_.host + "]" : config_.host) + ":" +
               std::to_string(http_->port());
    }

    void store_changed() override { schedule_commit(true); }

    void on_admin(sync::SessionHub::Administer run) override { hub_.on_admin(std::move(run)); }

    void use_tls(std::shared_ptr<TlsContext> tls) override { http_->use_tls(std::move(tls)); }

    void drain(std::function<void()> done) override {
        draining_ = true;
        drained_ = std::move(done);
        http_->stop();
        hub_.close_all("the server is going down");
        drain_timer_.expires_after(std::chrono::seconds(5));
        drain_timer_.async_wait([this](const boost::system::error_code& error) {
            if (!error) finish_drain();
        });
        if (clients_.empty()) finish_drain();
    }

    /// The more frames are taken before a commit, the more share one write to disk: it runs behind all that is ready.
    void schedule_commit(bool even_without_work = false) {
        if (commit_pending_ || (!even_without_work && !hub_.has_work())) return;
        commit_pending_ = true;
        gathered_ = 0;
        gathering_.cancel();
        asio::post(io_, [this] {
            commit_pending_ = false;
            const auto status = hub_.commit();
            ++counters_.commits;
            if (status) return;
            ++counters_.commit_failures;
            log(LogLevel::error, "commit_failed", {{"reason", status.error().detail}, {"do", status.error().hint}});
        });
    }

    /// More is there to be read from somebody: the commit waits for it, for a moment at most, and not for more than
    /// half of what a device sends before it wants an answer: then that is judged while the rest is on its way.
    void gather_commit() {
        if (commit_pending_ || !hub_.has_work()) return;
        if (++gathered_ >= gathered_max) return schedule_commit();
        if (gathered_ > 1) return;
        gathering_.expires_after(gathering_max);
        gathering_.async_wait([this](const boost::system::error_code& error) {
            if (!error) schedule_commit();
        });
    }

    void gone(const std::shared_ptr<Client>& client) {
        // Not at once: the client is still inside the call that found it gone.
        asio::post(io_, [this, client] {
            clients_.remove(client);
            if (draining_ && clients_.empty()) finish_drain();
        });
    }

    asio::io_context& io() { return io_; }
    sync::SessionHub& hub() { return hub_; }
    Counters& counters() { return counters_; }

private:
    void accepted(std::shared_ptr<Link> link) {
        ++counters_.opened;
        clients_.push_back(std::make_shared<Client>(*this, std::move(link)));
        clients_.back()->start();
    }

    void finish_drain() {
        drain_timer_.cancel();
        if (const auto done = std::exchange(drained_, nullptr)) done();
    }

    HttpAnswer answer(const HttpAsk& ask) {
        const std::string plain = "text/plain; charset=utf-8";
        const auto& path = ask.path;
        if (path == "/healthz") return {200, plain, "ok\n"};
        if (path == "/readyz")
            return draining_ ? HttpAnswer{503, plain, "going down\n"} : HttpAnswer{200, plain, "ready\n"};
        if (path == "/metrics") return {200, "text/plain; version=0.0.4; charset=utf-8", metrics()};
        if (path != "/sync") {
            if (auto file = files_.answer(ask)) return std::move(*file);
        }
        if (files_.complete()) return {404, plain, "There is nothing here.\n"};
        if (path == "/")
            return {200, plain,
                    "This is a Debrief server. Devices connect to it with 'debrief join INVITATION'.\n"
                    "Its web app is not here yet: run ./dev web on the server's machine.\n"};
        if (path == "/join")
            return {200, plain, "This is an invitation. Copy its whole address, then run: debrief join 'ADDRESS'\n"};
        return {404, plain, "There is nothing here.\n"};
    }

    /// A page of the address that people are given, or of the one that was asked. Without TLS the latter has to be a
    /// name of this machine: any other may have been made to point here, so that a page from elsewhere passes for ours.
    [[nodiscard]] bool own_page(const HttpAsk& ask) const {
        if (!ask.origin || (!config_.origin.empty() && *ask.origin == config_.origin)) return true;
        if (*ask.origin != (config_.tls ? "https://" : "http://") + ask.host) return false;
        const auto asked = parse_server_url(*ask.origin);
        return asked && (config_.tls || is_loopback(asked->host));
    }

    std::string metrics() const {
        std::string text;
        const auto add = [&text](const std::string& name, const std::string& type, const std::string& help,
                                 std::uint64_t value) {
            text += "# HELP debrief_" + name + " " + help + "\n# TYPE debrief_" + name + " " + type + "\ndebrief_" +
                    name + " " + std::to_string(value) + "\n";
        };
        add("sessions", "gauge", "Devices that are connected and signed in.", hub_.sessions());
        add("connections", "gauge", "Open connections of any kind.", http_->connections());
        add("newcomers", "gauge", "Open connections whose peer has not signed in.", http_->newcomers());
        add("newcomers_dropped_total", "counter", "Connections that made room for others before they had signed in.",
            http_->dropped());
        add("connections_opened_total", "counter", "WebSockets opened.", counters_.opened);
        add("refused_total", "counter", "Enrolments and sign-ins refused.", counters_.refused);
        add("commits_total", "counter", "Transactions written to disk.", counters_.commits);
        add("commit_failures_total", "counter", "Transactions that could not be written.", counters_.commit_failures);
        add("frames_received_total", "counter", "Messages from devices.", counters_.frames_in);
        add("frames_sent_total", "counter", "Messages to devices.", counters_.frames_out);
        return text;
    }

    asio::io_context& io_;
    sync::SessionHub hub_;
    Config config_;
    WebFiles files_;
    Attempts attempts_;
    Counters counters_;
    asio::steady_timer drain_timer_;
    std::function<void()> drained_;
    bool draining_ = false;
    bool commit_pending_ = false;
    static constexpr std::chrono::milliseconds gathering_max{5};
    asio::steady_timer gathering_{io_};
    static constexpr unsigned gathered_max = 8;  ///< Messages.
    unsigned gathered_ = 0;
    std::unique_ptr<HttpServer> http_;
    std::list<std::shared_ptr<Client>> clients_;  // Before the hub goes, these go.
};

Client::Client(Loop& loop, std::shared_ptr<Link> link)
    : loop_(loop),
      link_(std::move(link)),
      session_(loop.hub(),
               {.encoding = link_->is_text() ? sync::Encoding::json : sync::Encoding::cbor, .peer = link_->peer()},
               [this] { woken(); }) {}

void Client::start() {
    const std::weak_ptr<Client> self = weak_from_this();
    link_->start({.message =
                      [self](core::ByteView message) {
                          if (const auto client = self.lock()) {
                              ++client->loop_.counters().frames_in;
                              client->after(client->session_.on_frame(message));
                          }
                      },
                  .drained =
                      [self] {
                          if (const auto client = self.lock()) client->pump();
                      },
                  .closed =
                      [self](const LinkEnd&) {
                          const auto client = self.lock();
                          if (!client || client->ended_) return;
                          client->ended_ = true;
                          client->timers_.clear();
                          client->session_.on_closed();
                          client->loop_.gone(client);
                      }});
    after(session_.on_open());
}

void Client::woken() {
    if (wake_pending_ || ended_) return;
    wake_pending_ = true;
    asio::post(loop_.io(), [self = weak_from_this()] {
        const auto client = self.lock();
        if (!client) return;
        client->wake_pending_ = false;
        if (!client->ended_) client->after(client->session_.on_wake());
    });
}

void Client::after(const sync::Actions& actions) {
    if (session_.device()) link_->settle();
    std::optional<sync::Close> close;
    for (const auto& action : actions) {
        if (const auto* timer = std::get_if<sync::ArmTimer>(&action)) {
            auto [place, fresh] = timers_.try_emplace(timer->which, loop_.io());
            place->second.expires_after(timer->after);
            place->second.async_wait(
                [self = weak_from_this(), which = timer->which](const boost::system::error_code& error) {
                    const auto client = self.lock();
                    if (!error && client && !client->ended_) client->after(client->session_.on_timer(which));
                });
        } else if (const auto* end = std::get_if<sync::Close>(&action)) {
            close = *end;
        }
    }
    pump();
    if (close) link_->close(close->code, close->reason);
    if (link_->more_waits()) return loop_.gather_commit();
    loop_.schedule_commit();
}

void Client::pump() {
    if (ended_) return;
    while (link_->queued_bytes() < queue_bytes_max) {
        auto frame = session_.next_frame();
        if (!frame) return;
        ++loop_.counters().frames_out;
        link_->send(std::move(*frame));
    }
}

}  // namespace

core::Result<std::unique_ptr<ServerLoop>> ServerLoop::start(asio::io_context& io, sync::ServerStore& store,
                                                            core::ClockSource& clock, core::RandomSource& random,
                                                            const Config& config) {
    auto loop = std::make_unique<Loop>(io, store, clock, random, config);
    DEBRIEF_TRY(loop->open());
    return std::unique_ptr<ServerLoop>{std::move(loop)};
}

}  // namespace debrief::platform
