#include "bot/dialogue/reminding.hpp"

#include <algorithm>

#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/words.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

/// What is to be done; empty if the sentence asks for no reminder.
std::string wish_in(const std::string& sentence) {
    const std::string small = lower_case(sentence);
    constexpr sv openers[]{
        "remind me to ",         "remind me that ",       "remind me about ",     "please remind me to ",
        "can you remind me to ", "and remind me to ",     "set a reminder to ",   "reminder: ",
        "note to self: ",        "erinnere mich daran, ", "erinnere mich daran ", "erinner mich daran, ",
        "erinnere mich an ",     "erinnere mich, "};
    for (const sv opener : openers) {
        if (small.starts_with(opener)) return trimmed(sv(sentence).substr(opener.size()));
    }
    return {};
}

/// "on Friday send it" and "send it on Friday" both leave "send it".
std::string without_date(std::string task, const std::string& date) {
    const std::size_t at = task.find(date);
    if (at == std::string::npos || date.empty()) return task;
    std::size_t from = at;
    const std::string small = lower_case(task);
    for (const sv lead :
         {sv("on "), sv("by "), sv("before "), sv("this "), sv("am "), sv("bis "), sv("at "), sv("in ")}) {
        if (from >= lead.size() && sv(small).substr(from - lead.size(), lead.size()) == lead) {
            from -= lead.size();
            break;
        }
    }
    task.erase(from, at + date.size() - from);
    task = trimmed(task);
    while (!task.empty() && (task.back() == '.' || task.back() == ',' || task.back() == ' ')) task.pop_back();
    return task;
}

}  // namespace

std::string take_reminders(Exchange& exchange, const std::string& text) {
    std::string rest;
    std::size_t count = 0;
    for (const std::string& sentence : split_sentences(text)) {
        std::string task = wish_in(trimmed(sentence));
        if (task.empty()) {
            if (!rest.empty()) rest += ' ';
            rest += sentence;
            continue;
        }
        // A reminder is about the rep's own days: "on Friday" counts from today, not from the meeting.
        NoteContext context = note_context(exchange.conversation, exchange.world, {});
        context.meeting_date = std::chrono::year_month_day{exchange.today()};
        const auto dates = dates_in(task, context);
        std::optional<std::chrono::sys_days> day;
        if (!dates.empty()) {
            if (const auto range = core::days_of(dates.front().value)) day = range->first;
            task = without_date(task, dates.front().text);
        }
        while (!task.empty() && (task.back() == '.' || task.back() == ' ')) task.pop_back();
        if (task.empty()) continue;
        const std::string place = exchange.line->id.text() + (count == 0 ? std::string() : "/" + std::to_string(count));
        ++count;
        core::Put put{"task",
                      core::derive_uuid("task", place),
                      {},
                      core::private_scope(exchange.conversation.rep.id, exchange.conversation.account.id)};
        put.fields["account"] = exchange.conversation.account.id;
        put.fields["text"] = task;
        put.fields["owner"] = exchange.conversation.rep.id;
        put.fields["state"] = std::string("open");
        if (day) {
            put.fields["due"] = core::civil_text(*day);
            // Nine in the morning, where the rep is.
            const auto morning = std::chrono::sys_time<std::chrono::milliseconds>{*day} + std::chrono::hours{9} -
                                 exchange.world.utc_offset;
            put.fields["remind_at"] = static_cast<std::int64_t>(morning.time_since_epoch().count());
        }
        exchange.step.tasks.push_back(put.id);
        exchange.edits.emplace_back(std::move(put));
        exchange.step.did = "reminded";
        exchange.tell(
            day ? exchange.say(Phrase::reminder, {{"date", spoken_day(*day, exchange.language())}, {"text", task}})
                : exchange.say(Phrase::reminder_no_day, {{"text", task}}));
    }
    // Untouched unless something was taken out: quotes are looked for in the line as it was said.
    return count == 0 ? text : trimmed(rest);
}

}  // namespace debrief::bot
