// The journal holds own changes that a restored server may have lost: for a while, and not without end.
#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "core/device/outbox.hpp"
#include "tests/core/support/little_server.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

const Uuid acme = id_of(1);

void save(Device& device, std::uint64_t contact) {
    must(device->write({Put{"contact", id_of(contact), {{"account", acme}, {"name", "Ada"}}, std::nullopt}}));
}

bool has_words(Device& device, std::uint64_t n) {
    Outbox outbox{device->database()};
    return !must(outbox.find(n))->entry.payload.empty();
}

}  // namespace

SCENARIO("the journal is bounded by age and by size; what waits or was refused is not in it", "[core][journal]") {
    Folder folder;
    LittleServer server;
    auto device = std::make_unique<Device>(1, folder.file());
    server.judge = [](const Changeset& changeset) { return changeset.dot.n == 2 ? "invalid" : ""; };
    for (std::uint64_t n = 1; n <= 4; ++n) save(*device, 100 + n);
    server.push(*device);
    server.pull(*device, {account_scope(acme)});
    save(*device, 105);  // Not yet sent.

    WHEN("120 days have gone by and the store is opened") {
        const auto later = device->clock.now() + Instant{Outbox::journal_age_max} + Instant{1};
        device.reset();
        FakeClock clock;
        clock.set(later);
        FakeRandom random;
        const auto store = must(DeviceStore::open({.path = folder.file()}, clock, random));
        Outbox outbox{store->records().database()};
        const auto words = [&](std::uint64_t n) { return !must(outbox.find(n))->entry.payload.empty(); };
        THEN("the words of what was acknowledged are gone, and nothing else") {
            CHECK_FALSE(words(1));
            CHECK(words(2));
            CHECK_FALSE(words(3));
            CHECK_FALSE(words(4));
            CHECK(words(5));
            CHECK(must(store->parked()).size() == 1);
            CHECK(must(store->unsent(1, 1U << 20U)).size() == 1);
        }
    }
    WHEN("it grows too large") {
        Outbox outbox{(*device)->database()};
        const auto size = static_cast<std::int64_t>(must(outbox.find(4))->entry.payload.size());
        must(outbox.trim_journal(device->clock.now(), 2 * size));
        THEN("the newest entries that fit are kept") {
            CHECK_FALSE(has_words(*device, 1));
            CHECK(has_words(*device, 2));
            CHECK(has_words(*device, 3));
            CHECK(has_words(*device, 4));
            CHECK(has_words(*device, 5));
        }
    }
}
