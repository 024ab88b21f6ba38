// Log entries that are applied together leave what one after the other leaves.
#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "core/changes/state_codec.hpp"
#include "tests/core/support/little_server.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

const Uuid acme = id_of(1), ada = id_of(2), bob = id_of(3);

Edit set(const Uuid& contact, std::string field, std::string value) {
    return Put{"contact", contact, {{std::move(field), std::move(value)}}, std::nullopt};
}

std::string words(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? "?" : *text;
}

/// All that a device can tell about a contact.
std::vector<std::string> known(Device& device, const Uuid& id) {
    std::vector<std::string> lines;
    if (const auto kept = must(device->state_of(account_scope(acme), id))) {
        const auto bytes = encode(kept->state);
        lines.push_back("confirmed " + std::string{as_text(bytes)} + (kept->older ? " older" : ""));
    }
    const auto record = must(device->get("contact", id));
    if (!record) return lines;
    for (const auto& [field, value] : record->fields) lines.push_back(field + " = " + words(value));
    for (const auto& field : record->conflicts) lines.push_back("conflict " + field);
    const auto history = must(device->history("contact", id));
    for (const auto& version : history.versions) {
        lines.push_back(version.field + " was " + words(version.value) + " by " + version.author.text() + " at " +
                        std::to_string(version.at.count()) + " as " + std::to_string(version.dot.n) + " until " +
                        (version.replaced_by ? std::to_string(version.replaced_by->n) : "now"));
    }
    return lines;
}

/// Three who know one contact; `reader` has written over it and nobody has heard of it.
struct Story {
    LittleServer server;
    Device ann{5}, ben{6};

    Story() {
        must(ann->write({Put{"account", acme, {{"name", "Acme"}}, std::nullopt},
                         Put{"contact", ada, {{"account", acme}, {"name", "Ada"}, {"role", "CFO"}}, std::nullopt}}));
        server.push(ann);
        server.pull(ben);
    }
    static void write_own(Device& reader) {
        reader.clock.advance(Instant{500});
        must(reader->write({set(ada, "role", "as the reader sees it"), set(ada, "phone", "41")}));
        reader.clock.advance(Instant{500});
        must(reader->write({set(ada, "phone", "42")}));
    }
    void go_on(Device& reader) {
        ann.clock.advance(Instant{1000});
        must(ann->write({set(ada, "role", "Chair"),
                         Put{"contact", bob, {{"account", acme}, {"name", "Bob"}, {"role", "IT"}}, std::nullopt}}));
        must(ann->write({set(ada, "role", "Chairwoman"), set(bob, "role", "Head of IT")}));
        ben.clock.advance(Instant{2000});
        must(ben->write({set(ada, "role", "CTO")}));
        server.push(ben);
        server.push(ann);
        server.pull(ben);
        must(ben->write({Delete{"contact", bob}}));
        must(ann->write({set(bob, "phone", "7")}));
        server.push(ben);
        server.push(ann);
        server.push(reader);
        server.pull(ann);
        must(ann->write({set(ada, "role", "settled by Ann")}));
        server.push(ann);
    }
    std::vector<LogEntry> log_for(Device& reader) {
        auto entries = server.log(account_scope(acme));
        for (auto& entry : entries) {
            if (entry.dot.device == reader.records().identity().device) entry.payload.clear();
        }
        return entries;
    }
};

}  // namespace

TEST_CASE("changes of one record that come together leave what one after the other leaves", "[core][device][log]") {
    Story story;
    const auto scope = account_scope(acme);
    Device twin{7}, at_once{7}, one_by_one{7};  // One device, three times.
    for (auto* reader : {&twin, &at_once, &one_by_one}) {
        story.server.pull(*reader);
        Story::write_own(*reader);
    }
    story.go_on(twin);
    const auto log = story.log_for(twin);
    REQUIRE(log.size() == 9);
    must(at_once.store->apply_log(scope, log));
    for (const auto& entry : log) must(one_by_one.store->apply_log(scope, {entry}));
    for (const auto& contact : {ada, bob}) {
        const auto seen = known(one_by_one, contact);
        CHECK(seen.size() > 8);
        CHECK(known(at_once, contact) == seen);
    }
    for (const auto* word : {"Chairwoman", "settled", "reader", "Head", "Bob"})
        CHECK(must(at_once->search(word)).size() == must(one_by_one->search(word)).size());
    CHECK(must(at_once.store->counts()).pending == 0);
    CHECK(must(at_once->data_version()) < must(one_by_one->data_version()));
}

TEST_CASE("of changes that come together and one of which fails nothing stays", "[core][device][log]") {
    Story story;
    const auto scope = account_scope(acme);
    Device reader{7};
    story.server.pull(reader);
    Story::write_own(reader);
    Device twin{7};
    story.server.pull(twin);
    Story::write_own(twin);
    story.go_on(twin);
    auto log = story.log_for(twin);
    const auto before = known(reader, ada);
    log.back().payload.pop_back();
    CHECK(reader.store->apply_log(scope, log).error().code == Errc::corrupt);
    CHECK(known(reader, ada) == before);
    CHECK(known(reader, bob).empty());
    log = story.log_for(twin);
    must(reader.store->apply_log(scope, log));
    CHECK(must(reader->get("contact", ada))->text("role") == "settled by Ann");
}
