// A store to import into, with a clock that stands still.
#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "core/import/import.hpp"
#include "core/store/store.hpp"

namespace debrief::core::testing {

struct ImportWorld {
    struct StoppedClock : ClockSource {
        Instant time{1'764'061'200'000};  // 2025-11-25T09:00Z
        Instant now() override { return time; }
    } clock;
    struct CountedBytes : RandomSource {
        std::uint64_t next = 0;
        void fill(std::span<std::uint8_t> out) override {
            ++next;
            for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(next >> (8 * (i % 8)));
        }
    } random;
    std::unique_ptr<Store> store;
    ImportOptions options;

    explicit ImportWorld(const std::string& user = "Importer", const std::string& path = ":memory:") {
        Store::Config config;
        config.path = path;
        auto opened = Store::open(config, clock, random);
        REQUIRE(opened);
        store = std::move(*opened);
        Identity self;
        self.workspace.bytes[15] = 1;
        self.workspace_name = "Test";
        self.user.bytes[15] = 2;
        self.user_name = user;
        self.role = "admin";
        self.device.bytes[15] = 3;
        self.incarnation = 1;
        REQUIRE(store->set_identity(self));
        options.today = std::chrono::sys_days{std::chrono::year{2025} / 11 / 25};
    }

    ImportReport import(std::string_view format, const ImportFiles& files) {
        auto report = import_files(*store, format, files, options);
        INFO((report ? std::string{} : report.error().detail));
        REQUIRE(report);
        return std::move(*report);
    }
    Uuid put(const std::string& table, FieldMap fields) {
        const Uuid id = store->new_id();
        const auto written = store->write({Put{table, id, std::move(fields), {}}});
        INFO((written ? std::string{} : written.error().detail));
        REQUIRE(written);
        return id;
    }
    std::vector<Record> all(const std::string& table, std::vector<Where> where = {}) {
        auto page = store->list({.table = table, .where = std::move(where), .order = "id", .limit = 0, .after = {}});
        INFO((page ? std::string{} : page.error().detail));
        REQUIRE(page);
        return std::move(page->records);
    }
    Record only(const std::string& table, const std::string& field, Value value) {
        auto found = all(table, {{field, Where::Op::equal, std::move(value)}});
        REQUIRE(found.size() == 1);
        return found.front();
    }
};

inline const ImportAnomaly* anomaly(const ImportReport& report, std::string_view kind) {
    for (const ImportAnomaly& one : report.anomalies) {
        if (one.kind == kind) return &one;
    }
    return nullptr;
}
inline std::size_t count_of(const ImportReport& report, std::string_view kind) {
    const ImportAnomaly* found = anomaly(report, kind);
    return found == nullptr ? 0 : found->count;
}

/// The CRM export that the product ships.
inline ImportFiles crm_files() {
    ImportFiles files;
    for (const char* name : {"accounts.csv", "products.csv", "sales_pipeline.csv", "sales_teams.csv"}) {
        std::ifstream file{std::string{DEBRIEF_SOURCE_DIR} + "/platform/sample/crm/" + name, std::ios::binary};
        REQUIRE(file);
        files[name] = std::string{std::istreambuf_iterator<char>{file}, {}};
    }
    return files;
}

}  // namespace debrief::core::testing
