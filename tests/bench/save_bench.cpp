// Durable save of one record of ten fields, against plain SQLite that writes the same row and ten log rows in one
// transaction with the same durability. Both take turns in one run, so that a busy disk slows both.
// Prints one JSON object. Arguments: saves (default 3000), folder (default: the current one).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/store/database.hpp"

namespace {

using namespace debrief::core;

class SteadyClock final : public ClockSource {
public:
    Instant now() override {
        return std::chrono::duration_cast<Instant>(std::chrono::system_clock::now().time_since_epoch());
    }
};

class WeakRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> out) override {
        for (auto& byte : out) {
            state_ = state_ * 6364136223846793005U + 1442695040888963407U;
            byte = static_cast<std::uint8_t>(state_ >> 56U);
        }
    }

private:
    std::uint64_t state_ = 1;
};

[[noreturn]] void stop(const Error& error) {
    std::fprintf(stderr, "save_bench: %s\n", error.detail.c_str());
    std::exit(1);
}
template <typename T>
T must(Result<T> result) {
    if (!result) stop(result.error());
    return std::move(*result);
}

FieldMap ten_fields(std::size_t i, const Uuid& account) {
    const auto text = std::to_string(i);
    return {{"account", account},
            {"dimension", "why_change"},
            {"text", "They lose two days a month to the old reconciliation, says the controller, case " + text},
            {"said_on", "2025-03-18"},
            {"state", "confirmed"},
            {"by", account},
            {"person", account},
            {"recorded_at", static_cast<std::int64_t>(i)},
            {"invented", true},
            {"source", "{\"quote\":\"two days a month\"}"}};
}

/// What a person would write by hand: the row, and one log row a field.
class Plain {
public:
    explicit Plain(const std::string& path) : db_(must(Database::open(path, {}, std::chrono::seconds{5}))) {
        must(db_->run(R"sql(
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON;
            CREATE TABLE observation(id BLOB PRIMARY KEY, account BLOB, dimension TEXT, text TEXT, said_on TEXT, state TEXT,
                                     by BLOB, person BLOB, recorded_at INTEGER, invented INTEGER, source TEXT) WITHOUT ROWID;
            CREATE TABLE log(seq INTEGER PRIMARY KEY, id BLOB, field TEXT, value, time INTEGER, device BLOB);
        )sql"));
    }

    void save(const Uuid& id, const FieldMap& fields) {
        auto transaction = must(Transaction::begin(*db_));
        {
            auto row = must(db_->prepare(R"sql(
                INSERT INTO observation(id, account, by, dimension, invented, person, recorded_at, said_on, source, state, text)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))sql"));
            row.bind(1, id.view());
            int place = 2;
            for (const auto& [name, value] : fields) bind(row, place++, value);
            must(row.run());
        }
        for (const auto& [name, value] : fields) {
            auto log =
                must(db_->prepare("INSERT INTO log(id, field, value, time, device) VALUES (?1, ?2, ?3, ?4, ?5)"));
            log.bind(1, id.view())
                .bind(2, std::string_view{name})
                .bind(4, std::int64_t{1'742'292'000'000})
                .bind(5, id.view());
            bind(log, 3, value);
            must(log.run());
        }
        must(transaction.commit());
    }

private:
    static void bind(Statement& statement, int place, const Value& value) {
        if (const auto* text = std::get_if<std::string>(&value)) statement.bind(place, std::string_view{*text});
        if (const auto* number = std::get_if<std::int64_t>(&value)) statement.bind(place, *number);
        if (const auto* flag = std::get_if<bool>(&value)) statement.bind(place, std::int64_t{*flag});
        if (const auto* id = std::get_if<Uuid>(&value)) statement.bind(place, id->view());
    }
    std::unique_ptr<Database> db_;
};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

template <typename Work>
double seconds(Work work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
    const auto saves = argc > 1 ? static_cast<std::size_t>(std::strtoull(argv[1], nullptr, 10)) : std::size_t{3000};
    const std::string folder = argc > 2 ? argv[2] : ".";
    constexpr std::size_t round = 100;
    SteadyClock clock;
    WeakRandom random;
    const auto ours_path = folder + "/save_bench_ours.db", plain_path = folder + "/save_bench_plain.db";
    const auto remove_all = [&] {
        for (const auto& path : {ours_path, plain_path}) {
            for (const auto* suffix : {"", "-wal", "-shm"}) std::remove((path + suffix).c_str());
        }
    };
    remove_all();
    std::vector<double> ratios;
    double ours_total = 0, plain_total = 0;
    std::int64_t version_bytes = 0;
    {
        auto ours = must(DeviceStore::open({.path = ours_path}, clock, random));
        Plain plain{plain_path};
        const auto account = ours->records().new_id();
        for (std::size_t done = 0; done < saves; done += round) {
            const double ours_time = seconds([&] {
                for (std::size_t i = 0; i < round; ++i) {
                    const auto id = ours->records().new_id();
                    must(ours->records().write({Put{"observation", id, ten_fields(done + i, account), std::nullopt}}));
                }
            });
            const double plain_time = seconds([&] {
                for (std::size_t i = 0; i < round; ++i)
                    plain.save(ours->records().new_id(), ten_fields(done + i, account));
            });
            ratios.push_back(plain_time / ours_time);
            ours_total += ours_time;
            plain_total += plain_time;
        }
        version_bytes = must(ours->records().database().integer("SELECT sum(length(_ver)) FROM t_observation"));
    }
    remove_all();
    const auto n = static_cast<double>(ratios.size() * round);
    std::printf(
        "{\"bench\": \"save\", \"n\": %.0f, \"ours_per_s\": %.0f, \"plain_per_s\": %.0f, \"ratio\": %.3f, "
        "\"version_bytes_per_field\": %.2f}\n",
        n, n / ours_total, n / plain_total, median(ratios), static_cast<double>(version_bytes) / n / 10);
    return 0;
}
