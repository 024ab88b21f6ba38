// What people do on their devices.
#include "core/catalogue/scope.hpp"
#include "tests/sim/support/fleet.hpp"

namespace debrief::sim {

std::optional<core::Record> Fleet::some(std::size_t device, const std::string& table) {
    core::Query query;
    query.table = table;
    const auto page = world_.store(device).list(query);
    if (!page || page->records.empty()) return std::nullopt;
    return page->records[random_.below(page->records.size())];
}

void Fleet::put(std::size_t device, const std::string& table, const std::string& field, const std::string& scope,
                const core::Uuid& record, core::FieldMap fields) {
    const auto* text = std::get_if<std::string>(&fields[field]);
    const bool canary = text != nullptr && text->rfind("canary", 0) == 0;
    if (canary) words_.push_back({*text, device, table, field, record, scope, false, false});
    const auto place = words_.size() - 1;
    const auto written = world_.try_write(device, {core::Put{table, record, std::move(fields), {}}});
    if (!written) return say("device " + std::to_string(device) + " could not write: " + written.error().detail);
    ++outcome.changes;
    if (canary) words_[place].said = true;
    // Written onto what is erased here: it never stood in a payload. Asked now, while the device still holds the scope.
    if (canary) {
        const auto erased = world_.store(device).erased(record);
        if (erased && erased->any()) words_[place].erased = true;
    }
    say("device " + std::to_string(device) + " wrote " + table + "." + field +
        (canary ? " " + words_[place].text : ""));
    // Whoever writes has seen every head, and replaces it.
    if (world_.disk(device).faulty()) return;
    const auto now = world_.store(device).get(table, record);
    if (!now || !*now) return;
    const auto& conflicts = (*now)->conflicts;
    if (std::find(conflicts.begin(), conflicts.end(), field) != conflicts.end())
        problem("device " + std::to_string(device) + " settled " + table + "." + field +
                ", and it is still in conflict");
}

void Fleet::write(std::size_t device) {
    const auto text = new_word();
    if (const auto contact = some(device, "contact"); contact && random_.one_in(2)) {
        // An older program does not know the key.
        const std::string field = device == 2 || random_.one_in(2) ? "name" : "external_key";
        return put(device, "contact", field, contact->scope, contact->id, {{field, text}});
    }
    const auto account = some(device, "account");
    const auto id = world_.store(device).new_id();
    if (!account || random_.one_in(8)) {
        if (device == 2) return;
        return put(device, "goal", "text", core::user_scope(people_[owners_[device]].id), id, {{"text", text}});
    }
    if (random_.one_in(3))
        return put(device, "task", "text", core::private_scope(people_[owners_[device]].id, account->id), id,
                   {{"account", account->id}, {"text", text}});
    put(device, "contact", "name", account->scope, id, {{"account", account->id}, {"name", text}});
}

// Two people who say the same thing: one value to see, two to keep.
void Fleet::write_equal(std::size_t device) {
    const auto contact = some(device, "contact");
    if (!contact) return;
    put(device, "contact", "phone", contact->scope, contact->id,
        {{"phone", std::string{random_.one_in(3) ? "other" : "same"}}});
}

void Fleet::write_newer(std::size_t device) {
    met(newer_.contains(device) ? Fault::newer_catalogue : Fault::older_catalogue, device);
    if (!newer_.contains(device)) return write(device);
    const auto text = new_word();
    if (const auto contact = some(device, "contact"); contact && random_.one_in(2))
        return put(device, "contact", "nickname", contact->scope, contact->id, {{"nickname", text}});
    const auto account = some(device, "account");
    if (!account) return;
    put(device, "gift", "name", account->scope, world_.store(device).new_id(),
        {{"account", account->id}, {"name", text}});
}

void Fleet::make_account(std::size_t device) {
    if (accounts_.size() > 6) return;
    const auto id = world_.store(device).new_id();
    put(device, "account", "name", core::account_scope(id), id, {{"name", new_word()}});
    if (!words_.back().said) return;
    accounts_.push_back(id);
}

// A change that no server will ever take.
void Fleet::refuse(std::size_t device) {
    met(Fault::refused_change, device);
    const auto id = world_.store(device).new_id();
    put(device, "contact", "name", core::account_scope(vault_), id, {{"account", vault_}, {"name", new_word()}});
}

void Fleet::remove(std::size_t device) {
    const auto contact = some(device, "contact");
    if (contact && world_.try_write(device, {core::Delete{"contact", contact->id}})) ++outcome.changes;
}

void Fleet::erase(std::size_t device) {
    const auto contact = some(device, "contact");
    if (!contact) return;
    met(Fault::erasure, device);
    const auto done = world_.store(device).erase({core::Erasure{contact->id, {}, {}}});
    if (!done) return;
    world_.store_changed(device);
    ++outcome.changes;
    for (auto& word : words_) {
        if (word.record == contact->id) word.erased = true;
    }
}

void Fleet::retry(std::size_t device) {
    if (const auto done = world_.device_store(device).retry_parked({}); done) world_.store_changed(device);
}

}  // namespace debrief::sim
