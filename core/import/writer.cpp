#include "core/import/writer.hpp"

#include <algorithm>
#include <utility>

#include "core/digest.hpp"

namespace debrief::core::intake {
namespace {

constexpr std::size_t page_size = 1000;

/// Enough to tell one value from another; no word can be read from it.
Bytes mark_of(const Value& value) {
    constexpr std::size_t mark_bytes = 6;
    const auto hash = sha256(canonical_bytes(value));
    return {hash.begin(), hash.begin() + mark_bytes};
}

/// Whether the field has shown this value before and was then given another one.
bool is_old_news(const History& history, std::string_view field, const Value& value) {
    return std::any_of(history.versions.begin(), history.versions.end(), [&](const Version& version) {
        return version.field == field && version.replaced_by && same_value(version.value, value);
    });
}

}  // namespace

std::optional<Uuid> Known::find(std::string_view key, std::string_view name) const {
    if (const auto found = by_key.find(key); found != by_key.end()) return found->second;
    if (const auto found = by_name.find(name); found != by_name.end() && found->second.size() == 1) {
        return found->second.front();
    }
    return std::nullopt;
}

Result<Known> known_records(Store& store, std::string_view table, Pulse& pulse) {
    Known known;
    auto deleted = deleted_by(store, table, "external_key");
    if (!deleted) return deleted.error();
    known.deleted = std::move(*deleted);
    Query query{.table = std::string{table}, .where = {}, .order = "id", .limit = page_size, .after = {}};
    for (;;) {
        DEBRIEF_TRY(pulse.look());
        auto page = store.list(query);
        if (!page) return page.error();
        for (const Record& record : page->records) {
            const std::string key = record.text("external_key");
            if (!key.empty()) {
                known.by_key.emplace(key, record.id);  // Of two with one key the older one stands: ids sort by age.
            } else {
                known.by_name[record.text("name")].push_back(record.id);
            }
        }
        if (page->next.empty()) return known;
        query.after = page->next;
    }
}

Writer::Writer(Store& store, const ImportOptions& options, Pulse& pulse, ImportReport& report, std::size_t total)
    : store_{store}, options_{options}, pulse_{pulse}, report_{report}, total_{total} {
    waiting_.reserve(batch);
}

Status Writer::put(WriterRow row) {
    const Table* table = catalogue().table(row.put.table);
    DEBRIEF_CHECK(table != nullptr);
    for (const auto& [name, value] : row.put.fields) {
        const Field* field = table->field(name);
        DEBRIEF_CHECK(field != nullptr);
        if (is_null(value)) continue;
        if (const Status fits = check_value(*table, *field, value); !fits) {
            refused_.push_back({row.file, row.line, fits.error().detail});
            return pass();
        }
    }
    ++done_;
    ImportCounts& counts = report_.tables[row.put.table];
    if (!row.exists) {
        ++counts.created;
        ++report_.records.created;
    } else {
        const auto differs = keep_differences(row);
        if (!differs) return differs.error();
        if (!*differs) {
            ++counts.unchanged;
            ++report_.records.unchanged;
            return noted_.size() >= batch ? flush() : look_up();
        }
        ++counts.changed;
        ++report_.records.changed;
    }
    waiting_.emplace_back(std::move(row.put));
    return waiting_.size() >= batch ? flush() : Status{Ok{}};
}

Status Writer::pass() {
    ++done_;
    return look_up();
}

Status Writer::remove(std::string_view table, const Uuid& id) {
    ++report_.tables[std::string{table}].changed;
    ++report_.records.changed;
    waiting_.emplace_back(Delete{std::string{table}, id});
    return waiting_.size() >= batch ? flush() : Status{Ok{}};
}

/// Leaves only the fields that are to be written. False: none.
Result<bool> Writer::keep_differences(WriterRow& row) {
    row.put.scope.reset();  // Home for ever: only a new record is told where to live.
    const auto record = store_.get(row.put.table, row.put.id);
    if (!record) return record.error();
    if (!*record) return false;  // Deleted since we looked.
    const auto before = imported(store_, row.put.id);
    if (!before) return before.error();
    Imported marks;
    for (const auto& [field, value] : row.put.fields) marks.emplace(field, mark_of(value));
    bool differs = false;
    std::optional<History> history;
    for (auto it = row.put.fields.begin(); it != row.put.fields.end();) {
        const Value* held = (*record)->find(it->first);
        const bool empty_here = held == nullptr || is_null(*held);
        bool write = empty_here ? !is_null(it->second) : !same_value(*held, it->second);
        differs = differs || write;
        if (write && row.wins == Wins::here && !empty_here) write = false;
        if (write && row.wins == Wins::news) {
            const auto news = is_news(row.put.id, it->first, it->second, *before, history, row.put.table);
            if (!news) return news.error();
            write = *news;
            if (!write) ++kept_here_;
        }
        it = write ? std::next(it) : row.put.fields.erase(it);
    }
    // Only where file and store have ever differed: else history says all that there is to know.
    if (row.wins != Wins::file && (differs || !before->empty()) && marks != *before) noted_[row.put.id] = marks;
    return !row.put.fields.empty();
}

Result<bool> Writer::is_news(const Uuid& id, const std::string& field, const Value& value, const Imported& before,
                             std::optional<History>& history, std::string_view table) {
    if (const auto last = before.find(field); last != before.end()) return last->second != mark_of(value);
    if (!history) {
        auto read = store_.history(table, id);
        if (!read) return read.error();
        history = std::move(*read);
    }
    return !is_old_news(*history, field, value);
}

/// What is here already is written in no transaction, and takes its time all the same.
Status Writer::look_up() {
    if (done_ - looked_up_ < batch) return Ok{};
    DEBRIEF_TRY(pulse_.look());
    looked_up_ = done_;
    if (options_.progress) options_.progress(done_, std::max(total_, done_));
    return Ok{};
}

Status Writer::flush() {
    DEBRIEF_TRY(pulse_.look());
    if (!options_.dry_run && !(waiting_.empty() && noted_.empty())) {
        DEBRIEF_TRY(store_.transact([&]() -> Status {
            if (const auto written = store_.write(waiting_); !written) return written.error();
            for (const auto& [id, marks] : noted_) DEBRIEF_TRY(set_imported(store_, id, marks));
            return Ok{};
        }));
    }
    waiting_.clear();
    noted_.clear();
    looked_up_ = done_;
    if (options_.progress) options_.progress(done_, std::max(total_, done_));
    return Ok{};
}

Status Writer::finish() {
    done_ = std::max(done_, total_);  // Rows that came to nothing before they reached us.
    return flush();
}

}  // namespace debrief::core::intake
