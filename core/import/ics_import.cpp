#include "core/import/ics_import.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/import/address_book.hpp"
#include "core/import/ics_time.hpp"
#include "core/import/text.hpp"
#include "core/import/writer.hpp"

namespace debrief::core::intake {
namespace {

/// `mailto:Anna@Example.com` → `anna@example.com`; empty for other kinds of address.
std::string email_of(const IcsProperty& attendee) {
    const std::string value = lower(trimmed(attendee.value));
    constexpr std::string_view scheme = "mailto:";
    if (value.starts_with(scheme)) return value.substr(scheme.size());
    return lower(attendee.parameter("EMAIL"));
}

struct Match {
    std::optional<Uuid> account;
    bool ambiguous = false;
    std::vector<Uuid> contacts;
};

Match match(const AddressBook& book, const IcsComponent& event) {
    std::set<Uuid> by_contact, by_domain;
    std::vector<KnownContact> present;
    for (const IcsProperty& property : event.properties) {
        if (property.name != "ATTENDEE" && property.name != "ORGANIZER") continue;
        const std::string email = email_of(property);
        for (const KnownContact& contact : book.contacts_with_email(email)) {
            by_contact.insert(contact.account);
            present.push_back(contact);
        }
        by_domain.merge(book.accounts_at(domain_of_email(email)));
    }
    std::set<Uuid> by_name = book.accounts_in(event.text("SUMMARY"));
    Match result;
    for (const auto* level : {&by_contact, &by_domain, &by_name}) {
        if (level->empty()) continue;
        std::set<Uuid> left = *level;
        if (left.size() > 1) {  // Several: the summary may say which.
            std::set<Uuid> named;
            std::set_intersection(left.begin(), left.end(), by_name.begin(), by_name.end(),
                                  std::inserter(named, named.end()));
            left = std::move(named);
        }
        if (left.size() == 1) {
            result.account = *left.begin();
        } else {
            result.ambiguous = true;
        }
        break;
    }
    for (const KnownContact& contact : present) {
        if (contact.account == result.account) result.contacts.push_back(contact.id);
    }
    std::sort(result.contacts.begin(), result.contacts.end());
    result.contacts.erase(std::unique(result.contacts.begin(), result.contacts.end()), result.contacts.end());
    return result;
}

class IcsImport {
public:
    IcsImport(Store& store, const ImportOptions& options, Pulse& pulse, AddressBook book, Known meetings)
        : store_{store},
          options_{options},
          book_{std::move(book)},
          meetings_{std::move(meetings)},
          writer_{store, options, pulse, report_, 0} {}

    void expect(const std::vector<IcsComponent>& calendars) {
        for (const IcsComponent& calendar : calendars) writer_.expect(calendar.children.size());
    }

    Status read(const std::string& file, const std::vector<IcsComponent>& calendars) {
        file_ = file;
        for (const IcsComponent& calendar : calendars) {
            IcsZones zones;
            for (const IcsComponent& part : calendar.children) {
                if (part.name == "VTIMEZONE") zones.add(part);
            }
            for (const IcsComponent& part : calendar.children) {
                DEBRIEF_TRY(part.name == "VEVENT" ? read_event(part, zones) : writer_.pass());
            }
        }
        return Ok{};
    }

    Findings& findings() { return findings_; }

    Result<ImportReport> finish() {
        DEBRIEF_TRY(writer_.finish());
        for (RejectedRow& row : writer_.refused()) findings_.reject(row.file, row.line, std::move(row.reason));
        findings_.explain("recurrence", "Meeting that repeats: only its first date was taken.");
        findings_.explain(
            "no_account",
            "Meeting that names no account here, by attendee or title: left out, which one was not guessed.");
        findings_.explain("ambiguous_account",
                          "Meeting that fits several accounts: left out, which one was not guessed.");
        findings_.explain("cancelled", "Meeting that was called off: taken away unless it had been debriefed.");
        findings_.explain("deleted_here", "Meeting that was deleted here: it stays deleted.");
        findings_.explain("unknown_time_zone",
                          "Time in a zone that the file does not define: read as the local time of this device.");
        findings_.report_to(report_);
        return std::move(report_);
    }

private:
    Status read_event(const IcsComponent& event, const IcsZones& zones) {
        const auto refuse = [&](std::string reason) -> Status {
            findings_.reject(file_, event.line, std::move(reason));
            return writer_.pass();
        };
        std::string key = event.text("UID");
        if (key.empty()) return refuse("no UID, so it could not be known again");
        if (const IcsProperty* exception = event.find("RECURRENCE-ID")) key += "/" + exception->value;
        const IcsProperty* start_property = event.find("DTSTART");
        if (start_property == nullptr) return refuse("no DTSTART");
        const auto start = read_moment(*start_property, zones, options_.utc_offset);
        if (!start) return refuse("DTSTART '" + start_property->value.substr(0, 40) + "' is no time");
        if (!seen_.insert(key).second) return refuse("its UID stands in an earlier event too");

        const auto known = meetings_.by_key.find(key);
        const bool exists = known != meetings_.by_key.end();
        if (event.text("STATUS") == "CANCELLED")
            return cancel(event, exists ? std::optional{known->second} : std::nullopt);
        if (meetings_.is_deleted(key)) {
            findings_.note("deleted_here", file_, event.line);
            return writer_.pass();
        }

        FieldMap fields{{"at", start->at.count()}, {"date", start->date}, {"external_key", key}};
        if (const IcsProperty* end_property = event.find("DTEND")) {
            const auto end = read_moment(*end_property, zones, options_.utc_offset);
            if (!end) return refuse("DTEND '" + end_property->value.substr(0, 40) + "' is no time");
            if (end->at < start->at) return refuse("it ends before it begins");
            fields.emplace("ends_at", end->at.count());
        } else if (const IcsProperty* length_property = event.find("DURATION")) {
            const auto length = read_duration(trimmed(length_property->value));
            if (!length) return refuse("DURATION '" + length_property->value.substr(0, 40) + "' is no length of time");
            fields.emplace("ends_at", (start->at + *length).count());
        } else if (start->whole_day) {
            fields.emplace("ends_at", (start->at + std::chrono::days{1}).count());
        }
        fields.emplace("title", event.text("SUMMARY"));
        if (std::string place = event.text("LOCATION"); !place.empty()) fields.emplace("place", std::move(place));

        Match found = match(book_, event);
        if (!exists) {
            if (!found.account) {
                findings_.note(found.ambiguous ? "ambiguous_account" : "no_account", file_, event.line);
                return writer_.pass();
            }
            fields.emplace("account", *found.account);
        }
        if (start->zone_unknown) findings_.note("unknown_time_zone", file_, event.line);
        if (event.find("RRULE") != nullptr || event.find("RDATE") != nullptr)
            findings_.note("recurrence", file_, event.line);
        if (exists) DEBRIEF_TRY(add_known_contacts(known->second, found));
        if (!found.contacts.empty()) fields.emplace("contacts", std::move(found.contacts));
        const auto id = exists ? known->second : store_.new_id();
        return writer_.put({{"meeting", id, std::move(fields), {}}, exists, Wins::file, file_, event.line});
    }

    /// The people already entered for a meeting stay.
    Status add_known_contacts(const Uuid& meeting, Match& found) {
        const auto record = store_.get("meeting", meeting);
        if (!record) return record.error();
        if (!*record) return Ok{};
        if ((*record)->ref("account") != found.account) found.contacts.clear();
        const Value* value = (*record)->find("contacts");
        const auto* held = value == nullptr ? nullptr : std::get_if<UuidSet>(value);
        if (held == nullptr) return Ok{};
        UuidSet all;
        std::set_union(held->begin(), held->end(), found.contacts.begin(), found.contacts.end(),
                       std::back_inserter(all));
        found.contacts = std::move(all);
        return Ok{};
    }

    Status cancel(const IcsComponent& event, const std::optional<Uuid>& meeting) {
        DEBRIEF_TRY(writer_.pass());
        if (!meeting) return Ok{};  // It was never here.
        findings_.note("cancelled", file_, event.line);
        const auto record = store_.get("meeting", *meeting);
        if (!record) return record.error();
        if (!*record || (*record)->flag("debriefed")) return Ok{};
        return writer_.remove("meeting", *meeting);
    }

    Store& store_;
    const ImportOptions& options_;
    AddressBook book_;
    Known meetings_;
    ImportReport report_;
    Findings findings_;
    Writer writer_;
    std::string file_;
    std::set<std::string> seen_;
};

}  // namespace

Result<ImportReport> import_ics(Store& store, const ImportFiles& files, const ImportOptions& options) {
    if (files.empty()) return Error{Errc::invalid, "There is no file to import.", "path", {}};
    Pulse pulse{options};
    auto book = AddressBook::read(store);
    if (!book) return book.error();
    auto meetings = known_records(store, "meeting", pulse);
    if (!meetings) return meetings.error();
    IcsImport import{store, options, pulse, std::move(*book), std::move(*meetings)};
    // All files are read before the first is written: a wrong one stops the whole.
    std::map<std::string, std::vector<IcsComponent>> calendars;
    for (const auto& [file, text] : files) {
        auto read = read_ics(file, text, import.findings(), &pulse);
        if (!read) return read.error();
        import.expect(*read);
        calendars.emplace(file, std::move(*read));
    }
    for (const auto& [file, list] : calendars) DEBRIEF_TRY(import.read(file, list));
    return import.finish();
}

}  // namespace debrief::core::intake
