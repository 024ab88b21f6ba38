// Fan-out over loopback: one writer saves, and so many readers of the same scope receive it from one real server. Timed
// from the beginning of the writer's durable save until the last reader has it; beside it, turn and turn about in the
// same run, a bare Beast broadcast of the same bytes to as many connections, read by the same code. Servers are
// processes of their own. One JSON object a line. Argument: rounds (default 20). `quick` as the second one: a tenth of
// the readers.
#include <sys/resource.h>

#include "core/catalogue/catalogue.hpp"
#include "tests/bench/bare_broadcast.hpp"
#include "tests/bench/bench_house.hpp"
#include "tests/bench/child.hpp"

namespace {

using namespace debrief;
using namespace debrief::bench;
using namespace std::chrono_literals;

/// Who reads, and what.
struct Shape {
    std::string name;
    std::size_t readers = 0;
    bool inflates = false;  ///< The readers take deflated frames.
    std::size_t text = 0;   ///< Bytes that a save holds at least; 0: the few of any other bench.
};

/// A workspace with an account that a team of 50 serves. All readers are devices of theirs that were enrolled already.
class Workspace {
public:
    static constexpr std::size_t team = 50;

    Workspace(const Folder& folder, const Shape& shape) : path_(folder.file("server.db")) {
        platform::AppClock clock;
        platform::AppRandom random;
        const auto store = open(clock, random);
        must(sync::add_team(*store, {"North", {}, {}, {}}));
        std::vector<core::Uuid> people;
        for (std::size_t i = 0; i < team; ++i)
            people.push_back(must(sync::add_user(*store, {"Reader " + std::to_string(i), "rep", "North", {}, {}})));
        writer_ = must(sync::add_user(*store, {"Ann", "rep", "North", {}, {}}));
        account_ = store->records().new_id();
        must(store->write({core::Put{"account", account_, {{"name", std::string{"Acme"}}}, {}}}));
        must(sync::assign(*store, "Acme", "North"));
        for (std::size_t i = 0; i < shape.readers; ++i) {
            const core::Bytes key(32, 7);  // Nobody proves anything within the hour that a token lasts.
            const auto secret = must(store->invite(people[i % team]));
            const auto device = must(store->enrol(secret, "reader", i + 1, key));
            sync::HelloFrame hello;
            hello.device = device.device;
            hello.token = device.token;
            hello.incarnation = i + 1;
            hello.catalogue = core::catalogue().version;
            hello.inflates = shape.inflates;
            hellos_.push_back(sync::encode(hello));
        }
        secret_ = must(store->invite(writer_));
    }

    /// In the process of the server.
    void serve(const Child::SayPort& say_port) const {
        platform::AppClock clock;
        platform::AppRandom random;
        const auto store = open(clock, random);
        boost::asio::io_context io{1};
        const auto loop = must(platform::ServerLoop::start(io, *store, clock, random, {}));
        const auto address = loop->address();
        say_port(static_cast<std::uint16_t>(std::stoul(address.substr(address.rfind(':') + 1))));
        io.run();
    }
    [[nodiscard]] std::string invitation(std::uint16_t port) const {
        return sync::invitation_url("http://127.0.0.1:" + std::to_string(port), secret_);
    }
    [[nodiscard]] const std::vector<core::Bytes>& hellos() const { return hellos_; }
    [[nodiscard]] core::FieldMap fields(std::size_t round, const std::string& text) const {
        auto all = ten_fields(round, account_, writer_);
        all["text"] = text;
        return all;
    }

private:
    [[nodiscard]] std::unique_ptr<sync::ServerStore> open(platform::AppClock& clock,
                                                          platform::AppRandom& random) const {
        auto config = config_for(path_);
        config.search = false;
        return must(sync::ServerStore::open(config, clock, random, "Sales"));
    }

    std::string path_;
    core::Uuid account_, writer_;
    core::Bytes secret_;
    std::vector<core::Bytes> hellos_;
};

/// Words that no other round has, as long as they are to be; noise of hexadecimal, so that deflate has something to do.
std::string words(std::size_t round, std::size_t size) {
    std::string text = "They lose two days a month to the old reconciliation, case " + std::to_string(round) + ".";
    for (std::uint64_t state = round + 1; text.size() < size;
         state = state * 6364136223846793005ULL + 1442695040888963407ULL)
        text += "0123456789abcdef"[state >> 60U];
    return text;
}

void fan_out(const Shape& shape, std::size_t rounds, const char* target) {
    Folder folder{"fanout"};
    const Workspace workspace{folder, shape};
    const Child ours{[&](const Child::SayPort& say) { workspace.serve(say); }};
    const Child bare{[](const Child::SayPort& say) {
        boost::asio::io_context io{1};
        BareServer server{io};
        say(server.port());
        io.run();
    }};
    Device writer{folder.file("writer.db"), workspace.invitation(ours.port())};
    writer.link().connect();
    until([&] { return writer.link().status().state == platform::LinkStatus::State::caught_up; },
          "the writer is offline", [&] { writer.link().poll(1ms); });
    LightReaders readers{ours.port(), shape.readers, workspace.hellos()};
    LightReaders bare_readers{bare.port(), shape.readers, {}};
    LightSocket bare_writer{bare.port()};

    Figure last{shape.name + "_last_ms"}, first{shape.name + "_first_ms"}, limit{shape.name + "_bare_last_ms"};
    Figure ratio{shape.name + "_last_of_bare"}, work{shape.name + "_server_us_each"},
        bare_work{shape.name + "_bare_us_each"};
    const auto each = [&](double spent) { return 1e6 * spent / static_cast<double>(shape.readers); };
    for (std::size_t round = 0; round <= rounds; ++round) {
        const auto text = words(round, shape.text);
        // In CBOR "akaz" is the kind z.
        readers.expect(shape.inflates ? std::string{"akaz"} : text);
        const auto worked = ours.worked();
        const auto begun = std::chrono::steady_clock::now();
        writer.put("observation", workspace.fields(round, text));
        writer.link().store_changed();
        until([&] { return readers.all_received(); }, "not everybody has received the change",
              [&] { writer.link().poll(1ms); });
        until([&] { return readers.all_level() && writer.counts().pending == 0; }, "not everybody is level",
              [&] { writer.link().poll(1ms); });
        const auto spent = ours.worked() - worked;

        const auto message = readers.message();
        bare_readers.expect(std::string{message.begin(), message.end()});
        const auto bare_worked = bare.worked();
        const auto bare_begun = std::chrono::steady_clock::now();
        bare_writer.send(message);
        until([&] { return bare_readers.all_received(); }, "the bare server keeps something back", doze);
        if (round == 0) continue;  // What is made once is made.
        last.add(milliseconds(begun, readers.last_at()));
        first.add(milliseconds(begun, readers.first_at()));
        limit.add(milliseconds(bare_begun, bare_readers.last_at()));
        ratio.add(milliseconds(begun, readers.last_at()) / milliseconds(bare_begun, bare_readers.last_at()));
        work.add(each(spent));
        bare_work.add(each(bare.worked() - bare_worked));
    }
    last.print("ms", "");
    first.print("ms", "");
    limit.print("ms", "");
    ratio.print("ratio", target);
    work.print("us", "");
    bare_work.print("us", "");
    writer.link().disconnect();
}

/// As many open files as this process may have. False, and why, where that is not enough for so many readers.
bool may_open(const Shape& shape) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) give_up("no limit of open files");
    const rlim_t needed = 2 * shape.readers + 100;  // Readers of both servers.
    // Root may also raise what is its most.
    const rlimit wanted{needed, std::max(needed, limit.rlim_max)};
    if (limit.rlim_max < needed && ::setrlimit(RLIMIT_NOFILE, &wanted) == 0) return true;
    limit.rlim_cur = limit.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) give_up("cannot raise the limit of open files");
    if (limit.rlim_cur >= needed) return true;
    const auto allowed = static_cast<unsigned long long>(limit.rlim_cur),
               wants = static_cast<unsigned long long>(needed);
    std::fprintf(stderr, "bench: %zu readers need %llu open files, and this system allows %llu: left out\n",
                 shape.readers, wants, allowed);
    std::printf("{\"left_out\": \"%s\", \"open_files\": %llu, \"needed\": %llu}\n", shape.name.c_str(), allowed, wants);
    return false;
}

}  // namespace

int main(int argc, char** argv) {
    const auto rounds = argc > 1 ? std::max<std::size_t>(1, std::strtoull(argv[1], nullptr, 10)) : std::size_t{20};
    const bool quick = argc > 2 && std::string_view{argv[2]} == "quick";
    const auto named = [&](std::size_t readers, const std::string& kind, bool inflates, std::size_t text) {
        const auto count = quick ? readers / 10 : readers;
        return Shape{"fanout_" + std::to_string(count) + kind, count, inflates, text};
    };
    // The long ones show what deflating costs: once a change, or once a reader.
    for (const auto& shape : {named(500, "", false, 0), named(5'000, "", false, 0), named(500, "_16kB", false, 16'000),
                              named(500, "_16kB_deflated", true, 16'000)}) {
        if (may_open(shape)) fan_out(shape, rounds, shape.text == 0 ? "<= 1.5" : "");
    }
    return 0;
}
