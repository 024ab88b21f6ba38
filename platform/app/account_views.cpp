#include "platform/app/account_views.hpp"

#include <algorithm>
#include <string>

#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"
#include "core/journey/derived_views.hpp"
#include "core/journey/item_rows.hpp"
#include "core/journey/loader.hpp"
#include "core/journey/timeline.hpp"
#include "platform/app/account_view_codec.hpp"
#include "platform/app/context.hpp"

namespace debrief::platform {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// More records than this at once are an import or a first sync: then every account is looked at anew.
constexpr std::size_t touched_max = 200;

/// Up to here accounts are read one by one.
constexpr std::ptrdiff_t few_missing = 8;

bool tells_of_customers(const std::string& table) {
    return table == "observation" || table == "stance" || table == "commitment" || table == "contact" ||
           table == "meeting";
}

std::optional<int> score_at(const core::Evidence& evidence, const core::Timeline& timeline, sys_days day,
                            const std::string& language) {
    const auto journey = core::fold(evidence, timeline, core::end_of(day));
    const bool known =
        !journey.commitments.empty() || !journey.people.empty() ||
        std::any_of(journey.dimensions.begin(), journey.dimensions.end(),
                    [](const core::DimensionView& view) { return view.status != core::DimensionStatus::empty; });
    if (!known) return std::nullopt;
    return bot::no_decision_risk(journey, day, language).score;
}

AccountView look_at(const core::Evidence& evidence, sys_days today, const std::string& language) {
    const core::Timeline timeline{evidence.items};
    const auto journey = core::fold(evidence, timeline, core::end_of(today));
    AccountView view;
    view.risk = bot::no_decision_risk(journey, today, language);
    view.score_30 = score_at(evidence, timeline, today - days{30}, language);
    view.score_90 = score_at(evidence, timeline, today - days{90}, language);
    for (std::size_t i = 0; i < view.heard.size(); ++i) {
        const auto last = core::days_of(journey.dimensions[i].last_confirmed);
        if (!last) continue;
        view.heard[i] = today - last->first;
        view.last_heard = std::max(view.last_heard.value_or(last->first), last->first);
    }
    view.shifted =
        core::changes(evidence, timeline, core::start_of(today - AccountViews::shifted_days), core::end_of(today));
    for (const auto& commitment : journey.commitments) {
        if (commitment.state == "overdue") view.overdue.push_back(commitment);
    }
    view.heard_of = !evidence.items.empty() || !evidence.commitments.empty();
    return view;
}

}  // namespace

void AccountViews::renew(Context& context) {
    const auto today = context.today();
    const auto language = context.language();
    if (today != day_ || language != language_) forget();
    day_ = today;
    language_ = language;
    terms_ = core::civil_text(today) + " " + language + " " + std::to_string(context.config.utc_offset.count()) + " " +
             DEBRIEF_VIEW_RULES;
    settle(context.store());
}

core::Result<const AccountView*> AccountViews::of(Context& context, const core::Uuid& account) {
    renew(context);
    const auto known = views_.find(account);
    if (known != views_.end()) return &known->second;
    const auto kept = core::derived_view(context.store(), terms_, account);
    if (!kept) return kept.error();
    if (auto view = account_view_of(*kept)) return &views_.emplace(account, std::move(*view)).first->second;
    const auto evidence = core::load_evidence(context.store(), account, {}, context.config.utc_offset);
    if (!evidence) return evidence.error();
    return &views_.emplace(account, look_at(*evidence, day_, language_)).first->second;
}

core::Status AccountViews::warm(Context& context, const std::vector<core::Record>& accounts) {
    renew(context);
    const auto is_known = [&](const core::Record& account) { return views_.contains(account.id); };
    if (std::all_of(accounts.begin(), accounts.end(), is_known)) return core::Ok{};
    const auto commits = core::commits_elsewhere(context.store());
    if (!commits) return commits.error();
    const auto kept = core::derived_views(context.store(), terms_);
    if (!kept) return kept.error();
    for (const auto& [account, bytes] : *kept) {
        if (views_.contains(account)) continue;
        if (auto view = account_view_of(bytes)) views_.emplace(account, std::move(*view));
    }
    const auto missing =
        std::count_if(accounts.begin(), accounts.end(), [&](const auto& account) { return !is_known(account); });
    const bool in_one_pass = missing > few_missing;
    std::map<core::Uuid, std::vector<core::Item>> items;
    if (in_one_pass) {
        auto all = core::read_all_items(context.store());
        if (!all) return all.error();
        items = std::move(*all);
    }
    core::DerivedViews made;
    for (const auto& account : accounts) {
        if (is_known(account)) continue;
        const auto evidence = in_one_pass
                                  ? core::evidence_with(context.store(), account.id, std::move(items[account.id]),
                                                        context.config.utc_offset)
                                  : core::load_evidence(context.store(), account.id, {}, context.config.utc_offset);
        if (!evidence) return evidence.error();
        const auto& view = views_.emplace(account.id, look_at(*evidence, day_, language_)).first->second;
        made.emplace(account.id, bytes_of(view));
    }
    // On a full disk, or where somebody else writes just now, they are made again the next time.
    if (!made.empty()) static_cast<void>(core::keep_derived_views(context.store(), terms_, made, *commits).has_value());
    return core::Ok{};
}

void AccountViews::touched(const std::set<core::TouchedRecord>& records) {
    if (views_.empty()) return;
    for (const auto& record : records) {
        if (tells_of_customers(record.table)) touched_.insert(record.id);
    }
    if (touched_.size() > touched_max) forget();
}

void AccountViews::forget() {
    views_.clear();
    touched_.clear();
}

void AccountViews::settle(core::Store& store) {
    for (const auto& id : touched_) {
        const auto place = store.place(id);
        const auto scope = place && *place ? core::parse_scope((*place)->scope) : std::nullopt;
        // A record that is gone had an account that nobody can name any more.
        if (!scope) return forget();
        if (scope->kind == core::ScopeKind::account) views_.erase(scope->first);
        if (scope->kind == core::ScopeKind::private_account) views_.erase(scope->second);
    }
    touched_.clear();
}

}  // namespace debrief::platform
