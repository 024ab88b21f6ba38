#include "bot/coaching/needs.hpp"

#include <algorithm>

#include "bot/dialogue/phrases.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot::coaching {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

// The tables of points are in README.md.
constexpr days silent_after{30};
constexpr int silent_a_week = 1, silent_most = 20;
constexpr int stuck_first = 3, stuck_a_week = 1, stuck_most = 12;
constexpr int rising_most = 15;

int weeks_in(days length) {
    return static_cast<int>(length / std::chrono::weeks{1});
}

class Weighing {
public:
    Weighing(const AccountState& account, sys_days today, bool german)
        : account_(account), today_(today), german_(german) {}

    Need run() {
        need_.account = account_.account;
        for (const RiskReason& reason : account_.risk.reasons) {
            // Each promise that is overdue is told on its own below.
            if (reason.code == "overdue_promise" && !account_.overdue.empty()) continue;
            add(reason.code, reason.points, reason.text, reason.evidence, reason.lowers);
        }
        rising();
        silent();
        for (const core::CommitmentView& one : account_.overdue) stuck(one);
        std::stable_sort(need_.reasons.begin(), need_.reasons.end(),
                         [](const NeedReason& a, const NeedReason& b) { return a.points > b.points; });
        return std::move(need_);
    }

private:
    void add(std::string code, int points, std::string text, std::vector<core::Uuid> evidence, std::string lowers) {
        need_.points += points;
        need_.reasons.push_back({std::move(code), points, std::move(text), std::move(evidence), std::move(lowers)});
    }
    void rising() {
        if (!account_.score_before || account_.risk.score <= *account_.score_before) return;
        const auto before = std::to_string(*account_.score_before), now = std::to_string(account_.risk.score);
        add("rising", std::min(rising_most, (account_.risk.score - *account_.score_before + 1) / 2),
            german_ ? "In 30 Tagen ist das Risiko von " + before + " auf " + now + " gestiegen."
                    : "In 30 days the risk rose from " + before + " to " + now + ".",
            {}, {});
    }
    void silent() {
        if (!account_.last_heard || today_ - *account_.last_heard <= silent_after) return;
        const days length = today_ - *account_.last_heard;
        const auto since = plain_date(core::civil_text(*account_.last_heard), german_ ? "de" : "en");
        add("silent", std::min(silent_most, 1 + silent_a_week * weeks_in(length - silent_after)),
            german_ ? "Seit dem " + since + " wurde nichts von ihnen gehört."
                    : "Nothing was heard of them since " + since + ".",
            {},
            german_ ? "Eine offene Frage an jemanden dort, die noch nicht gestellt ist."
                    : "One open question put to somebody there.");
    }
    void stuck(const core::CommitmentView& one) {
        const auto due = core::days_of(one.made.due);
        const days late = due ? today_ - due->last : days{0};
        const auto date = plain_date(one.made.due, german_ ? "de" : "en");
        const std::string who = one.made.owner.name.empty() ? std::string{} : one.made.owner.name + ": ";
        add("stuck", std::min(stuck_most, stuck_first + stuck_a_week * weeks_in(late)),
            german_ ? who + "„" + one.made.text + "“ war für den " + date + " zugesagt."
                    : who + "“" + one.made.text + "” was promised for " + date + ".",
            {one.made.id}, german_ ? "Fragen, was ihn oder sie daran gehindert hat." : "Ask what kept them from it.");
    }

    const AccountState& account_;
    const sys_days today_;
    const bool german_;
    Need need_;
};

}  // namespace

std::vector<Need> needs_of(const std::vector<AccountState>& accounts, sys_days today, std::string_view language) {
    std::vector<Need> heard, unheard;
    for (const AccountState& account : accounts) {
        Need need = Weighing{account, today, language == "de"}.run();
        if (need.points == 0) continue;
        (account.last_heard ? heard : unheard).push_back(std::move(need));
    }
    std::stable_sort(heard.begin(), heard.end(), [](const Need& a, const Need& b) { return a.points > b.points; });
    std::stable_sort(unheard.begin(), unheard.end(),
                     [](const Need& a, const Need& b) { return a.account.name < b.account.name; });
    heard.insert(heard.end(), std::make_move_iterator(unheard.begin()), std::make_move_iterator(unheard.end()));
    return heard;
}

}  // namespace debrief::bot::coaching
