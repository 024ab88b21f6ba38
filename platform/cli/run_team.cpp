// Where a manager is needed first, and how opportunities ended.
#include <array>

#include <nlohmann/json.hpp>

#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

constexpr std::size_t accounts_shown = 10;
constexpr std::size_t reasons_shown = 3;

std::string percent_text(const json& value) {
    const auto tenths = static_cast<std::int64_t>(value.is_number() ? value.get<double>() * 10 + 0.5 : 0);
    return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10));
}

/// "63.2 % (4238 of 6711; 62 to 64.3 %)"
std::string share_words(const json& share) {
    if (!share.is_object()) return "no case yet";
    std::string text = percent_text(share.value("percent", json{})) + " % (" +
                       std::to_string(number_of(share, "count")) + " of " + std::to_string(number_of(share, "n")) +
                       "; 95 % interval " + percent_text(share.value("low", json{})) + " to " +
                       percent_text(share.value("high", json{})) + " %)";
    if (flag_of(share, "few")) text += ", few cases: read with care";
    return text;
}

std::string trend_words(const json& trend) {
    std::string text;
    for (const auto& [key, label] : {std::pair{"days_30", "30 days ago "}, std::pair{"days_90", "90 days ago "}}) {
        const auto then = trend.find(key);
        if (then == trend.end() || !then->is_number()) continue;
        text += (text.empty() ? "" : ", ") + std::string{label} + std::to_string(then->get<std::int64_t>());
    }
    return text.empty() ? text : " (" + text + ")";
}

void print_account(Output& out, const json& account) {
    const json risk = account.value("risk", json::object());
    std::string line = text_of(account, "name");
    if (const auto rep = name_in(account, "rep"); !rep.empty()) line += ", " + rep;
    line += trend_words(risk.value("trend", json::object()));
    const json freshness = account.value("freshness", json::object());
    const auto last = text_of(freshness, "last_heard");
    line += last.empty() ? "; nothing heard yet"
                         : "; last heard " + last + ", " + std::to_string(number_of(freshness, "percent")) + " % fresh";
    out.paragraph({Style::strong, "  " + std::to_string(number_of(risk, "score")) + "  "}, {Style::plain, line});
    std::size_t shown = 0;
    for (const auto& reason : risk.value("reasons", json::array())) {
        if (shown++ == reasons_shown) break;
        std::string text = text_of(reason, "text");
        if (const auto lowers = text_of(reason, "lowers"); !lowers.empty()) text += " — lower it: " + lowers;
        out.paragraph({Style::dim, "      " + std::to_string(number_of(reason, "points")) + "  "},
                      {Style::plain, text});
    }
}

void print_accounts(Output& out, const json& accounts) {
    out.line({{Style::strong, "Most at risk of no decision"}, {Style::dim, "  points order the list; no probability"}});
    // Accounts of which nothing is known have all the same score: they say little one by one.
    std::size_t shown = 0, silent = 0;
    for (const auto& account : accounts) {
        if (number_of(account.value("freshness", json::object()), "heard") == 0) {
            ++silent;
        } else if (shown < accounts_shown) {
            print_account(out, account);
            ++shown;
        }
    }
    if (accounts.empty()) out.line("  No accounts here yet.");
    if (silent > 0) {
        const std::string label = counted(silent, "account has", "accounts have") + " no evidence at all yet.";
        out.paragraph({Style::dim, "  "}, {Style::dim, label});
    }
}

void print_shifted(Output& out, const json& shifted) {
    out.line({{Style::strong, "What shifted this week"}});
    if (shifted.empty()) out.line("  Nothing.");
    for (const auto& account : shifted) {
        out.line({{Style::plain, "  " + text_of(account, "name")}});
        for (const auto& change : account.value("changes", json::array())) {
            const auto after = text_of(change, "after");
            out.paragraph(
                {Style::dim, "    " + text_of(change, "on") + "  "},
                {Style::plain,
                 dimension_words(text_of(change, "dimension")) + ": " +
                     (after.empty() ? text_of(change, "before") + " (" + text_of(change, "kind") + ")" : after)});
        }
    }
}

std::string counts_words(const json& tally) {
    constexpr std::array<std::pair<const char*, const char*>, 7> label{{{"bought", "bought"},
                                                                        {"elsewhere", "bought elsewhere"},
                                                                        {"not_bought", "not bought, reason not known"},
                                                                        {"stayed", "stayed as they are"},
                                                                        {"undecided", "undecided"},
                                                                        {"withdrew", "we withdrew"},
                                                                        {"open", "open"}}};
    std::string text;
    for (const auto& [key, word] : label) {
        if (number_of(tally, key) > 0)
            text += (text.empty() ? "" : ", ") + std::to_string(number_of(tally, key)) + " " + word;
    }
    if (number_of(tally, "looks_undecided") > 0)
        text += " (of these " + std::to_string(number_of(tally, "looks_undecided")) + " look undecided)";
    return text;
}

void print_outcomes(Output& out, const json& outcomes) {
    out.line({{Style::strong, "How opportunities ended"}});
    const json total = outcomes.value("total", json::object());
    if (number_of(total, "n") + number_of(total, "open") == 0) return out.line("  No opportunities here yet.");
    out.paragraph({Style::plain, "  "}, {Style::plain, counts_words(total)});
    out.paragraph({Style::plain, "  bought  "}, {Style::plain, share_words(total.value("bought_share", json{}))});
    out.paragraph({Style::plain, "  no decision  "},
                  {Style::plain, share_words(total.value("no_decision_share", json{}))});
    out.paragraph({Style::plain, "  no decision, with those that look undecided  "},
                  {Style::plain, share_words(total.value("no_decision_share_wide", json{}))});
    constexpr std::array<std::array<const char*, 4>, 3> parts{
        {{"teams", "name", "By team", "no team"},
         {"products", "product", "By product", "no product"},
         {"quarters", "quarter", "By quarter of the end", "day not known"}}};
    for (const auto& [list, key, heading, nameless] : parts) {
        const json rows = outcomes.value(list, json::array());
        if (rows.empty()) continue;
        out.line({{Style::plain, std::string{"  "} + heading}});
        for (const auto& row : rows) {
            const auto name = text_of(row, key);
            out.paragraph(
                {Style::plain, "    " + (name.empty() ? "(" + std::string{nameless} + ")" : name) + "  "},
                {Style::plain, "bought " + share_words(row.value("bought_share", json{})) + "; " + counts_words(row)});
        }
    }
}

void print_waiting(Output& out, const json& overview) {
    const json handover = overview.value("handover", json::array());
    if (!handover.empty()) out.line({{Style::strong, "Handover inbox"}});
    for (const auto& one : handover) {
        out.paragraph({Style::warn, "  " + std::to_string(number_of(one, "changes")) + "  "},
                      {Style::plain, "by " + name_in(one, "by") + " for " + text_of(one, "name") + ", waiting since " +
                                         text_of(one, "since").substr(0, 10) + " (debrief admin handover list)"});
    }
    std::size_t conflicts = 0;
    std::string where;
    for (const auto& account : overview.value("accounts", json::array())) {
        const auto open = account.value("conflicts", json::array()).size();
        if (open > 0) where += (where.empty() ? "" : ", ") + text_of(account, "name");
        conflicts += open;
    }
    if (conflicts == 0) return;
    out.line({{Style::strong, "Open conflicts"}});
    out.paragraph({Style::warn, "  " + std::to_string(conflicts) + "  "},
                  {Style::plain, "at " + where + " (debrief conflicts)"});
}

void print_reps(Output& out, const json& reps) {
    bool headed = false;
    for (const auto& rep : reps) {
        const json help = rep.value("help", json::array());
        const json trend = rep.value("focus_trend", json::array());
        if (help.empty() && trend.empty()) continue;
        if (!headed) out.line({{Style::strong, "Where each rep could use help"}});
        headed = true;
        out.line({{Style::plain, "  " + text_of(rep, "name")}});
        for (const auto& one : help) out.paragraph({Style::plain, "    "}, {Style::plain, text_of(one, "text")});
        for (const auto& month : trend) {
            out.paragraph({Style::dim, "    " + text_of(month, "from").substr(0, 7) + "  "},
                          {Style::dim, std::to_string(number_of(month, "customer")) + " % about the customer, " +
                                           std::to_string(number_of(month, "seller")) + " % about us"});
        }
    }
}

}  // namespace

Outcome run_team(Context& context, const Arguments&) {
    auto door = context.door();
    if (!door) return door.error();
    auto overview = (*door)->call("team.overview", json::object());
    if (!overview) return overview.error();
    auto& out = context.out;
    if (out.look().json) {
        out.json(*overview);
        return ExitCode::done;
    }
    print_accounts(out, overview->value("accounts", json::array()));
    print_reps(out, overview->value("reps", json::array()));
    print_shifted(out, overview->value("shifted", json::array()));
    print_waiting(out, *overview);
    print_outcomes(out, overview->value("outcomes", json::object()));
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
