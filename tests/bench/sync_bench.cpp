// The figures of syncing, over real sockets and real files, each beside the raw limit in the same run where there is
// one. One JSON object a line. Argument: rounds (default 3). `quick` as the second one: a tenth of everything;
// anything else: all. The third one names one figure: upload, wire, converge, away, remote.
#include <cstring>

#include <sys/socket.h>
#include <unistd.h>

#include "core/catalogue/catalogue.hpp"
#include "core/catalogue/scope.hpp"
#include "core/store/database.hpp"
#include "tests/bench/bench_house.hpp"
#include "tests/bench/wire_count.hpp"

namespace {

using namespace debrief;
using namespace debrief::bench;

constexpr std::size_t window = 128U << 10U;

bool read_all(int socket, void* to, std::size_t size) {
    auto* at = static_cast<char*>(to);
    while (size > 0) {
        const auto got = ::read(socket, at, size);
        if (got <= 0) return false;
        at += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

/// What a person would write by hand: payloads over a socket, each kept with its row; one transaction for what came
/// together, acknowledged once it is on disk.
double plain_upload(const Folder& folder, const std::vector<core::Bytes>& payloads) {
    const auto path = folder.file("plain.db");
    for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
    auto db = must(core::Database::open(path, {}, std::chrono::seconds{5}));
    must(
        db->run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                "CREATE TABLE observation(id BLOB PRIMARY KEY, account BLOB, dimension TEXT, text TEXT, said_on TEXT,"
                " state TEXT, by BLOB, person BLOB, recorded_at INTEGER, invented INTEGER, source TEXT) WITHOUT ROWID;"
                "CREATE TABLE log(seq INTEGER PRIMARY KEY, payload BLOB)"));
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) std::abort();
    std::thread server{[&] {
        std::uint32_t count = 0;
        std::uint64_t id = 0;
        while (read_all(ends[1], &count, sizeof count)) {
            auto transaction = must(core::Transaction::begin(*db));
            for (std::uint32_t i = 0; i < count; ++i) {
                std::uint32_t size = 0;
                if (!read_all(ends[1], &size, sizeof size)) return;
                core::Bytes payload(size);
                if (!read_all(ends[1], payload.data(), size)) return;
                core::Uuid key;
                ++id;
                std::memcpy(key.bytes.data(), &id, sizeof id);
                auto row =
                    must(db->prepare("INSERT INTO observation VALUES (?1, ?1, 'why_change', ?2, '2025-03-18',"
                                     " 'confirmed', ?1, ?1, 1742292000000, 1, '{\"quote\":\"two days a month\"}')"));
                row.bind(1, key.view())
                    .bind(2, std::string_view{"They lose two days a month to the old reconciliation"});
                must(row.run());
                auto log = must(db->prepare("INSERT INTO log(payload) VALUES (?1)"));
                log.bind(1, core::ByteView{payload});
                must(log.run());
            }
            must(transaction.commit());
            if (::write(ends[1], &count, sizeof count) != sizeof count) return;
        }
    }};
    const double took = seconds([&] {
        for (std::size_t first = 0; first < payloads.size();) {
            core::Bytes batch(sizeof(std::uint32_t));
            std::uint32_t count = 0;
            for (; first < payloads.size() && batch.size() < window; ++first, ++count) {
                const auto size = static_cast<std::uint32_t>(payloads[first].size());
                const auto* raw = reinterpret_cast<const std::uint8_t*>(&size);
                batch.insert(batch.end(), raw, raw + sizeof size);
                batch.insert(batch.end(), payloads[first].begin(), payloads[first].end());
            }
            std::memcpy(batch.data(), &count, sizeof count);
            std::uint32_t acknowledged = 0;
            for (std::size_t at = 0; at < batch.size();) {
                const auto sent = ::write(ends[0], batch.data() + at, batch.size() - at);
                if (sent <= 0) std::abort();
                at += static_cast<std::size_t>(sent);
            }
            if (!read_all(ends[0], &acknowledged, sizeof acknowledged)) std::abort();
        }
    });
    ::close(ends[0]);
    server.join();
    ::close(ends[1]);
    return took;
}

void upload(std::size_t rounds, std::size_t records) {
    Figure ratio{"upload_of_plain"}, rate{"upload_records"};
    for (std::size_t round = 0; round < rounds; ++round) {
        House house{"upload"};
        Device device{house, "device.db"};
        for (std::size_t i = 0; i < records; ++i)
            device.put("observation", ten_fields(i, house.account(), house.ann()));
        const double ours = seconds([&] {
            if (device.sync().pushed != records) std::abort();
        });
        const std::vector<core::Bytes> payloads(records, core::Bytes(420, 0x5A));
        ratio.add(plain_upload(house.folder(), payloads) / ours);
        rate.add(static_cast<double>(records) / ours);
    }
    ratio.print("ratio", ">= 0.4");
    rate.print("records/s", "");
}

void converge(std::size_t rounds, std::size_t records) {
    constexpr std::size_t devices = 10;
    Figure took{"ten_devices_converge"}, kept{"overwritten_values_kept"};
    for (std::size_t round = 0; round < rounds; ++round) {
        House house{"converge"};
        std::vector<std::unique_ptr<Device>> all;
        for (std::size_t i = 0; i < devices; ++i)
            all.push_back(std::make_unique<Device>(house, "device" + std::to_string(i) + ".db"));
        std::vector<core::Uuid> ids;
        for (std::size_t i = 0; i < records; ++i) {
            ids.push_back(all[0]->records().new_id());
            all[0]->put("contact", {{"account", house.account()}, {"name", "Contact"}}, ids.back());
        }
        for (auto& device : all) device->sync();
        for (std::size_t d = 0; d < devices; ++d) {
            for (const auto& id : ids) all[d]->put("contact", {{"name", "as seen by " + std::to_string(d)}}, id);
        }
        took.add(seconds([&] {
            std::vector<std::thread> threads;
            for (auto& device : all) threads.emplace_back([&] { device->follow_until(records); });
            for (auto& thread : threads) thread.join();
        }));
        std::size_t values = 0;
        for (const auto& conflict : must(all[devices - 1]->records().conflicts())) values += conflict.versions.size();
        kept.add(static_cast<double>(values) / static_cast<double>(records * devices));
        for (auto& device : all) device->link().disconnect();
    }
    took.print("s", "<= 0.5");
    kept.print("share", "= 1");
}

void away(std::size_t rounds, std::size_t changes) {
    Figure took{"away_90_days"};
    for (std::size_t round = 0; round < rounds; ++round) {
        House house{"away"};
        Device away{house, "away.db"}, other{house, "other.db"};
        for (std::size_t i = 0; i < changes; ++i) {
            away.put("observation", ten_fields(i, house.account(), house.ann()));
            other.put("observation", ten_fields(i, house.account(), house.ann()));
        }
        other.sync();
        took.add(seconds([&] {
            const auto did = away.sync();
            if (did.pushed != changes || did.pulled != changes) std::abort();
        }));
    }
    took.print("s", "<= 2");
}

/// A colleague's change, as the log brings it, into a device that holds very many records: until it is durable.
void remote_change(std::size_t changes, std::size_t records) {
    House house{"apply"};
    house.on_server([&](sync::ServerStore& store) {
        for (std::size_t made = 0; made < records;) {
            std::vector<core::Edit> edits;
            for (; made < records && edits.size() < 1000; ++made) {
                edits.push_back(core::Put{"observation", store.records().new_id(),
                                          ten_fields(made, house.account(), house.ann()), std::nullopt});
            }
            must(store.write(edits));
        }
    });
    Device big{house, "big.db"};
    if (big.count("observation") != records) stop("a part of the records is missing");
    const auto scope = core::account_scope(house.account());
    auto position = std::uint64_t{0};
    for (const auto& cursor : must(big.store().cursors())) {
        if (cursor.scope == scope) position = cursor.position;
    }
    const core::Dot colleague{big.records().new_id(), 1, 0};
    Figure applied{"remote_change_into_500000"};
    for (std::size_t i = 1; i <= changes; ++i) {
        core::Changeset changeset;
        changeset.dot = colleague;
        changeset.dot.n = i;
        changeset.scope = scope;
        changeset.time = core::HybridTime{static_cast<std::uint64_t>(big.records().now().count()) << 16U};
        changeset.catalogue = core::catalogue().version;
        core::RecordWrite write{"observation", big.records().new_id(), {}};
        for (auto& [name, value] : ten_fields(i, house.account(), house.ann()))
            write.fields.push_back({name, std::move(value), {}, {}, {}});
        changeset.records.push_back(std::move(write));
        const std::vector<core::LogEntry> entries{
            {position + i, i, changeset.dot, house.ann(), changeset.time, core::encode(changeset)}};
        applied.add(1000 * seconds([&] { must(big.store().apply_log(scope, entries)); }));
    }
    applied.print("ms", "<= 1");
}

}  // namespace

int main(int argc, char** argv) {
    const auto rounds = argc > 1 ? std::max<std::size_t>(1, std::strtoull(argv[1], nullptr, 10)) : std::size_t{3};
    const bool quick = argc > 2 && std::string_view{argv[2]} == "quick";
    const std::string_view only = argc > 3 ? argv[3] : "";
    const std::size_t part = quick ? 10 : 1;
    const auto wanted = [&](std::string_view name) { return only.empty() || only == name; };
    if (wanted("upload")) upload(rounds, 10'000 / part);
    if (wanted("wire")) count_wire(10'000 / part);
    if (wanted("converge")) converge(rounds, 1'000 / part);
    if (wanted("away")) away(rounds, 5'000 / part);
    if (wanted("remote")) remote_change(300 / part, 500'000 / part);
    return 0;
}
