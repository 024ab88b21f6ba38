#include "platform/sample/sample.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "platform/sample/evidence.hpp"
#include "platform/sample/evidence_edits.hpp"

namespace debrief::embedded {
extern const std::string_view sample_accounts;
extern const std::string_view sample_products;
extern const std::string_view sample_pipeline;
extern const std::string_view sample_teams;
extern const std::string_view sample_evidence;
extern const std::string_view sample_script;
}  // namespace debrief::embedded

namespace debrief::platform {
namespace {

SampleEvidence shipped_evidence() {
    auto evidence = parse_evidence(embedded::sample_evidence);
    DEBRIEF_CHECK(evidence.has_value());  // It is part of the program.
    return std::move(*evidence);
}

/// The only record of that name. Nothing if there is none, or there are several.
core::Result<std::optional<core::Uuid>> only_one(core::Store& store, std::string_view table, const std::string& name) {
    const auto page = store.list({.table = std::string{table},
                                  .where = {{"name", core::Where::Op::equal, name}},
                                  .order = "id",
                                  .limit = 2,
                                  .after = {}});
    if (!page) return page.error();
    if (page->records.size() != 1) return std::optional<core::Uuid>{};
    return std::optional{page->records.front().id};
}

/// Writes what is not there yet; what is, stays as it has become.
core::Status add_missing(core::Store& store, std::vector<core::Put> puts, core::ImportReport& report) {
    std::vector<core::Edit> edits;
    for (core::Put& put : puts) {
        const auto known = store.locate(put.id);
        if (!known) return known.error();
        core::ImportCounts& counts = report.tables[put.table];
        ++(*known ? counts.unchanged : counts.created);
        ++(*known ? report.records.unchanged : report.records.created);
        if (!*known) edits.emplace_back(std::move(put));
    }
    if (edits.empty()) return core::Ok{};
    const auto written = store.write(edits);
    return written ? core::Status{core::Ok{}} : core::Status{written.error()};
}

}  // namespace

SamplePeople sample_people() {
    const SampleEvidence evidence = shipped_evidence();
    return {evidence.rep, evidence.manager};
}

core::ImportFiles sample_files() {
    return {{"accounts.csv", std::string{embedded::sample_accounts}},
            {"products.csv", std::string{embedded::sample_products}},
            {"sales_pipeline.csv", std::string{embedded::sample_pipeline}},
            {"sales_teams.csv", std::string{embedded::sample_teams}}};
}

std::string_view sample_debrief_script() {
    return embedded::sample_script;
}

core::Result<Sample> load_sample(core::Store& store, std::chrono::sys_days today, const SampleProgress& progress,
                                 bool directory, const std::function<bool()>& stop) {
    if (embedded::sample_pipeline.empty()) {
        return core::Error{core::Errc::not_found, "The sample does not travel with the web app.", "format",
                           "'debrief demo' in a terminal shows it."};
    }
    core::ImportOptions options;
    options.today = today;
    options.directory = directory;
    options.progress = progress;
    options.stop = stop;
    auto imported = core::import_files(store, "crm-csv", sample_files(), options);
    if (!imported) return imported.error();

    const SampleEvidence evidence = shipped_evidence();
    Sample sample;
    sample.report = std::move(*imported);
    sample.rep = evidence.rep;
    sample.manager = evidence.manager;
    auto rep = only_one(store, "user", evidence.rep);
    if (!rep) return rep.error();
    auto manager = only_one(store, "user", evidence.manager);
    if (!manager) return manager.error();
    sample.rep_id = *rep;
    sample.manager_id = *manager;

    for (const AccountEvidence& account : evidence.accounts) {
        const auto id = only_one(store, "account", account.account);
        if (!id) return id.error();
        if (!*id) {
            return core::Error{core::Errc::ambiguous,
                               "There is not exactly one account called " + account.account + " here.",
                               {},
                               "Load the sample into an empty store."};
        }
        const EvidenceContext context{**id, sample.rep_id, today, store.now(), sample.accounts.size()};
        EvidenceRecords records = evidence_records(account, context);
        sample.accounts.push_back({**id, account.account, records.waiting, records.next});
        DEBRIEF_TRY(add_missing(store, std::move(records.puts), sample.report));
    }
    return sample;
}

nlohmann::json sample_json(const Sample& sample) {
    nlohmann::json accounts = nlohmann::json::array();
    for (const SampleAccount& account : sample.accounts) {
        accounts.push_back({{"id", account.id.text()},
                            {"name", account.name},
                            {"meeting", account.meeting.text()},
                            {"next_meeting", account.next_meeting.text()}});
    }
    return {{"rep", sample.rep},
            {"manager", sample.manager},
            {"account", sample.accounts.front().name},
            {"accounts", std::move(accounts)},
            {"created", sample.report.records.created},
            {"changed", sample.report.records.changed},
            {"unchanged", sample.report.records.unchanged}};
}

}  // namespace debrief::platform
