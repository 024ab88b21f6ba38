// How far an erasure reaches: what quotes a contact or a message, found by the ids that every quote carries. Words that
// merely name somebody carry no id: those are for a person to look at.
#include <algorithm>
#include <array>
#include <map>

#include "core/catalogue/scope.hpp"
#include "core/store/schema.hpp"
#include "core/store/store_impl.hpp"

namespace debrief::core {
namespace {

/// What follows from a record that was reached. `line`: a line said about more than one person: the bot's answers to it
/// go, other evidence that was heard in it stays.
enum class Spread { all, line, none };

/// A record of `table` quotes the one that it names in `field`.
struct Quote {
    std::string_view table, field;
    Spread spread;
};
constexpr std::array quotes{
    Quote{"observation", "person", Spread::all}, Quote{"observation", "source", Spread::all},
    Quote{"commitment", "owner", Spread::all},   Quote{"commitment", "observation", Spread::all},
    Quote{"commitment", "source", Spread::all},  Quote{"stance", "contact", Spread::none},
    Quote{"plan_question", "to", Spread::none},  Quote{"plan_question", "evidence", Spread::none},
    Quote{"contingency", "from", Spread::none},  Quote{"contingency", "evidence", Spread::none},
    Quote{"message", "follows", Spread::none},   Quote{"message", "body", Spread::none},
    Quote{"review", "findings", Spread::none},   Quote{"room", "contact", Spread::none},
    Quote{"rehearsal", "contact", Spread::all},  Quote{"rehearsal_turn", "rehearsal", Spread::none},
};

bool is_answer(const Quote& quote) {
    return quote.table == "message" && quote.field == "follows";
}

std::string text_of(const RecordState& state, const std::string& field) {
    const auto found = state.fields.find(field);
    if (found == state.fields.end() || found->second.empty()) return {};
    const auto* text = std::get_if<std::string>(&shown(found->second).value);
    return text == nullptr ? std::string{} : *text;
}

/// Every id that stands in a text.
std::vector<Uuid> ids_in(std::string_view text) {
    constexpr std::size_t size = 36;
    std::vector<Uuid> ids;
    for (std::size_t at = 0; at + size <= text.size(); ++at) {
        const auto dash = text[at + 8];
        if (dash != '-') continue;
        if (const auto id = parse_uuid(text.substr(at, size))) ids.push_back(*id);
    }
    return ids;
}

/// Whoever names a line as the source of a fact must be one of those whose line it may be: else a made-up source could
/// reach into a foreign place.
bool may_quote(const Uuid& author, std::string_view from_scope, std::string_view line_scope) {
    if (from_scope == line_scope) return true;
    const auto scope = parse_scope(line_scope);
    return scope &&
           (scope->kind == ScopeKind::private_account || scope->kind == ScopeKind::user ||
            scope->kind == ScopeKind::coaching) &&
           (scope->first == author || (scope->kind == ScopeKind::coaching && scope->second == author));
}

/// One walk from records over everything that quotes them, in rounds: each round looks at every row once, however many
/// records it starts from.
class Reach {
public:
    Reach(Database& db, Records& records, const Catalogue& catalogue)
        : db_(db), records_(records), catalogue_(catalogue) {}

    void add(const Uuid& id, Spread spread) {
        const auto known = found_.find(id);
        if (known != found_.end()) {
            // A line that was only touched may have to go altogether.
            if (known->second != Spread::line || spread != Spread::all) return;
        }
        found_[id] = spread;
        next_[id] = spread;
    }

    Status walk() {
        while (!next_.empty()) {
            const auto round = std::exchange(next_, {});
            for (const auto& quote : quotes) DEBRIEF_TRY(follow(quote, round));
            for (const auto& [id, spread] : round) {
                if (spread == Spread::all) DEBRIEF_TRY(find_line(id));
            }
        }
        return Ok{};
    }

    Result<std::vector<Erasure>> erasures() {
        std::vector<Erasure> list;
        for (const auto& [id, spread] : found_) {
            const auto place = records_.locate(id);
            if (!place) return place.error();
            if (!*place) continue;
            if (spread == Spread::line) {
                list.push_back({id, {"body", "text"}, {}});
            } else {
                list.push_back(whole_record(catalogue_.table((*place)->table), id));
            }
        }
        return list;
    }

private:
    using Round = std::map<Uuid, Spread>;

    static bool holds(const Round& round, const Quote& quote, const Uuid& id) {
        const auto found = round.find(id);
        if (found == round.end()) return false;
        return found->second == Spread::all || (found->second == Spread::line && is_answer(quote));
    }

    Status follow(const Quote& quote, const Round& round) {
        const auto* table = catalogue_.table(quote.table);
        const auto* field = table == nullptr ? nullptr : table->field(quote.field);
        if (field == nullptr) return Ok{};
        const auto column = "t." + sql_name(field->name);
        auto query = db_.prepare("SELECT r.id, " + column + " FROM " + sql_table(*table) +
                                 " t JOIN record r USING (rid) WHERE " + column + " IS NOT NULL" +
                                 (is_answer(quote) ? " AND t.author_kind = 'bot'" : ""));
        if (!query) return query.error();
        for (;;) {
            const auto row = query->step();
            if (!row) return row.error();
            if (!*row) return Ok{};
            bool quoted = false;
            if (field->type == FieldType::json) {
                const auto ids = ids_in(query->text(1));
                quoted = std::any_of(ids.begin(), ids.end(), [&](const Uuid& id) { return holds(round, quote, id); });
            } else {
                constexpr std::size_t size = 16;
                for (auto bytes = query->bytes(1); bytes.size() >= size && !quoted; bytes = bytes.subspan(size)) {
                    quoted = holds(round, quote, *uuid_from_bytes(bytes.first(size)));
                }
            }
            if (!quoted) continue;
            if (const auto quoting = uuid_from_bytes(query->bytes(0))) add(*quoting, quote.spread);
        }
    }

    /// The line in which something was said, from the evidence that quotes it.
    Status find_line(const Uuid& id) {
        const auto evidence = records_.find(id);
        if (!evidence) return evidence.error();
        if (!*evidence) return Ok{};
        const auto& state = (*evidence)->state;
        const auto source = state.fields.find("source");
        if (source == state.fields.end() || source->second.empty()) return Ok{};
        const auto& author = shown(source->second).author;
        for (const auto& named : ids_in(text_of(state, "source"))) {
            const auto place = records_.locate(named);
            if (!place) return place.error();
            if (!*place || (*place)->table != "message" || !may_quote(author, state.scope, (*place)->scope)) continue;
            add(named, Spread::line);
        }
        return Ok{};
    }

    Database& db_;
    Records& records_;
    const Catalogue& catalogue_;
    Round found_, next_;
};

}  // namespace

Result<std::vector<Erasure>> Store::quoting(const std::vector<Uuid>& subjects) {
    DEBRIEF_TRY(impl_->settle_run());
    Reach reach{*impl_->db, impl_->records, impl_->catalogue};
    for (const auto& id : subjects) reach.add(id, Spread::all);
    DEBRIEF_TRY(reach.walk());
    return reach.erasures();
}

Result<std::vector<Erasure>> Store::owed(const Changeset& changeset) {
    Reach reach{*impl_->db, impl_->records, impl_->catalogue};
    const auto any = impl_->erased_fields({});
    if (!any) return any.error();
    if (!impl_->any_erased.value_or(false)) return std::vector<Erasure>{};
    DEBRIEF_TRY(impl_->settle_run());
    const auto is_gone = [&](const Uuid& id, const Quote& quote) -> Result<bool> {
        const auto fields = impl_->erased_fields(id);
        if (!fields) return fields.error();
        return fields->whole || (is_answer(quote) && fields->any());
    };
    for (const auto& write : changeset.records) {
        const bool by_person = std::any_of(write.fields.begin(), write.fields.end(), [](const FieldWrite& field) {
            return field.field == "author_kind" && field.value == Value{std::string{"user"}};
        });
        for (const auto& quote : quotes) {
            if (quote.table != write.table || (is_answer(quote) && by_person)) continue;
            for (const auto& field : write.fields) {
                const bool element = field.field.starts_with(std::string{quote.field} + "/");
                if (field.field != quote.field && !element) continue;
                std::vector<Uuid> named;
                if (element) named = ids_in(field.field);
                if (const auto* id = std::get_if<Uuid>(&field.value)) named.push_back(*id);
                if (const auto* text = std::get_if<std::string>(&field.value)) named = ids_in(*text);
                for (const auto& id : named) {
                    const auto gone = is_gone(id, quote);
                    if (!gone) return gone.error();
                    if (*gone) reach.add(write.record, quote.spread);
                }
            }
        }
    }
    DEBRIEF_TRY(reach.walk());
    return reach.erasures();
}

}  // namespace debrief::core
