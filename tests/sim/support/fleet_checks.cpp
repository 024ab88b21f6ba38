// What must hold when all is quiet.
#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "core/catalogue/scope.hpp"
#include "core/changes/sealed.hpp"
#include "core/store/database.hpp"
#include "core/store/scope_digest.hpp"
#include "sync/invitation.hpp"
#include "sync/server/access.hpp"
#include "tests/sim/support/catalogues.hpp"
#include "tests/sim/support/fleet.hpp"

namespace debrief::sim {

namespace {

template <typename T>
T must(core::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().detail);
    return std::move(*result);
}

std::string text_of(const core::Value& value) {
    struct Print {
        std::string operator()(core::Null) const { return "-"; }
        std::string operator()(bool flag) const { return flag ? "true" : "false"; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(const core::Uuid& id) const { return id.text(); }
        std::string operator()(const core::UuidSet& ids) const { return std::to_string(ids.size()); }
    };
    return std::visit(Print{}, value);
}

}  // namespace

// Everything that a store shows under the newest catalogue, conflicts with all their versions included.
std::map<std::string, std::string> Fleet::content(core::Store& store) {
    std::map<std::string, std::string> all;
    for (const auto& table : newer_catalogue().tables) {
        core::Query query;
        query.table = std::string{table.name};
        for (const auto& record : must(store.list(query)).records) {
            auto& text = all[record.scope + " " + record.table + " " + record.id.text()];
            for (const auto& [field, value] : record.fields) text += field + "=" + text_of(value) + " ";
        }
    }
    for (const auto& conflict : must(store.conflicts())) {
        const auto found = must(store.get(conflict.table, conflict.record));
        if (!found) continue;  // Of a record that is deleted.
        auto& text = all[found->scope + " conflict " + conflict.id];
        for (const auto& head : conflict.versions)
            text +=
                text_of(head.value) + " by " + head.author.text() + " at " + std::to_string(head.time.packed) + "; ";
    }
    return all;
}

void Fleet::find_revoked() {
    for (const auto& info : must(world_.server().devices())) {
        for (const auto device : doubtful_) {
            if (info.revoked && info.id == world_.store(device).identity().device) revoked_.insert(device);
        }
    }
}

void Fleet::check() {
    find_revoked();
    check_log();
    check_words();
    for (std::size_t i = 0; i < world_.devices(); ++i) check_disk(i);
    // All programs become the newest one: what the older ones passed on untouched is there.
    world_.upgrade_server(&newer_catalogue());
    for (std::size_t i = 0; i < world_.devices(); ++i) world_.upgrade(i, &newer_catalogue());
    world_.settle();
    const auto truth = content(world_.server().records());
    for (std::size_t i = 0; i < world_.devices(); ++i) check_device(i, truth);
}

void Fleet::check_device(std::size_t device, const std::map<std::string, std::string>& truth) {
    const auto status = world_.session(device).status();
    if (status.state == sync::SyncState::revoked) {
        if (!revoked_.contains(device)) problem("device " + std::to_string(device) + " thinks that it is revoked");
        return;
    }
    const auto name = "device " + std::to_string(device) + " of " + people_[owners_[device]].name;
    if (world_.device_store(device).counts()->pending != 0) problem(name + " has not sent everything");
    std::map<std::string, std::string> wanted;
    for (const auto& [key, text] : truth) {
        if (reads(device, key.substr(0, key.find(' ')))) wanted[key] = text;
    }
    const auto held = content(world_.store(device));
    for (const auto& [key, text] : wanted) {
        const auto found = held.find(key);
        if (found == held.end()) return problem(name + " lacks " + key + ": " + text);
        if (found->second != text) return problem(name + " shows " + key + ": " + found->second + ", not " + text);
    }
    for (const auto& [key, text] : held) {
        if (!wanted.contains(key)) return problem(name + " holds " + key + ", which is not for it: " + text);
    }
    const auto searched = must(world_.store(device).search("canary*", 100'000));
    for (const auto& hit : searched) {
        if (!must(world_.store(device).get(hit.table, hit.id)))
            problem(name + " finds words of a record that it does not hold: " + hit.snippet);
    }
    for (const auto& cursor : must(world_.device_store(device).cursors())) {
        if (cursor.position > must(world_.server().head(cursor.scope)).position)
            problem(name + " is further in " + cursor.scope + " than the server");
        const auto here = must(core::digest_of(world_.store(device), cursor.scope));
        const auto there = must(core::digest_of(world_.server().records(), cursor.scope));
        if (here != there)
            problem(name + " has another digest of " + cursor.scope + ": " + std::to_string(here.records) +
                    " records, not " + std::to_string(there.records));
    }
}

void Fleet::check_losses(std::size_t device) {
    auto& disk = world_.disk(device);
    if (disk.faulty()) return;  // Then what it removes may be cut out of the files later.
    const auto cursors = world_.device_store(device).cursors();
    if (!cursors) return;
    std::set<std::string> now, lost;
    for (const auto& cursor : *cursors) now.insert(cursor.scope);
    auto& held = held_[device];
    std::set_difference(held.begin(), held.end(), now.begin(), now.end(), std::inserter(lost, lost.end()));
    ever_held_[device].insert(now.begin(), now.end());
    held = std::move(now);
    if (lost.empty()) return;
    for (const auto& word : words_) {
        if (lost.contains(word.scope) && disk.holds(word.text))
            problem("the disk of device " + std::to_string(device) + " holds " + word.text + " of " + word.scope +
                    " in the moment when it has lost that");
    }
}

// What waits in a box counts as well: whoever has the server can open it.
bool Fleet::waits_on_device(const Word& word) {
    auto& store = world_.device_store(word.device);
    auto entries = must(store.parked());
    for (auto& entry : must(store.unsent(must(store.final_n()) + 1, 1U << 30U))) entries.push_back(std::move(entry));
    const auto seed = must(sync::parse_base64url(*must(world_.server().records().setting("seal.seed"))));
    return std::any_of(entries.begin(), entries.end(), [&](core::OutboxEntry& entry) {
        if (core::is_sealed(entry.payload))
            entry.payload = must(core::unseal(must(core::read_sealed(entry.payload)), seed));
        return core::as_text(entry.payload).find(word.text) != std::string_view::npos;
    });
}

bool Fleet::is_kept(const Word& word) {
    const auto history = world_.server().records().history(word.table, word.record, word.field);
    // Erased where it was written: it never stood in a payload.
    if (must(world_.store(word.device).erased(word.record)).any()) return true;
    if (history) {
        for (const auto& version : history->versions) {
            if (version.value == core::Value{word.text}) return true;
        }
    }
    if (waits_on_device(word)) return true;
    auto query = must(world_.server().records().database().prepare(
        "SELECT count(*) FROM handover WHERE instr(payload, CAST(?1 AS BLOB)) > 0"));
    query.bind(1, std::string_view{word.text});
    return must(query.step()) && query.integer(0) > 0;
}

void Fleet::check_words() {
    for (const auto& word : words_) {
        const auto erased = must(world_.server().records().erased(word.record));
        if (erased.any()) {
            if (world_.server_disk().holds(word.text)) problem("the server still holds " + word.text + ", erased");
        } else if (word.said && !word.erased && !is_kept(word)) {
            problem(word.text + ", saved on device " + std::to_string(word.device) + " in " + word.scope + ", is lost");
        }
    }
}

// No word of a scope on the disk of a device that may not read it, nor one that was erased.
void Fleet::check_disk(std::size_t device) {
    if (revoked_.contains(device)) return;
    for (const auto& text : world_.disk(device).words("canary", 11)) {
        const auto number = std::strtoull(text.c_str() + 6, nullptr, 10);
        if (number < 10'000 || number - 10'000 >= words_.size()) continue;
        const auto& word = words_[number - 10'000];
        // What its user wrote where this device never was, and nobody has taken over, is theirs to keep. What they
        // wrote in a place that they lost is in a box, if it is here at all.
        const bool theirs = reads(device, word.scope) || !ever_held_[device].contains(word.scope);
        if (word.device == device && theirs && (!word.said || waits_on_device(word))) continue;
        const auto erased = must(world_.server().records().erased(word.record));
        if (!reads(device, word.scope))
            problem("the disk of device " + std::to_string(device) + " still holds " + text + " of " + word.scope);
        else if (reads(device, word.scope) && erased.any())
            problem("the disk of device " + std::to_string(device) + " still holds " + text + ", erased");
    }
}

// The log of every scope, folded by the rule in the design and nothing else: heads = (heads - replaced) + the new one.
void Fleet::check_log() {
    auto& server = world_.server();
    std::vector<std::string> scopes;
    {
        auto query = must(server.records().database().prepare("SELECT scope FROM log_scope ORDER BY 1"));
        while (must(query.step())) scopes.emplace_back(query.text(0));
    }
    const auto latest = core::HybridTime::at(server.now() + core::HybridClock::lead_max + std::chrono::seconds{1});
    std::set<core::Dot> seen;
    std::map<std::string, core::RecordWrite> names;
    std::map<std::string, std::set<core::Dot>> heads;
    for (const auto& scope : scopes) {
        for (const auto& entry : must(server.read_log(scope, 0, 1U << 30U))) {
            if (!seen.insert(entry.dot).second) problem("one change stands twice in the log of " + scope);
            if (entry.effective.packed > latest.packed) problem("a change of " + scope + " lies in the future");
            if (scope == core::account_scope(vault_) && entry.dot.device != server.identity().device)
                problem("a device wrote into " + scope + ", which nobody may read");
            const auto changeset = must(core::decode_changeset(entry.payload));
            for (const auto& write : changeset.records) {
                for (const auto& field : write.fields) {
                    if (field.field == "deleted" || field.field.find('/') != std::string::npos) continue;
                    const auto key = write.record.text() + " " + field.field;
                    names[key] = {write.table, write.record, {{field.field, {}, {}, {}, {}}}};
                    for (const auto& replaced : field.replaces) heads[key].erase(replaced);
                    heads[key].insert(entry.dot);
                }
            }
        }
    }
    for (const auto& [key, name] : names) check_heads(name.table, name.record, name.fields[0].field, heads[key]);
}

void Fleet::check_heads(const std::string& table, const core::Uuid& record, const std::string& field,
                        const std::set<core::Dot>& heads) {
    std::set<core::Dot> held;
    for (const auto& version : must(world_.server().records().history(table, record, field)).versions) {
        if (!version.replaced_by) held.insert(version.dot);
    }
    if (held != heads)
        problem(table + "." + field + " of " + record.text() + " has " + std::to_string(held.size()) + " heads, not " +
                std::to_string(heads.size()));
}

}  // namespace debrief::sim
