// Bytes and messages on the wire: the production sessions with nothing between them but a count.
#pragma once

#include <deque>

#include "sync/client/client_session.hpp"
#include "sync/server/server_session.hpp"
#include "tests/bench/bench_house.hpp"

namespace debrief::bench {

/// One connection of one device, in memory.
class CountedWire {
public:
    CountedWire(sync::SessionHub& hub, sync::ClientSession& client)
        : hub_(hub), client_(client), server_(hub, sync::ServerConfig{}, [this] { woken_ = true; }) {
        server_.on_open();
        take(client_.on_open());
        run();
    }
    ~CountedWire() {
        server_.on_closed();
        client_.on_closed({"", true});
    }
    CountedWire(const CountedWire&) = delete;
    CountedWire& operator=(const CountedWire&) = delete;

    std::size_t up = 0, down = 0, messages = 0;  ///< Bytes; messages both ways.

private:
    void take(const sync::Actions& actions) {
        for (const auto& action : actions) {
            if (const auto* frame = std::get_if<sync::SendFrame>(&action)) waiting_.push_back(frame->bytes);
        }
    }
    void run() {
        for (bool moved = true; moved;) {
            moved = false;
            while (!waiting_.empty()) {
                const auto message = waiting_.front();
                waiting_.pop_front();
                up += message->size();
                ++messages;
                server_.on_frame(*message);
                moved = true;
            }
            if (hub_.has_work()) must(hub_.commit());
            if (std::exchange(woken_, false)) server_.on_wake();
            while (auto message = server_.next_frame()) {
                down += (*message)->size();
                ++messages;
                take(client_.on_frame(**message));
                moved = true;
            }
        }
    }

    sync::SessionHub& hub_;
    sync::ClientSession& client_;
    bool woken_ = false;
    std::deque<sync::SharedBytes> waiting_;
    sync::ServerSession server_;
};

/// An upload of so many records of ten fields, then a return with nothing to do.
inline void count_wire(std::size_t records) {
    Folder folder{"wire"};
    platform::AppClock clock;
    platform::AppRandom random;
    auto server_config = config_for(folder.file("server.db"));
    server_config.search = false;
    auto server = must(sync::ServerStore::open(server_config, clock, random, "Sales"));
    const auto ann = must(sync::add_user(*server, {"Ann", "rep", {}, {}, {}}));
    const auto account = server->records().new_id();
    must(server->write({core::Put{"account", account, {{"name", std::string{"Acme"}}}, {}}}));
    must(sync::assign(*server, "Acme", "Ann"));
    sync::SessionHub hub{*server, clock, random};
    auto store = must(core::DeviceStore::open(config_for(folder.file("device.db")), clock, random));
    sync::ClientSession client{*store, clock, random};
    const auto invitation =
        must(sync::parse_invitation(sync::invitation_url("http://127.0.0.1:1", must(sync::invite(*server, "Ann")))));
    must(client.join(invitation, "phone"));
    { CountedWire wire{hub, client}; }
    for (std::size_t i = 0; i < records; ++i) {
        must(store->records().write(
            {core::Put{"observation", store->records().new_id(), ten_fields(i, account, ann), {}}}));
    }
    const auto connect = [&] { client.on_timer(sync::Timer::reconnect); };
    {
        connect();
        CountedWire wire{hub, client};
        if (must(store->counts()).pending != 0) std::abort();
        Figure both{"upload_wire_mb"}, up{"upload_wire_up_mb"};
        both.add(static_cast<double>(wire.up + wire.down) / 1e6);
        up.add(static_cast<double>(wire.up) / 1e6);
        both.print("MB", "<= 1.0 for 10,000");
        up.print("MB", "");
    }
    connect();
    CountedWire wire{hub, client};
    Figure bytes{"reconnect_idle_bytes"}, messages{"reconnect_idle_messages"};
    bytes.add(static_cast<double>(wire.up + wire.down));
    messages.add(static_cast<double>(wire.messages));
    bytes.print("B", "<= 1000");
    messages.print("messages", "hello, welcome, level");
}

}  // namespace debrief::bench
