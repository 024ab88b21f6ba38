// Free text that merely names somebody: found for a person to look at, never erased by itself.
#include <algorithm>
#include <set>

#include "core/store/schema.hpp"
#include "core/store/store_impl.hpp"
#include "core/utf8.hpp"

namespace debrief::core {
namespace {

constexpr std::size_t word_min = 3;       // Bytes: "Dr", "de" and the like name nobody.
constexpr std::size_t ending_max = 2;     // "Kellers", "Mias": a name with an ending is the name.
constexpr std::size_t around_bytes = 40;  // Of a snippet, on each side.

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

struct Word {
    std::size_t at = 0, size = 0;
};

std::vector<Word> words_of(std::string_view text) {
    std::vector<Word> words;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_letter(text[at])) {
            ++at;
            continue;
        }
        const auto begin = at;
        while (at < text.size() && is_letter(text[at])) ++at;
        words.push_back({begin, at - begin});
    }
    return words;
}

bool is_name(std::string_view word, const std::vector<std::string>& names) {
    const auto folded = fold(word);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return folded == name ||
               (name.size() > word_min && folded.starts_with(name) && folded.size() <= name.size() + ending_max);
    });
}

/// Backwards or forwards to where a character begins.
std::size_t edge(std::string_view text, std::size_t at) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
    return at;
}

std::string snippet_of(std::string_view text, const Word& hit) {
    const auto from = edge(text, hit.at > around_bytes ? hit.at - around_bytes : 0);
    const auto to = edge(text, std::min(text.size(), hit.at + hit.size + around_bytes));
    std::string snippet{from > 0 ? "…" : ""};
    snippet += text.substr(from, hit.at - from);
    snippet += '[' + std::string{text.substr(hit.at, hit.size)} + ']';
    snippet += text.substr(hit.at + hit.size, to - hit.at - hit.size);
    return snippet + (to < text.size() ? "…" : "");
}

bool holds_text(const Field& field) {
    return field.type == FieldType::text || field.type == FieldType::prose || field.type == FieldType::json;
}

std::vector<std::string> names_in(std::string_view name) {
    std::vector<std::string> names;
    for (const auto& word : words_of(name)) {
        if (word.size >= word_min) names.push_back(fold(name.substr(word.at, word.size)));
    }
    return names;
}

std::optional<Word> first_mention(std::string_view text, const std::vector<std::string>& names) {
    const auto words = words_of(text);
    const auto hit = std::find_if(words.begin(), words.end(),
                                  [&](const Word& word) { return is_name(text.substr(word.at, word.size), names); });
    return hit == words.end() ? std::nullopt : std::optional{*hit};
}

}  // namespace

bool mentions(std::string_view text, std::string_view name) {
    return first_mention(text, names_in(name)).has_value();
}

Result<std::vector<SearchHit>> Store::mentions(std::string_view name, const std::vector<Erasure>& beside) {
    std::vector<SearchHit> hits;
    const auto names = names_in(name);
    if (names.empty()) return hits;
    std::map<Uuid, ErasedFields> going;
    for (const auto& erasure : beside) going[erasure.record].add(erasure);
    for (const auto& table : impl_->catalogue.tables) {
        // Colleagues and playbooks are not about a customer's people.
        if (table.scope == ScopeRule::directory || table.scope == ScopeRule::workspace) continue;
        for (const auto& field : table.fields) {
            if (!holds_text(field)) continue;
            const auto column = sql_name(field.name);
            auto query = impl_->db->prepare("SELECT r.id, t." + column + " FROM " + sql_table(table) +
                                            " t JOIN record r USING (rid) WHERE t." + column + " IS NOT NULL");
            if (!query) return query.error();
            for (;;) {
                const auto row = query->step();
                if (!row) return row.error();
                if (!*row) break;
                const auto id = uuid_from_bytes(query->bytes(0));
                if (!id) continue;
                if (const auto gone = going.find(*id);
                    gone != going.end() && gone->second.takes(std::string{field.name}))
                    continue;
                const auto text = query->text(1);
                if (const auto hit = first_mention(text, names))
                    hits.push_back({std::string{table.name}, *id, std::string{field.name}, snippet_of(text, *hit)});
            }
        }
    }
    return hits;
}

}  // namespace debrief::core
