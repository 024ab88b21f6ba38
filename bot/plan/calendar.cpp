#include "bot/plan/calendar.hpp"

#include <algorithm>
#include <cstdio>

#include "bot/plan/plan_texts.hpp"

namespace debrief::bot {
namespace {

constexpr std::size_t octets_max = 75;

/// TEXT of RFC 5545, 3.3.11. Other control characters have no place in it.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
            out += c;
        }
    }
    return out;
}

/// A content line, folded between characters.
std::string line(std::string_view name, std::string_view value) {
    std::string whole = std::string(name) + ":" + std::string(value), out;
    std::size_t room = octets_max;
    for (std::size_t at = 0; at < whole.size();) {
        std::size_t end = std::min(at + room, whole.size());
        while (end < whole.size() && end > at + 1 && (static_cast<unsigned char>(whole[end]) & 0xC0U) == 0x80) --end;
        out += (at == 0 ? "" : "\r\n ") + whole.substr(at, end - at);
        at = end;
        room = octets_max - 1;
    }
    return out + "\r\n";
}

std::string utc(core::Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(std::chrono::sys_time<core::Instant>{instant});
    const std::chrono::year_month_day civil{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(instant - day.time_since_epoch())};
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(civil.year()),
                  static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

/// The plan as plain text: what fits into the field of a calendar on a phone.
std::string description(const CallPlan& plan, const PlanContext& context) {
    const auto words = [&](PlanText which, std::string_view mark = {}, std::string_view value = {}) {
        return mark.empty() ? std::string{plan_text(which, context.language)}
                            : fill(plan_text(which, context.language), {{mark, value}});
    };
    std::string text = words(PlanText::page_objective) + ": " + plan.objective + "\n";
    if (!plan.questions.empty()) text += "\n" + words(PlanText::page_questions) + "\n";
    for (const PlanQuestion& question : plan.questions) {
        if (question.status == "dropped") continue;
        text += std::to_string(question.rank) + ". " + question.text;
        if (question.to && !question.to->name.empty())
            text += " (" + words(PlanText::page_to, "{person}", question.to->name) + ")";
        text += "\n";
    }
    if (!plan.commitments_due.empty()) text += "\n" + words(PlanText::page_promises) + "\n";
    for (const core::CommitmentView& view : plan.commitments_due) {
        text += "- " + view.made.text;
        if (!view.made.due.empty()) text += ", " + words(PlanText::page_by, "{date}", view.made.due);
        text += "\n";
    }
    if (!plan.contingencies.empty()) text += "\n" + words(PlanText::page_hard) + "\n";
    for (const Contingency& one : plan.contingencies) text += "- " + one.question + "\n";
    return text;
}

}  // namespace

std::string to_calendar(const CallPlan& plan, const PlanContext& context, const CalendarEntry& entry) {
    std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Debrief//Call plan//EN\r\nMETHOD:PUBLISH\r\n";
    out += "BEGIN:VEVENT\r\n" + line("UID", escaped(entry.uid)) + line("DTSTAMP", utc(entry.stamp));
    if (!entry.recurrence.empty()) out += line("RECURRENCE-ID", escaped(entry.recurrence));
    if (!entry.date.empty()) {
        std::string day = entry.date;
        day.erase(std::remove(day.begin(), day.end(), '-'), day.end());
        out += line("DTSTART;VALUE=DATE", day);
    } else {
        out += line("DTSTART", utc(entry.at));
        if (entry.ends_at && *entry.ends_at > entry.at) out += line("DTEND", utc(*entry.ends_at));
    }
    out += line("SUMMARY", escaped(entry.title)) + line("DESCRIPTION", escaped(description(plan, context)));
    return out + "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

}  // namespace debrief::bot
