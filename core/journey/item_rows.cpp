#include "core/journey/item_rows.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/journey/record_reader.hpp"
#include "core/store/schema.hpp"

namespace debrief::core {
namespace {

constexpr std::array<std::string_view, 16> item_columns{"dimension",     "text",        "person",      "said_on",
                                                        "dates",         "by",          "state",       "source",
                                                        "superseded_by", "supersedes",  "contradicts", "concern_kind",
                                                        "about",         "recorded_at", "opportunity", "conversation"};
enum Column : int {
    id,
    dimension,
    text,
    person,
    said_on,
    dates,
    by,
    state,
    source,
    superseded_by,
    supersedes,
    contradicts,
    concern_kind,
    about,
    recorded_at,
    opportunity,
    conversation
};

Item item_in(const Statement& row) {
    const auto ref = [&row](Column column) { return uuid_from_bytes(row.bytes(column)); };
    Item item;
    item.id = uuid_from_bytes(row.bytes(id)).value_or(Uuid{});
    item.dimension = parse_dimension(row.text(dimension)).value_or(Dimension::unknown);
    item.text = row.text(text);
    if (const auto who = ref(person)) item.person = NamedId{*who, {}};
    item.said_on = row.text(said_on);
    item.by = {ref(by).value_or(Uuid{}), {}};
    item.dates = dates_from(row.text(dates));
    item.state = item_state_from(row.text(state));
    item.source = source_from(row.text(source));
    if (!item.source.conversation) item.source.conversation = ref(conversation);
    item.superseded_by = ref(superseded_by);
    item.opportunity = ref(opportunity);
    item.recorded = row.is_null(recorded_at) ? instant_of(item.id) : Instant{row.integer(recorded_at)};
    item.detail = row.text(concern_kind);
    item.about = parse_dimension(row.text(about));
    item.supersedes = ref(supersedes);
    item.contradicts = ref(contradicts);
    return item;
}

/// What `item_in` reads, the account behind it.
std::string select(const Table& table) {
    std::string sql = "SELECT r.id";
    for (const auto column : item_columns)
        sql += table.field(column) == nullptr ? std::string{", NULL"} : ", t." + sql_name(column);
    return sql + ", t." + sql_name("account") + " FROM " + sql_table(table) +
           " t JOIN record r USING (rid) WHERE t._flags & 1 = 0";
}

}  // namespace

Result<std::vector<Item>> read_items(Store& store, const Uuid& account) {
    const auto* table = store.catalogue().table("observation");
    if (table == nullptr) return std::vector<Item>{};
    auto query = store.database().prepare(select(*table) + " AND t.account = ?1 ORDER BY r.id");
    if (!query) return query.error();
    query->bind(1, account.view());
    std::vector<Item> items;
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return items;
        items.push_back(item_in(*query));
    }
}

Result<std::map<Uuid, std::vector<Item>>> read_all_items(Store& store) {
    std::map<Uuid, std::vector<Item>> all;
    const auto* table = store.catalogue().table("observation");
    if (table == nullptr) return all;
    auto query = store.database().prepare(select(*table) + " ORDER BY t.rid");
    if (!query) return query.error();
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        const auto account = uuid_from_bytes(query->bytes(static_cast<int>(item_columns.size()) + 1));
        if (account) all[*account].push_back(item_in(*query));
    }
    for (auto& [account, items] : all) {
        const auto earlier = [](const Item& a, const Item& b) { return a.id < b.id; };
        if (!std::is_sorted(items.begin(), items.end(), earlier)) std::sort(items.begin(), items.end(), earlier);
    }
    return all;
}

}  // namespace debrief::core
