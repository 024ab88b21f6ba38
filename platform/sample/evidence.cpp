#include "platform/sample/evidence.hpp"

#include <array>
#include <charconv>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"

namespace debrief::platform {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 12> month_names{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};

std::string text_in(const json& object, const char* key) {
    return object.value(key, std::string{});
}

SampleContact contact_from(const json& entry) {
    SampleContact contact{text_in(entry, "key"),   entry.at("name"), entry.at("role"),
                          text_in(entry, "email"), entry.at("day"),  {}};
    for (const json& relation : entry.value("relations", json::array())) {
        contact.relations.emplace_back(relation.at("kind"), relation.at("to"));
    }
    return contact;
}

SampleMeeting meeting_from(const json& entry) {
    SampleMeeting meeting{text_in(entry, "key"),   entry.at("title"),
                          text_in(entry, "place"), entry.value("day", 0),
                          std::chrono::minutes{0}, std::chrono::minutes{entry.value("minutes", 60)},
                          entry.at("with")};
    if (const std::string at = text_in(entry, "at"); !at.empty()) {
        meeting.at = std::chrono::hours{std::stoi(at.substr(0, 2))} + std::chrono::minutes{std::stoi(at.substr(3))};
    }
    return meeting;
}

SampleObservation observation_from(const json& entry) {
    SampleObservation observation;
    observation.key = entry.at("key");
    observation.dimension = entry.at("dimension");
    observation.text = entry.at("text");
    observation.quote = text_in(entry, "quote");
    observation.person = text_in(entry, "person");
    observation.supersedes = text_in(entry, "supersedes");
    observation.concern_kind = text_in(entry, "detail");
    observation.about = text_in(entry, "about");
    observation.day = entry.at("day");
    for (const json& date : entry.value("dates", json::array())) {
        observation.dates.push_back({date.at("text"), date.at("unit"), date.at("days")});
    }
    return observation;
}

AccountEvidence account_from(const json& entry) {
    AccountEvidence account;
    account.account = entry.at("account");
    for (const json& one : entry.at("contacts")) account.contacts.push_back(contact_from(one));
    for (const json& one : entry.at("meetings")) account.meetings.push_back(meeting_from(one));
    for (const json& one : entry.at("observations")) account.observations.push_back(observation_from(one));
    for (const json& one : entry.at("stances")) {
        account.stances.push_back({one.at("contact"), one.at("stance"), one.at("day"), one.at("evidence")});
    }
    for (const json& one : entry.at("commitments")) {
        account.commitments.push_back({one.at("key"), one.at("owner"), one.at("text"), one.at("state"),
                                       text_in(one, "observation"), one.at("day"), one.at("due")});
    }
    account.waiting = meeting_from(entry.at("waiting"));
    account.next = meeting_from(entry.at("next"));
    return account;
}

std::string spoken(std::string_view form, int days, std::chrono::sys_days today) {
    const std::chrono::year_month_day date{today + std::chrono::days{days}};
    const std::string month{month_names.at(static_cast<unsigned>(date.month()) - 1)};
    return form == "month" ? month : std::to_string(static_cast<unsigned>(date.day())) + " " + month;
}

}  // namespace

core::Result<SampleEvidence> parse_evidence(std::string_view text) {
    try {
        const json document = json::parse(text);
        SampleEvidence evidence{document.at("rep"), document.at("manager"), {}};
        for (const json& entry : document.at("accounts")) evidence.accounts.push_back(account_from(entry));
        return evidence;
    } catch (const std::exception& problem) {  // A field that is missing or of another type.
        return core::Error{
            core::Errc::corrupt, std::string{"The sample's evidence cannot be read: "} + problem.what(), {}, {}};
    }
}

std::string with_dates(std::string_view text, std::chrono::sys_days today) {
    std::string result;
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        result += text.substr(0, open);
        text.remove_prefix(open);
        if (text.empty()) break;
        const std::size_t colon = text.find(':');
        const std::size_t close = text.find('}');
        int days = 0;
        if (colon < close && close != std::string_view::npos &&
            std::from_chars(text.data() + colon + 1, text.data() + close, days).ec == std::errc{}) {
            result += spoken(text.substr(1, colon - 1), days, today);
            text.remove_prefix(close + 1);
        } else {
            result += '{';
            text.remove_prefix(1);
        }
    }
    return result;
}

std::string sample_civil(int days, std::string_view unit, std::chrono::sys_days today) {
    const std::string day = core::civil_text(today + std::chrono::days{days});
    return unit == "month" ? day.substr(0, 7) : day;
}

}  // namespace debrief::platform
