// A new device fetches a workspace: 100,000 records of ten fields in 50 accounts, until they are durable and can be
// searched. Against a plain bulk insert of the same rows with the same search index, durable, one transaction an
// account. Both take turns in one run. Server and device run in one thread: reading and encoding count as well.
// Prints one JSON object. Arguments: records (default 100000), rounds (default 3), folder (default: the current one).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/store/database.hpp"
#include "sync/client/client_session.hpp"
#include "sync/server/admin.hpp"
#include "sync/server/server_session.hpp"
#include "sync/server/session_hub.hpp"

namespace {

using namespace debrief;
using namespace debrief::core;

constexpr std::size_t accounts = 50;

class SteadyClock final : public ClockSource {
public:
    Instant now() override {
        return std::chrono::duration_cast<Instant>(std::chrono::system_clock::now().time_since_epoch());
    }
};

class WeakRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> out) override {
        for (auto& byte : out) byte = static_cast<std::uint8_t>(next() >> 56U);
    }
    std::uint64_t next() { return state_ = state_ * 6364136223846793005U + 1442695040888963407U; }

private:
    std::uint64_t state_ = 1;
};

[[noreturn]] void stop(const std::string& why) {
    std::fprintf(stderr, "new_device_bench: %s\n", why.c_str());
    std::exit(1);
}
template <typename T>
T must(Result<T> result) {
    if (!result) stop(result.error().detail);
    return std::move(*result);
}

/// Some twenty words, a few of them rare, as people write them.
std::string sentence(WeakRandom& random) {
    static constexpr const char* words[]{"they",    "lose",   "two",     "days",     "a",          "month",   "to",
                                         "the",     "old",    "process", "says",     "controller", "because", "nobody",
                                         "owns",    "it",     "and",     "audit",    "wants",      "proof",   "before",
                                         "quarter", "budget", "risk",    "customer", "service",    "delay",   "plan"};
    std::string text;
    for (int i = 0; i < 18; ++i) text += std::string{words[(random.next() >> 33U) % std::size(words)]} + ' ';
    return text + "case" + std::to_string((random.next() >> 33U) % 20'000);
}

FieldMap ten_fields(std::size_t i, const Uuid& account, WeakRandom& random) {
    return {{"account", account},       {"dimension", "why_change"},
            {"text", sentence(random)}, {"said_on", "2025-03-18"},
            {"state", "confirmed"},     {"by", account},
            {"person", account},        {"recorded_at", static_cast<std::int64_t>(i)},
            {"invented", true},         {"source", "{\"quote\":\"two days a month\"}"}};
}

struct Row {
    Uuid id;
    FieldMap fields;
};

void insert_plain(const std::string& path, const std::vector<std::vector<Row>>& all) {
    auto db = must(Database::open(path, {}, std::chrono::seconds{5}));
    must(db->run(R"sql(
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON;
        CREATE TABLE observation(rid INTEGER PRIMARY KEY, id BLOB UNIQUE, account BLOB, by BLOB, dimension TEXT,
            invented INTEGER, person BLOB, recorded_at INTEGER, said_on TEXT, source TEXT, state TEXT, text TEXT);
        CREATE INDEX observation_account ON observation(account);
        CREATE VIRTUAL TABLE search USING fts5(text, tokenize = 'unicode61 remove_diacritics 2');
        INSERT INTO search(search, rank) VALUES ('secure-delete', 1);
    )sql"));
    for (const auto& rows : all) {
        auto transaction = must(Transaction::begin(*db));
        for (const auto& row : rows) {
            auto insert = must(db->prepare(R"sql(
                INSERT INTO observation(id, account, by, dimension, invented, person, recorded_at, said_on, source, state,
                                        text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))sql"));
            insert.bind(1, row.id.view());
            int place = 2;
            for (const auto& [name, value] : row.fields) {
                if (const auto* text = std::get_if<std::string>(&value)) insert.bind(place, std::string_view{*text});
                if (const auto* number = std::get_if<std::int64_t>(&value)) insert.bind(place, *number);
                if (const auto* flag = std::get_if<bool>(&value)) insert.bind(place, std::int64_t{*flag});
                if (const auto* id = std::get_if<Uuid>(&value)) insert.bind(place, id->view());
                ++place;
            }
            must(insert.run());
            auto search = must(db->prepare("INSERT INTO search(rowid, text) VALUES (?1, ?2)"));
            search.bind(1, db->last_rowid()).bind(2, std::string_view{std::get<std::string>(row.fields.at("text"))});
            must(search.run());
        }
        must(transaction.commit());
    }
    const auto found = must(db->integer("SELECT count(*) FROM search WHERE search MATCH 'budget'"));
    if (found == 0) stop("nothing was found");
}

/// One device and the server's side of its connection, without a network between.
void fetch(sync::SessionHub& hub, DeviceStore& device, ClockSource& clock, RandomSource& random,
           const sync::Invitation& invitation, std::size_t records) {
    sync::ClientSession client{device, clock, random, {}};
    std::unique_ptr<sync::ServerSession> server;
    std::deque<sync::SharedBytes> up;
    const auto carry_out = [&](sync::Actions actions) {
        for (auto& action : actions) {
            if (auto* sends = std::get_if<sync::SendFrame>(&action)) up.push_back(sends->bytes);
            if (std::holds_alternative<sync::Close>(action)) stop("closed: " + client.status().problem);
        }
    };
    carry_out(must(client.join(invitation, "bench")));
    server = std::make_unique<sync::ServerSession>(hub, sync::ServerConfig{}, [] {});
    server->on_open();
    carry_out(client.on_open());
    while (client.status().state != sync::SyncState::caught_up) {
        bool moved = false;
        while (!up.empty()) {
            const auto message = up.front();
            up.pop_front();
            server->on_frame(*message);
            moved = true;
        }
        if (hub.has_work()) must(hub.commit());
        for (int i = 0; i < 8; ++i) {
            const auto message = server->next_frame();
            if (!message) break;
            carry_out(client.on_frame(**message));
            moved = true;
        }
        if (!moved) stop("nothing moves: " + client.status().problem);
    }
    if (client.status().progress.records_done < records) stop("it did not come as state");
    server->on_closed();
    if (must(device.records().search("budget")).empty()) stop("nothing was found");
}

template <typename Work>
double seconds(Work work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
    const auto records =
        argc > 1 ? static_cast<std::size_t>(std::strtoull(argv[1], nullptr, 10)) : std::size_t{100'000};
    const auto rounds = argc > 2 ? std::atoi(argv[2]) : 3;
    const std::string folder = std::string{argc > 3 ? argv[3] : "."} + "/new_device_bench.tmp";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    SteadyClock clock;
    WeakRandom random;
    std::vector<double> ratios, per_second;
    {
        auto store = must(sync::ServerStore::open({.path = folder + "/server.db"}, clock, random, "Bench"));
        must(sync::add_user(*store, {"Ann", "rep", {}, {}, {}}));
        std::vector<std::vector<Row>> all(accounts);
        std::size_t made = 0;
        for (auto& rows : all) {
            const auto account = store->records().new_id();
            must(store->write({Put{"account", account, {{"name", account.text()}}, std::nullopt}}));
            must(sync::assign(*store, account.text(), "Ann"));
            constexpr std::size_t entries = 300;  // More than a device would read as log.
            const auto count = records / accounts;
            for (std::size_t entry = 0, at = 0; entry < entries; ++entry) {
                std::vector<Edit> edits;
                for (; at < count * (entry + 1) / entries; ++at) {
                    rows.push_back({store->records().new_id(), ten_fields(made++, account, random)});
                    edits.push_back(Put{"observation", rows.back().id, rows.back().fields, std::nullopt});
                }
                if (!edits.empty()) must(store->write(edits));
            }
        }
        sync::SessionHub hub{*store, clock, random};
        must(hub.commit());
        for (int round = 0; round < rounds; ++round) {
            const auto plain_path = folder + "/plain" + std::to_string(round);
            const double plain = seconds([&] { insert_plain(plain_path, all); });
            const auto secret = must(sync::invite(*store, "Ann"));
            const auto invitation = must(sync::parse_invitation(sync::invitation_url("http://server", secret)));
            const auto path = folder + "/device" + std::to_string(round);
            const double ours = seconds([&] {
                auto device = must(DeviceStore::open({.path = path}, clock, random));
                fetch(hub, *device, clock, random, invitation, made);
            });
            ratios.push_back(plain / ours);
            per_second.push_back(static_cast<double>(made) / ours);
        }
    }
    std::filesystem::remove_all(folder);
    std::sort(ratios.begin(), ratios.end());
    std::sort(per_second.begin(), per_second.end());
    std::printf(
        "{\"bench\": \"new_device\", \"n\": %d, \"records\": %zu, \"records_per_s\": %.0f, \"ratio\": %.3f, "
        "\"ratio_min\": %.3f, \"ratio_max\": %.3f}\n",
        rounds, records, per_second[per_second.size() / 2], ratios[ratios.size() / 2], ratios.front(), ratios.back());
    return 0;
}
