// A line said in a review's room until all of its members have it: a real `debrief serve` in a process of its own, 200
// people with a live session each, one of whom is a whole device that tells what it shows. Beside it, turn and turn
// about, a bare Beast broadcast of the same bytes to as many connections. Argument: lines (default 25: the light
// sessions acknowledge nothing, and the window that the server gives them holds no more than some thirty).
#include <nlohmann/json.hpp>

#include "core/catalogue/catalogue.hpp"
#include "platform/app/app.hpp"
#include "platform/files/folder.hpp"
#include "platform/server/workspace_host.hpp"
#include "tests/bench/bare_broadcast.hpp"
#include "tests/bench/bench_house.hpp"
#include "tests/bench/child.hpp"

namespace {

using namespace debrief;
using namespace debrief::bench;
using namespace std::chrono_literals;
using nlohmann::json;

constexpr std::size_t members = 200;

/// The workspace before anybody serves it: a team of 200, whose devices are enrolled already.
class Prepared {
public:
    explicit Prepared(const std::string& folder) {
        if (!platform::prepare_folder(folder)) stop("no folder");
        platform::AppClock clock;
        platform::AppRandom random;
        auto config = config_for(platform::database_path(folder));
        config.search = false;
        const auto store = must(sync::ServerStore::open(config, clock, random, "Sales"));
        must(sync::add_team(*store, {"North", {}, {}, {}}));
        account_ = store->records().new_id();
        must(store->write({core::Put{"account", account_, {{"name", std::string{"Acme"}}}, {}}}));
        must(sync::assign(*store, "Acme", "North"));
        for (std::size_t i = 0; i < members; ++i) {
            const auto user = must(sync::add_user(*store, {"Member " + std::to_string(i), "rep", "North", {}, {}}));
            if (i < secrets_.size()) {
                secrets_[i] = must(store->invite(user));
                continue;
            }
            const core::Bytes key(32, 7);  // Nobody proves anything within the hour that a token lasts.
            const auto device = must(store->enrol(must(store->invite(user)), "reader", i + 1, key));
            sync::HelloFrame hello;
            hello.device = device.device;
            hello.token = device.token;
            hello.incarnation = i + 1;
            hello.catalogue = core::catalogue().version;
            hellos_.push_back(sync::encode(hello));
        }
    }
    [[nodiscard]] std::string invitation(std::size_t who, std::uint16_t port) const {
        return sync::invitation_url("http://127.0.0.1:" + std::to_string(port), secrets_[who]);
    }
    [[nodiscard]] const std::vector<core::Bytes>& hellos() const { return hellos_; }
    [[nodiscard]] std::string account() const { return account_.text(); }

private:
    core::Uuid account_;
    std::array<core::Bytes, 2> secrets_;  ///< Of the two whole devices.
    std::vector<core::Bytes> hellos_;
};

/// A port that nobody has just now.
std::uint16_t free_port() {
    boost::asio::io_context io;
    const boost::asio::ip::tcp::acceptor asked{io, {boost::asio::ip::make_address("127.0.0.1"), 0}};
    return asked.local_endpoint().port();
}

/// A whole device: store, bot, link.
class Whole {
public:
    Whole(const std::string& folder, const std::string& invitation) {
        platform::AppConfig config;
        config.folder = folder;
        config.link = [](const platform::LinkSetup& setup) { return platform::websocket_link(setup); };
        app_ = must(platform::App::open(config));
        app_->on_notification([this](const std::string& method, const json& params) { hear(method, params); });
        call("sync.join", {{"invitation", invitation}});
        call("sync.connect");
        until([&] { return call("sync.status")["state"] == "caught_up"; }, "a device is offline", [&] { poll(); });
    }
    json call(const std::string& method, const json& params = json::object()) {
        return must(app_->call(method, params));
    }
    void poll() { app_->poll(1ms); }
    [[nodiscard]] bool has_pending() { return call("sync.status")["pending"] != 0; }

    /// When the line of this text, and the bot's next one, were told here.
    std::string awaited;
    SteadyTime line_at, reply_at;
    std::atomic<int> told{0};  ///< 1: the line, 2: the reply to it.

private:
    void hear(const std::string& method, const json& params) {
        if (method != "message") return;
        const auto& message = params["message"];
        const bool bot = message["author"]["kind"] == "bot";
        if (told == 0 && !bot && message["text"] == awaited) {
            line_at = std::chrono::steady_clock::now();
            told = 1;
        } else if (told == 1 && bot) {
            reply_at = std::chrono::steady_clock::now();
            told = 2;
        }
    }

    std::unique_ptr<platform::App> app_;
};

}  // namespace

int main(int argc, char** argv) {
    const auto lines = argc > 1 ? std::max<std::size_t>(1, std::strtoull(argv[1], nullptr, 10)) : std::size_t{25};
    const auto program = std::filesystem::absolute(argv[0]).parent_path().parent_path() / "platform/debrief";
    if (!std::filesystem::exists(program)) stop("there is no " + program.string() + "; build it first");
    Folder folder{"rooms_live"};
    const auto data = folder.file("data");
    const Prepared prepared{data};
    const Child server{[&](const Child::SayPort& say) {
        const auto port = free_port();
        say(port);
        std::freopen("/dev/null", "w", stdout);
        const auto listen = "127.0.0.1:" + std::to_string(port);
        ::execl(program.c_str(), "debrief", "serve", "--data", data.c_str(), "--listen", listen.c_str(), nullptr);
    }};
    const Child bare{[](const Child::SayPort& say) {
        boost::asio::io_context io{1};
        BareServer bare_server{io};
        say(bare_server.port());
        io.run();
    }};
    const auto listens = [&] {
        boost::asio::io_context io;
        boost::asio::ip::tcp::socket socket{io};
        boost::system::error_code error;
        socket.connect({boost::asio::ip::make_address("127.0.0.1"), server.port()}, error);
        return !error;
    };
    until(listens, "the server does not listen", doze);

    Whole speaker{folder.file("speaker"), prepared.invitation(0, server.port())};
    const json start{{"kind", "deal_review"}, {"account", prepared.account()}};
    const auto room = speaker.call("chat.start", start)["conversation"];
    until([&] { return !speaker.has_pending(); }, "the room does not leave", [&] { speaker.poll(); });
    Whole colleague{folder.file("colleague"), prepared.invitation(1, server.port())};
    if (colleague.call("chat.start", start)["conversation"] != room) stop("the colleague is in another room");
    LightReaders readers{server.port(), prepared.hellos().size(), prepared.hellos()};
    LightReaders bare_readers{bare.port(), prepared.hellos().size(), {}};
    LightSocket bare_writer{bare.port()};

    std::atomic<bool> done{false};
    std::thread screen{[&] {
        while (!done) colleague.poll();
    }};
    Figure all{"a line in a room of 200, at the last of them"}, shown{"shown on a colleague's device"},
        answered{"the bot's reply shown there"}, limit{"a bare broadcast of the same bytes"},
        ratio{"as a multiple of that"};
    for (std::size_t i = 0; i <= lines; ++i) {
        const auto text = "Case " + std::to_string(i) + ": they lose two days a month to the old reconciliation.";
        readers.expect(text);
        colleague.awaited = text;
        colleague.told = 0;
        const auto begun = std::chrono::steady_clock::now();
        speaker.call("chat.say", {{"conversation", room}, {"text", text}});
        until([&] { return readers.all_received(); }, "not every session has the line", [&] { speaker.poll(); });
        until([&] { return colleague.told >= 1; }, "the colleague does not see the line", [&] { speaker.poll(); });
        until([&] { return !speaker.has_pending(); }, "something waits", [&] { speaker.poll(); });
        std::this_thread::sleep_for(20ms);

        const auto message = readers.message();
        bare_readers.expect(std::string{message.begin(), message.end()});
        const auto bare_begun = std::chrono::steady_clock::now();
        bare_writer.send(message);
        until([&] { return bare_readers.all_received(); }, "the bare server keeps something back", doze);
        if (i == 0) continue;  // What is made once is made.
        const auto last = std::max(readers.last_at(), colleague.line_at);
        all.add(milliseconds(begun, last));
        shown.add(milliseconds(begun, colleague.line_at));
        // A review that has asked enough only listens.
        if (colleague.told == 2) answered.add(milliseconds(begun, colleague.reply_at));
        limit.add(milliseconds(bare_begun, bare_readers.last_at()));
        ratio.add(milliseconds(begun, last) / milliseconds(bare_begun, bare_readers.last_at()));
    }
    done = true;
    screen.join();
    all.print("ms", "p99 <= 50");
    shown.print("ms", "p99 <= 50");
    answered.print("ms", "reported");
    limit.print("ms", "raw limit");
    ratio.print("times", "reported");
}
