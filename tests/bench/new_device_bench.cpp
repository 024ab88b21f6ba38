// A new device fetches a workspace: 100,000 records of ten fields in 50 accounts, until they are durable and can be
// searched. Against a plain bulk insert of the same rows with the same search index, durable, one transaction an
// account. Both take turns in one run. The server is a thread of its own behind a real socket.
// Arguments: rounds (default 3), `quick`: a tenth of the records.
#include "core/store/database.hpp"
#include "tests/bench/bench_house.hpp"

namespace {

using namespace debrief;
using namespace debrief::core;
using namespace debrief::bench;

constexpr std::size_t accounts = 50;

class Chance {
public:
    std::uint64_t next() { return (state_ = state_ * 6364136223846793005U + 1442695040888963407U) >> 33U; }

private:
    std::uint64_t state_ = 1;
};

/// Some twenty words, a few of them rare, as people write them.
std::string sentence(Chance& chance) {
    static constexpr const char* words[]{"they",    "lose",   "two",     "days",     "a",          "month",   "to",
                                         "the",     "old",    "process", "says",     "controller", "because", "nobody",
                                         "owns",    "it",     "and",     "audit",    "wants",      "proof",   "before",
                                         "quarter", "budget", "risk",    "customer", "service",    "delay",   "plan"};
    std::string text;
    for (int i = 0; i < 18; ++i) text += std::string{words[chance.next() % std::size(words)]} + ' ';
    return text + "case" + std::to_string(chance.next() % 20'000);
}

FieldMap fields_of(std::size_t i, const Uuid& account, Chance& chance) {
    return {{"account", account},       {"dimension", "why_change"},
            {"text", sentence(chance)}, {"said_on", "2025-03-18"},
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

/// The same rows on the server, in more changes than a device would read as log.
std::vector<std::vector<Row>> fill(House& house, std::size_t records) {
    std::vector<std::vector<Row>> all(accounts);
    Chance chance;
    std::size_t made = 0;
    house.on_server([&](sync::ServerStore& store) {
        for (auto& rows : all) {
            const auto account = store.records().new_id();
            must(store.write({Put{"account", account, {{"name", account.text()}}, std::nullopt}}));
            must(sync::assign(store, account.text(), "Ann"));
            constexpr std::size_t changes = 300;
            const auto count = records / accounts;
            for (std::size_t change = 0, at = 0; change < changes; ++change) {
                std::vector<Edit> edits;
                for (; at < count * (change + 1) / changes; ++at) {
                    rows.push_back({store.records().new_id(), fields_of(made++, account, chance)});
                    edits.push_back(Put{"observation", rows.back().id, rows.back().fields, std::nullopt});
                }
                if (!edits.empty()) must(store.write(edits));
            }
        }
    });
    return all;
}

}  // namespace

int main(int argc, char** argv) {
    const auto rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 3;
    const bool quick = argc > 2 && std::string_view{argv[2]} == "quick";
    const std::size_t records = quick ? 10'000 : 100'000;
    House house{"new_device"};
    const auto all = fill(house, records);
    Figure ratio{"new_device_of_plain"}, rate{"new_device_records"};
    for (int round = 0; round < rounds; ++round) {
        const auto name = std::to_string(round);
        const double plain = seconds([&] { insert_plain(house.folder().file("plain" + name), all); });
        const double ours = seconds([&] {
            Device device{house, "device" + name};
            if (must(device.records().search("budget")).empty()) stop("nothing was found");
            if (device.count("observation") != records) stop("a part of the records is missing");
        });
        ratio.add(plain / ours);
        rate.add(static_cast<double>(records) / ours);
    }
    ratio.print("ratio", ">= 0.5");
    rate.print("records/s", "");
    return 0;
}
