// The journey of an account as a document.
#include <array>

#include "bot/risk/risk.hpp"
#include "core/civil_date.hpp"
#include "core/journey/loader.hpp"
#include "platform/app/export.hpp"
#include "platform/app/names.hpp"

namespace debrief::platform {
namespace {

constexpr std::array<const char*, core::dimension_names.size()> headings{"Why they must change",
                                                                         "What staying costs them",
                                                                         "What they want to reach",
                                                                         "How they decide",
                                                                         "Who is who",
                                                                         "Concerns",
                                                                         "Other options",
                                                                         "What they promised",
                                                                         "Timing",
                                                                         "Not known"};

/// What people typed must not become headings, links or markup.
std::string plain(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        if (c == '\n' || c == '\r') {
            safe += ' ';
            continue;
        }
        if (std::string_view{"\\`*_{}[]<>#|"}.find(c) != std::string_view::npos) safe += '\\';
        safe += c;
    }
    return safe;
}

std::string item_line(const core::Item& item) {
    std::string line = "- " + plain(item.text);
    if (item.person) line += " (" + plain(item.person->name) + ")";
    line += " — " + item.said_on + ", " + plain(item.by.name);
    if (item.state != core::ItemState::confirmed)
        line += ", " + std::string{core::item_state_names[static_cast<std::size_t>(item.state)]};
    line += "\n";
    if (!item.source.quote.empty() && item.source.quote != item.text) line += "  > " + plain(item.source.quote) + "\n";
    return line;
}

std::string journey_text(const core::Journey& journey, const bot::Risk& risk) {
    std::string text;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        const auto& dimension = journey.dimensions[i];
        if (dimension.items.empty()) continue;
        text += "\n## " + std::string{headings.at(i)} +
                "\n\nStatus: " + std::string{core::dimension_status_names[static_cast<std::size_t>(dimension.status)]};
        if (!dimension.since.empty()) text += ", since " + dimension.since;
        text += "\n\n";
        for (const auto& item : dimension.items) text += item_line(item);
    }
    if (!journey.people.empty()) text += "\n## People\n\n";
    for (const auto& person : journey.people) {
        text += "- " + plain(person.contact.name) + (person.role.empty() ? "" : ", " + plain(person.role)) + ": " +
                std::string{core::name_of(person.stance)} + "\n";
    }
    if (!journey.commitments.empty()) text += "\n## Commitments of the customer\n\n";
    for (const auto& commitment : journey.commitments) {
        text += "- " + plain(commitment.made.text) +
                (commitment.made.due.empty() ? "" : ", due " + commitment.made.due) + ": " + commitment.state + "\n";
    }
    if (!risk.reasons.empty()) text += "\n## Risk of no decision\n\nPoints: " + std::to_string(risk.score) + "\n\n";
    for (const auto& reason : risk.reasons)
        text += "- " + plain(reason.text) + " (" + std::to_string(reason.points) + "). " + plain(reason.lowers) + "\n";
    return text;
}

}  // namespace

core::Result<std::string> export_markdown(Context& context, const std::optional<core::Uuid>& account) {
    auto& store = context.store();
    std::vector<core::Record> accounts;
    if (account) {
        auto record = need_record(store, "account", *account, "account");
        if (!record) return record.error();
        accounts.push_back(std::move(*record));
    } else {
        auto page = store.list({.table = "account", .where = {}, .order = "name", .limit = 0, .after = {}});
        if (!page) return page.error();
        accounts = std::move(page->records);
    }
    std::string text;
    for (const auto& record : accounts) {
        const auto evidence = core::load_evidence(store, record.id, {}, context.config.utc_offset);
        if (!evidence) return evidence.error();
        const auto journey = core::fold(*evidence, context.today());
        text += (text.empty() ? "# " : "\n# ") + plain(record.text("name")) + "\n";
        if (const auto industry = record.text("industry"); !industry.empty()) text += "\n" + plain(industry) + "\n";
        text += journey_text(journey, bot::no_decision_risk(journey, context.today(), context.language()));
    }
    return text;
}

}  // namespace debrief::platform
