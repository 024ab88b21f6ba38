#include "core/journey/loader.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "core/journey/item_rows.hpp"
#include "core/journey/record_reader.hpp"
#include "core/journey/timeline.hpp"

namespace debrief::core {
namespace {

using std::chrono::minutes;
using std::chrono::sys_days;

/// When a field took the value that it shows.
struct Turned {
    Instant at{};
    bool from_birth = false;  ///< The record was created with it.
};

Result<std::optional<Turned>> turned(Store& store, std::string_view table, const Uuid& id, std::string_view field) {
    auto history = store.history(table, id);
    if (!history || history->versions.empty()) {
        return history ? Result<std::optional<Turned>>{std::nullopt} : history.error();
    }
    const Dot birth = history->versions.front().dot;
    const Version* first = nullptr;  // Of the run that lasts until now.
    for (const Version& version : history->versions) {
        if (version.field != field) continue;
        if (first == nullptr || !same_value(first->value, version.value)) first = &version;
    }
    if (first == nullptr) return std::optional<Turned>{};
    return std::optional{Turned{first->at, first->dot == birth && history->complete}};
}

/// Fills a store's records into evidence, one table after the other.
class Loading {
public:
    Loading(Store& store, const Uuid& account, const std::optional<Uuid>& opportunity, minutes utc_offset)
        : store_(store), account_(account), opportunity_(opportunity), utc_offset_(utc_offset) {}

    Result<Evidence> run() {
        auto read = read_items(store_, account_);
        if (!read) return read.error();
        return run(std::move(*read));
    }
    Result<Evidence> run(std::vector<Item> read) {
        DEBRIEF_TRY(contacts());
        DEBRIEF_TRY(items(std::move(read)));
        DEBRIEF_TRY(stances());
        DEBRIEF_TRY(commitments());
        DEBRIEF_TRY(first_seen());
        return std::move(evidence_);
    }

private:
    Result<std::vector<Record>> all(const char* table) {
        auto page = store_.list({.table = table,
                                 .where = {{"account", Where::Op::equal, account_}},
                                 .order = "id",
                                 .limit = 0,
                                 .after = {}});
        if (!page) return page.error();
        return std::move(page->records);
    }

    /// A name that is not here stays empty: the record may be another scope's, or erased.
    Status name(NamedId& who, const char* table) {
        if (who.id.is_nil()) return Ok{};
        const auto [place, fresh] = names_.try_emplace(who.id);
        if (fresh) {
            auto record = store_.get(table, who.id);
            if (!record) return record.error();
            if (*record) place->second = (*record)->text("name");
        }
        who.name = place->second;
        return Ok{};
    }

    void mention(const Uuid& contact, sys_days day, Instant recorded) {
        const auto [place, fresh] = mentioned_.try_emplace(contact, day, recorded);
        if (!fresh) place->second = std::min(place->second, std::pair{day, recorded});
    }

    std::string day_text(Instant at) const { return civil_text(day_of(at, utc_offset_)); }

    Status contacts() {
        auto records = all("contact");
        if (!records) return records.error();
        for (const Record& record : *records) {
            ContactSeen contact = contact_from(record);
            names_[contact.contact.id] = contact.contact.name;
            if (contact.recorded == Instant{0}) {
                const auto born = store_.history("contact", record.id, "name");
                if (!born) return born.error();
                if (!born->versions.empty()) contact.recorded = born->versions.front().at;
            }
            if (contact.gone) {
                const auto when = turned(store_, "contact", record.id, "gone");
                if (!when) return when.error();
                if (*when && !(*when)->from_birth) contact.gone_on = day_text((*when)->at);
            }
            evidence_.contacts.push_back(std::move(contact));
        }
        for (ContactSeen& contact : evidence_.contacts) {
            for (auto& [kind, to] : contact.relations) {
                const auto id = parse_uuid(to);
                if (const auto known = id ? names_.find(*id) : names_.end(); known != names_.end()) to = known->second;
            }
        }
        return Ok{};
    }

    Status items(std::vector<Item> read) {
        evidence_.items.reserve(read.size());
        for (Item& item : read) {
            if (opportunity_ && item.opportunity && *item.opportunity != *opportunity_) {
                elsewhere_.push_back(item.id);
                continue;
            }
            DEBRIEF_TRY(name(item.by, "user"));
            if (item.person) DEBRIEF_TRY(name(*item.person, "contact"));
            if (item.state == ItemState::withdrawn) {
                const auto when = turned(store_, "observation", item.id, "state");
                if (!when) return when.error();
                if (*when && !(*when)->from_birth) {
                    item.withdrawn_at = (*when)->at;
                    item.withdrawn_on = day_text(item.withdrawn_at);
                }
            }
            if (item.person && item.state != ItemState::proposed) {
                mention(item.person->id, day_said(item.said_on, item.recorded), item.recorded);
            }
            evidence_.items.push_back(std::move(item));
        }
        std::sort(elsewhere_.begin(), elsewhere_.end());
        return Ok{};
    }

    Status stances() {
        auto records = all("stance");
        if (!records) return records.error();
        for (const Record& record : *records) {
            StanceSaid said = stance_from(record);
            DEBRIEF_TRY(name(said.contact, "contact"));
            if (said.since.empty()) said.since = day_text(said.recorded);
            mention(said.contact.id, day_said(said.since, said.recorded), said.recorded);
            evidence_.stances.push_back(std::move(said));
        }
        return Ok{};
    }

    Status commitments() {
        auto records = all("commitment");
        if (!records) return records.error();
        for (const Record& record : *records) {
            CommitmentMade made = commitment_from(record);
            if (made.observation && std::binary_search(elsewhere_.begin(), elsewhere_.end(), *made.observation))
                continue;
            DEBRIEF_TRY(name(made.owner, "contact"));
            if (made.since.empty()) made.since = day_text(made.recorded);
            if (made.state != "open") DEBRIEF_TRY(settle(made));
            if (!made.owner.id.is_nil()) mention(made.owner.id, day_said(made.since, made.recorded), made.recorded);
            evidence_.commitments.push_back(std::move(made));
        }
        return Ok{};
    }

    Status settle(CommitmentMade& made) {
        const auto when = turned(store_, "commitment", made.id, "state");
        if (!when) return when.error();
        if (*when && !(*when)->from_birth) {
            made.settled_at = (*when)->at;
            made.settled_on = day_text(made.settled_at);
        } else {
            // Imported as kept or dropped: the day it was due is the best that is known.
            const auto due = days_of(made.due);
            const sys_days since = day_said(made.since, made.recorded);
            made.settled_on = civil_text(due ? std::max(due->last, since) : since);
        }
        return Ok{};
    }

    /// A contact is seen from the first day on which anything names it; entered later, it was there before.
    Status first_seen() {
        auto meetings = all("meeting");
        if (!meetings) return meetings.error();
        for (const Record& meeting : *meetings) {
            const Instant at{meeting.integer("at").value_or(0)};
            const auto date = days_of(meeting.text("date"));
            const Value* contacts = meeting.find("contacts");
            if (contacts == nullptr || !std::holds_alternative<UuidSet>(*contacts)) continue;
            for (const Uuid& contact : std::get<UuidSet>(*contacts))
                mention(contact, date ? date->first : day_of(at, utc_offset_), at);
        }
        for (ContactSeen& contact : evidence_.contacts) {
            std::pair first{day_of(contact.recorded, utc_offset_), contact.recorded};
            if (const auto place = mentioned_.find(contact.contact.id); place != mentioned_.end())
                first = std::min(first, place->second);
            contact.since = civil_text(first.first);
            contact.recorded = first.second;
        }
        return Ok{};
    }

    Store& store_;
    const Uuid account_;
    const std::optional<Uuid> opportunity_;
    const minutes utc_offset_;
    Evidence evidence_;
    std::map<Uuid, std::string> names_;
    std::map<Uuid, std::pair<sys_days, Instant>> mentioned_;
    std::vector<Uuid> elsewhere_;  // Items of another opportunity, sorted.
};

}  // namespace

Result<Evidence> load_evidence(Store& store, const Uuid& account, const std::optional<Uuid>& opportunity,
                               minutes utc_offset) {
    return Loading{store, account, opportunity, utc_offset}.run();
}

Result<Evidence> evidence_with(Store& store, const Uuid& account, std::vector<Item> items, minutes utc_offset) {
    return Loading{store, account, {}, utc_offset}.run(std::move(items));
}

}  // namespace debrief::core
