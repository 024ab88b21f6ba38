// Whatever a device pushes gets one final result, and what the server has taken another device can apply: afterwards
// both have the same digest of the scope. An even first byte: the rest is a payload as it comes; else it is drawn from.
#include <fuzzer/FuzzedDataProvider.h>

#include <map>
#include <memory>
#include <set>

#include "core/catalogue/scope.hpp"
#include "core/store/scope_digest.hpp"
#include "sync/server/admin.hpp"
#include "sync/server/server_store.hpp"
#include "tests/fuzz/fuzz_help.hpp"
#include "tests/sync/support/fakes.hpp"

using namespace debrief;
using namespace debrief::fuzz;

namespace {

// A server with one user and three accounts, and a device of that user that reads what others write.
struct House {
    sync::test::FakeClock clock;
    sync::test::FakeRandom random{1};
    std::unique_ptr<sync::ServerStore> server;
    std::unique_ptr<core::DeviceStore> reader;
    core::Uuid user;
    core::Uuid writer = id_of(900);
    std::vector<core::Uuid> accounts;
    std::uint64_t next_n = 1;
    std::vector<core::Dot> dots;

    House() {
        core::Store::Config config;
        config.path = ":memory:";
        server = must(sync::ServerStore::open(config, clock, random, "Fuzz"));
        user = must(sync::add_user(*server, {"Ann", "rep", {}, {}, {}}));
        for (std::uint64_t i = 0; i < 3; ++i) {
            accounts.push_back(id_of(i));
            DEBRIEF_CHECK(server->write({core::Put{"account", id_of(i), {{"name", "A" + std::to_string(i)}}, {}}}));
            DEBRIEF_CHECK(sync::assign(*server, id_of(i).text(), "Ann"));
        }
        DEBRIEF_CHECK(server->commit());
        reader = must(core::DeviceStore::open(config, clock, random));
        core::Identity identity;
        identity.workspace = id_of(901), identity.user = user, identity.device = id_of(902);
        identity.incarnation = 1;
        identity.user_name = "Ann", identity.role = "rep";
        DEBRIEF_CHECK(reader->records().set_identity(identity));
    }

    void push(core::Bytes payload) {
        server->submit({1, writer, user, 1, next_n, {std::move(payload)}});
        const auto committed = must(server->commit());
        DEBRIEF_CHECK(committed.answers.size() == 1 && committed.answers[0].results.size() == 1);
        const auto& result = committed.answers[0].results[0];
        DEBRIEF_CHECK(result.n == next_n);
        if (result.kind == core::PushResult::Kind::ok) dots.push_back({writer, 1, next_n});
        ++next_n;
        for (const auto& scope : committed.scopes) read(scope);
    }

    void read(const std::string& scope) {
        DEBRIEF_CHECK(reader->open_scope(scope));
        std::uint64_t position = 0;
        for (const auto& cursor : must(reader->cursors())) {
            if (cursor.scope == scope) position = cursor.position;
        }
        for (auto entries = must(server->read_log(scope, position, 1U << 20U)); !entries.empty();
             entries = must(server->read_log(scope, position, 1U << 20U))) {
            DEBRIEF_CHECK(reader->apply_log(scope, entries));
            position = entries.back().position;
        }
        DEBRIEF_CHECK(must(core::digest_of(reader->records(), scope)) ==
                      must(core::digest_of(server->records(), scope)));
    }
};

core::Value some_value(FuzzedDataProvider& from, House& house) {
    switch (from.ConsumeIntegralInRange(0, 6)) {
        case 0:
            return core::Null{};
        case 1:
            return from.ConsumeBool();
        case 2:
            return from.ConsumeIntegral<std::int64_t>();
        case 3:
            return house.accounts[from.ConsumeIntegralInRange<std::size_t>(0, 2)];
        case 4:
            return id_of(from.ConsumeIntegralInRange<std::uint64_t>(0, 40));
        case 5: {
            const char* words[]{"open", "confirmed", "proposed", "2025-03", "champion", "[]", "{}", "a"};
            return std::string{words[from.ConsumeIntegralInRange<std::size_t>(0, 7)]};
        }
        default:
            return from.ConsumeRandomLengthString(40);
    }
}

core::Changeset some_changeset(FuzzedDataProvider& from, House& house) {
    core::Changeset made;
    made.dot = {house.writer, 1, house.next_n};
    made.time = core::HybridTime::at(house.clock.now() + std::chrono::seconds{from.ConsumeIntegral<std::int16_t>()});
    made.catalogue = from.ConsumeIntegralInRange<std::uint32_t>(1, 3);
    const auto account = house.accounts[from.ConsumeIntegralInRange<std::size_t>(0, 2)];
    const std::string scopes[]{core::account_scope(account), core::private_scope(house.user, account),
                               core::user_scope(house.user), "workspace",
                               core::account_scope(id_of(from.ConsumeBool()))};
    made.scope = scopes[from.ConsumeIntegralInRange<std::size_t>(0, 4)];
    const auto tables = core::catalogue().tables;
    const auto some_dots = [&](std::vector<core::Dot>& dots) {
        if (house.dots.empty() || !from.ConsumeBool()) return;
        std::set<core::Dot> drawn;
        for (auto count = from.ConsumeIntegralInRange(1, 4); count > 0; --count)
            drawn.insert(house.dots[house.dots.size() - 1 -
                                    from.ConsumeIntegralInRange<std::size_t>(0, 40) % house.dots.size()]);
        dots.assign(drawn.begin(), drawn.end());
    };
    std::map<core::Uuid, core::RecordWrite> records;
    for (auto count = from.ConsumeIntegralInRange(0, 3); count > 0; --count) {
        const auto& table = tables[from.ConsumeIntegralInRange<std::size_t>(0, tables.size() - 1)];
        const auto id = id_of(from.ConsumeIntegralInRange<std::uint64_t>(0, 40));
        auto& write = records.emplace(id, core::RecordWrite{std::string{table.name}, id, {}}).first->second;
        std::map<std::string, core::FieldWrite> fields;
        // What a new record must hold stands there, often, so that much of this is taken.
        if (from.ConsumeBool()) {
            for (const auto& field : table.fields) {
                if (!field.required && field.name != "account") continue;
                core::Value value = std::string{"x"};
                if (field.name == "account") value = account;
                if (field.type == core::FieldType::instant || field.type == core::FieldType::integer)
                    value = std::int64_t{1};
                if (field.type == core::FieldType::ref && field.name != "account") value = id;
                if (field.type == core::FieldType::word && !field.words.empty())
                    value = std::string{field.words.front()};
                fields[std::string{field.name}] = {std::string{field.name}, value, {}, {}, {}};
            }
        }
        for (auto more = from.ConsumeIntegralInRange(0, 3); more > 0; --more) {
            std::string name = "deleted";
            if (!table.fields.empty() && from.ConsumeIntegralInRange(0, 3) != 0) {
                const auto& field = table.fields[from.ConsumeIntegralInRange<std::size_t>(0, table.fields.size() - 1)];
                name = field.name;
                if (field.type == core::FieldType::refs)
                    name += "/" + id_of(from.ConsumeIntegralInRange<std::uint64_t>(0, 5)).text();
            }
            core::FieldWrite write_field{name, some_value(from, house), {}, {}, {}};
            if (name == "deleted") write_field.value = core::Value{from.ConsumeBool()};
            some_dots(write_field.replaces);
            if (name == "deleted") some_dots(write_field.covers);
            fields[name] = std::move(write_field);
        }
        write.fields.clear();
        for (auto& [name, field] : fields) write.fields.push_back(std::move(field));
    }
    for (auto& [id, write] : records) made.records.push_back(std::move(write));
    if (from.ConsumeIntegralInRange(0, 15) == 0)
        made.erases.push_back({id_of(from.ConsumeIntegralInRange<std::uint64_t>(0, 40)), {}, {}});
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static std::unique_ptr<House> house;
    // From time to time anew, or every finding would need all inputs before it.
    if (!house || house->next_n > 200) house = std::make_unique<House>();
    if (size == 0) return 0;
    if (data[0] % 2 == 0) {
        house->push({data + 1, data + size});
        return 0;
    }
    FuzzedDataProvider from{data + 1, size - 1};
    for (int i = 0; i < 8 && from.remaining_bytes() > 0; ++i) house->push(core::encode(some_changeset(from, *house)));
    return 0;
}
