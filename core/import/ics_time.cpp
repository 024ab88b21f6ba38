#include "core/import/ics_time.hpp"

#include <algorithm>
#include <array>

#include "core/civil_date.hpp"
#include "core/import/text.hpp"

namespace debrief::core::intake {
namespace {

using std::chrono::seconds;
using std::chrono::sys_days;

constexpr std::size_t rules_max = 200;  // Of one zone: every time in it looks at them all.

std::optional<sys_days> read_day(std::string_view text) {  // 20251125
    if (text.size() != 8 || !parse_whole(text)) return std::nullopt;
    return parse_day(std::string{text.substr(0, 4)} + "-" + std::string{text.substr(4, 2)} + "-" +
                     std::string{text.substr(6)});
}

std::optional<LocalSeconds> read_local(std::string_view text) {  // 20251125T093000
    if (text.size() != 15 || text[8] != 'T') return std::nullopt;
    const auto day = read_day(text.substr(0, 8));
    const auto clock = parse_whole(text.substr(9));
    if (!day || !clock) return std::nullopt;
    const auto hour = *clock / 10000, minute = *clock / 100 % 100, second = *clock % 100;
    if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return *day + std::chrono::hours{hour} + std::chrono::minutes{minute} + seconds{std::min<std::int64_t>(second, 59)};
}

std::optional<seconds> read_offset(std::string_view text) {  // +0100, -053000
    if ((text.size() != 5 && text.size() != 7) || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const auto number = parse_whole(text.substr(1));
    if (!number) return std::nullopt;
    const auto clock = text.size() == 5 ? *number * 100 : *number;
    const seconds size =
        std::chrono::hours{clock / 10000} + std::chrono::minutes{clock / 100 % 100} + seconds{clock % 100};
    if (size > std::chrono::hours{18}) return std::nullopt;
    return text[0] == '-' ? -size : size;
}

std::map<std::string, std::string> parts_of(std::string_view rule) {  // FREQ=YEARLY;BYMONTH=3
    std::map<std::string, std::string> parts;
    while (!rule.empty()) {
        const std::size_t end = std::min(rule.find(';'), rule.size());
        const std::string_view part = rule.substr(0, end);
        const std::size_t equals = std::min(part.find('='), part.size());
        parts.emplace(part.substr(0, equals), equals < part.size() ? part.substr(equals + 1) : std::string_view{});
        rule.remove_prefix(std::min(end + 1, rule.size()));
    }
    return parts;
}

std::optional<unsigned> read_weekday(std::string_view text) {
    constexpr std::array<std::string_view, 7> names{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) return std::nullopt;
    return static_cast<unsigned>(found - names.begin());
}

}  // namespace

std::optional<IcsZones::Rule> IcsZones::read_rule(const IcsComponent& part) {
    Rule rule;
    const auto begin = read_local(part.text("DTSTART"));
    const auto from = read_offset(part.text("TZOFFSETFROM"));
    const auto to = read_offset(part.text("TZOFFSETTO"));
    if (!begin || !from || !to) return std::nullopt;
    rule.begin = *begin;
    rule.from = *from;
    rule.to = *to;
    const std::string text = part.text("RRULE");
    if (text.empty()) return rule;
    auto parts = parts_of(text);
    const auto month = parse_whole(parts["BYMONTH"]);
    std::string by_day = parts["BYDAY"];
    if (parts["FREQ"] != "YEARLY" || !month || *month < 1 || *month > 12 || by_day.size() < 3 ||
        parts.contains("BYMONTHDAY")) {
        return std::nullopt;
    }
    const bool from_end = by_day.front() == '-';
    if (by_day.front() == '-' || by_day.front() == '+') by_day.erase(0, 1);
    const auto week = parse_whole(std::string_view{by_day}.substr(0, by_day.size() - 2));
    const auto weekday = read_weekday(std::string_view{by_day}.substr(by_day.size() - 2));
    if (!week || *week < 1 || *week > 5 || !weekday) return std::nullopt;
    rule.month = static_cast<unsigned>(*month);
    rule.week = static_cast<int>(from_end ? -*week : *week);
    rule.weekday = *weekday;
    if (std::string until = parts["UNTIL"]; !until.empty()) {
        if (until.back() == 'Z') until.pop_back();
        const auto end = until.size() == 8 ? read_day(until) : read_local(until);
        if (!end) return std::nullopt;
        rule.until = *end + rule.from;  // It is given in UTC.
    }
    return rule;
}

std::optional<LocalSeconds> IcsZones::Rule::last_onset(LocalSeconds local) const {
    if (local < begin) return std::nullopt;
    if (week == 0) return begin;
    const auto clock = begin - std::chrono::floor<std::chrono::days>(begin);
    const std::chrono::year this_year =
        std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(local)}.year();
    const auto in_year = [&](std::chrono::year year) -> LocalSeconds {
        const std::chrono::year_month ym{year, std::chrono::month{month}};
        const std::chrono::weekday day{weekday};
        if (week < 0) {
            const sys_days last{ym / day[std::chrono::last]};
            return last - std::chrono::weeks{-week - 1} + clock;
        }
        return sys_days{ym / day[static_cast<unsigned>(week)]} + clock;
    };
    std::chrono::year year = this_year;
    if (until && *until < local)
        year = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(*until)}.year();
    for (int back = 0; back < 2; ++back) {
        const LocalSeconds onset = in_year(year - std::chrono::years{back});
        if (onset <= local && onset >= begin && (!until || onset <= *until)) return onset;
    }
    return begin;
}

void IcsZones::add(const IcsComponent& zone) {
    const std::string id = zone.text("TZID");
    std::vector<Rule> rules;
    for (const IcsComponent& part : zone.children) {
        if (part.name != "STANDARD" && part.name != "DAYLIGHT") continue;
        const auto rule = read_rule(part);
        if (!rule || rules.size() == rules_max) return;
        rules.push_back(*rule);
    }
    if (!id.empty() && !rules.empty()) zones_[id] = std::move(rules);
}

std::optional<seconds> IcsZones::offset(const std::string& id, LocalSeconds local) const {
    const auto found = zones_.find(id);
    if (found == zones_.end()) return std::nullopt;
    std::optional<LocalSeconds> latest;
    seconds offset{0};
    for (const Rule& rule : found->second) {
        const auto onset = rule.last_onset(local);
        if (!onset || (latest && *onset <= *latest)) continue;
        latest = onset;
        offset = rule.to;
    }
    if (latest) return offset;
    // Before the first rule: what held until then.
    const auto first = std::min_element(found->second.begin(), found->second.end(),
                                        [](const Rule& a, const Rule& b) { return a.begin < b.begin; });
    return first->from;
}

std::optional<IcsMoment> read_moment(const IcsProperty& property, const IcsZones& zones,
                                     std::chrono::minutes floating) {
    std::string text{trimmed(property.value)};
    IcsMoment moment;
    if (text.size() == 8) {
        const auto day = read_day(text);
        if (!day) return std::nullopt;
        moment.whole_day = true;
        moment.date = civil_text(*day);
        moment.at = std::chrono::duration_cast<Instant>(day->time_since_epoch()) - floating;
        return moment;
    }
    const bool utc = text.ends_with('Z');
    if (utc) text.pop_back();
    const auto local = read_local(text);
    if (!local) return std::nullopt;
    seconds offset = floating;
    if (utc) {
        offset = seconds{0};
    } else if (const std::string zone = property.parameter("TZID"); !zone.empty()) {
        if (const auto known = zones.offset(zone, *local)) {
            offset = *known;
        } else {
            moment.zone_unknown = true;
        }
    }
    moment.at = std::chrono::duration_cast<Instant>(local->time_since_epoch() - offset);
    const seconds day_offset = utc ? seconds{floating} : offset;  // UTC is nobody's civil day.
    moment.date = civil_text(std::chrono::floor<std::chrono::days>(
        LocalSeconds{std::chrono::duration_cast<seconds>(moment.at) + day_offset}));
    return moment;
}

std::optional<seconds> read_duration(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    if (!text.starts_with('P') || text.size() < 3) return std::nullopt;
    text.remove_prefix(1);
    seconds sum{0};
    bool in_time = false;
    while (!text.empty()) {
        if (text.front() == 'T' && !in_time) {
            in_time = true;
            text.remove_prefix(1);
            continue;
        }
        const std::size_t end = text.find_first_not_of("0123456789");
        if (end > 6) return std::nullopt;  // Also where nothing follows the digits: `end` is the largest number then.
        const auto number = parse_whole(text.substr(0, end));
        if (!number) return std::nullopt;
        switch (text[end]) {
            case 'W':
                sum += std::chrono::weeks{*number};
                break;
            case 'D':
                sum += std::chrono::days{*number};
                break;
            case 'H':
                sum += std::chrono::hours{*number};
                break;
            case 'M':
                sum += std::chrono::minutes{*number};
                break;
            case 'S':
                sum += seconds{*number};
                break;
            default:
                return std::nullopt;
        }
        text.remove_prefix(end + 1);
    }
    return sum;
}

}  // namespace debrief::core::intake
