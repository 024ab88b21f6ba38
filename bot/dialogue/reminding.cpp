#include "bot/dialogue/reminding.hpp"
#include "bot/dialogue/german_dates.hpp"

#include <algorithm>
#include <optional>

#include "bot/dialogue/listening.hpp"
#include "bot/dialogue/words.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

/// Words that call for a reminder. What is to be done follows, or first the day: "remind me on Friday to call".
constexpr sv calls[]{"remind me",          "don't let me forget", "do not let me forget", "don't forget to remind me",
                     "erinnere mich",      "erinner mich",        "erinnerst du mich",    "lass mich nicht vergessen",
                     "vergiss nicht, mich"};
/// What stands between the call, or its day, and the task.
constexpr sv links[]{"to ", "that ", "about ", "of ", "daran, dass ", "daran, ", "daran ", "an ", "dass "};
/// Openers that say it in one.
constexpr sv whole_openers[]{"set a reminder to ", "reminder: ", "note to self: ", "erinnerung: ", "erinnere mich, "};

/// What may stand before the call and says nothing.
constexpr sv polite[]{"please",    "and",       "also",  "but", "oh",   "ok",  "okay",      "by the way", "can you",
                      "could you", "would you", "bitte", "und", "auch", "ach", "kannst du", "könntest du"};
constexpr sv marks = " ,;:.-";  // Around the call.
constexpr sv asking_words[]{"who", "what", "when", "where", "how", "which", "why", "wer", "was", "wann", "wo", "wie"};

struct Call {
    std::string before;  ///< What the sentence says besides.
    std::string after;   ///< From behind the calling words.
};

/// "Sarah wants the case study, and please" -> "Sarah wants the case study".
std::string without_polite_end(std::string text) {
    for (bool more = true; more;) {
        while (!text.empty() && marks.find(text.back()) != sv::npos) text.pop_back();
        const std::string small = " " + lower_case(text);
        more = std::any_of(std::begin(polite), std::end(polite), [&](sv word) {
            if (!small.ends_with(" " + std::string(word))) return false;
            text.resize(text.size() - word.size());
            return true;
        });
    }
    return text;
}

/// "Please remind me to …", "Sarah wants the case study, remind me to …"; nothing where somebody else is to be
/// reminded, or reminds.
std::optional<Call> call_in(std::string sentence) {
    replace_all(sentence, "\xE2\x80\x99", "'");
    const std::string small = lower_case(sentence);
    for (const sv words : calls) {
        const std::size_t at = small.find(words);
        const std::size_t end = at + words.size();
        if (at == std::string::npos || end == small.size() || marks.find(small[end]) == sv::npos) continue;
        const std::string lead = trimmed(sv(sentence).substr(0, at));
        std::string before = without_polite_end(lead);
        // "They will remind me" and "Sarah will call and remind me" ask us for nothing.
        const std::string between = lower_case(sv(lead).substr(before.size()));
        const bool parted = between.find_first_of(",;:.-") != std::string::npos || contains_phrase(between, "please") ||
                            contains_phrase(between, "bitte") || contains_phrase(between, "you");
        if (!before.empty() && !parted) continue;
        const std::size_t task = std::min(sentence.find_first_not_of(marks, end), sentence.size());
        return Call{std::move(before), trimmed(sv(sentence).substr(task))};
    }
    return std::nullopt;
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

/// Without the word that links the task to the call; nothing where none stands there, as in "remind me who she is".
std::optional<std::string> behind_link(const std::string& words) {
    const std::string small = lower_case(words);
    for (const sv link : links) {
        if (small.starts_with(link)) return trimmed(sv(words).substr(link.size()));
    }
    return std::nullopt;
}

struct Wish {
    std::string before, task;
    std::optional<std::chrono::sys_days> day;
};

/// Nothing if the sentence asks for no reminder. Days count from `context`'s.
std::optional<Wish> wish_in(const std::string& sentence, const NoteContext& context) {
    const auto dated = [&context](Wish wish, const std::string& words) {
        const auto dates = dates_said(words, context);
        wish.task = words;
        if (dates.empty()) return wish;
        if (const auto range = core::days_of(dates.front().value)) wish.day = range->first;
        wish.task = without_date(words, dates.front().text);
        return wish;
    };
    for (const sv opener : whole_openers) {
        if (lower_case(sentence).starts_with(opener)) return dated({}, trimmed(sv(sentence).substr(opener.size())));
    }
    const auto call = call_in(sentence);
    if (!call) return std::nullopt;
    Wish wish;
    wish.before = call->before;
    if (const auto task = behind_link(call->after)) return dated(std::move(wish), *task);
    // The day first: "on Friday to send it"; or a time that is no day: "tonight to send it".
    wish = dated(std::move(wish), call->after);
    if (wish.day) {
        const auto task = behind_link(wish.task);
        if (!task) return std::nullopt;
        wish.task = *task;
        return wish;
    }
    constexpr std::size_t when_words_max = 3;
    for (const sv link : links) {
        const std::size_t at = lower_case(call->after).find(" " + std::string(link));
        if (at == std::string::npos) continue;
        const std::string when = call->after.substr(0, at);
        const auto words = plain_words(when);
        const bool asks = words.empty() || std::find(std::begin(asking_words), std::end(asking_words), words.front()) !=
                                               std::end(asking_words);
        if (asks || words.size() > when_words_max) continue;
        wish.task = trimmed(sv(call->after).substr(at + 1 + link.size()));
        while (wish.task.ends_with('.')) wish.task.pop_back();
        wish.task += ", " + when;
        return wish;
    }
    return std::nullopt;
}

}  // namespace

std::string take_reminders(Exchange& exchange, const std::string& text) {
    std::string rest;
    std::size_t count = 0;
    // A reminder is about the rep's own days: "on Friday" counts from today, not from the meeting.
    NoteContext context = note_context(exchange.conversation, exchange.world, {});
    context.meeting_date = std::chrono::year_month_day{exchange.today()};
    for (const std::string& sentence : split_sentences(text)) {
        const auto wish = wish_in(trimmed(sentence), context);
        const std::string& said = wish ? wish->before : sentence;
        if (!rest.empty() && !said.empty()) rest += ' ';
        rest += said;
        if (!wish) continue;
        std::string task = wish->task;
        const auto& day = wish->day;
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
