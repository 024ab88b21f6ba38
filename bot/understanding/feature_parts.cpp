#include "bot/understanding/feature_parts.hpp"

#include <algorithm>
#include <array>

namespace debrief::bot::understanding {

std::uint32_t Features::hash(std::string_view kind, std::string_view a, std::string_view b, std::string_view c) {
    std::uint32_t h = 2166136261U;
    const auto mix = [&](std::string_view text) {
        for (const char letter : text) h = (h ^ static_cast<unsigned char>(letter)) * 16777619U;
        h = (h ^ 0x1FU) * 16777619U;
    };
    mix(kind), mix(a), mix(b), mix(c);
    return h;
}

void Features::settle() {
    std::stable_sort(list_.begin(), list_.end(), [](const Feature& a, const Feature& b) { return a.id < b.id; });
    list_.erase(
        std::unique(list_.begin(), list_.end(), [](const Feature& a, const Feature& b) { return a.id == b.id; }),
        list_.end());
}

std::string_view unit(const Token& t) {
    if (is(t, WordClass::person) && !is(t, WordClass::role)) return "@person";
    if (is(t, WordClass::company)) return "@company";
    if (is(t, WordClass::vendor)) return "@vendor";
    if (is(t, WordClass::date)) return "@date";
    if (t.kind == TokenKind::number || t.number) return "@number";
    return t.stem.empty() ? std::string_view{t.norm} : std::string_view{t.stem};
}

std::vector<WordUnit> units(const Reading& r, std::size_t begin, std::size_t end) {
    std::vector<WordUnit> all;
    for (std::size_t i = begin; i < end; ++i) {
        const auto text = unit(r.tokens[i]);
        if (!all.empty() && text.front() == '@' && all.back().text == text && all.back().end == i)
            all.back().end = i + 1;
        else
            all.push_back({text, i, i + 1});
    }
    return all;
}

bool is_word(const WordUnit& u) {
    return u.text.front() == '@' || (static_cast<unsigned char>(u.text.front()) & 0x80U) != 0 ||
           (u.text.front() >= 'a' && u.text.front() <= 'z');
}

void add_ngrams(Features& out, const std::vector<WordUnit>& row, std::string_view one, std::string_view two,
                std::string_view three) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto& u = row[i];
        out.add_words(u.begin, u.end, one, u.text);
        if (two.empty() || i + 1 >= row.size()) continue;
        out.add_words(u.begin, row[i + 1].end, two, u.text, row[i + 1].text);
        if (three.empty() || i + 2 >= row.size()) continue;
        out.add_words(u.begin, row[i + 2].end, three, u.text, row[i + 1].text, row[i + 2].text);
        out.add_words(u.begin, row[i + 2].end, "skip", u.text, row[i + 2].text);
    }
}

void add_spelling(Features& out, const Reading& r, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
        const Token& t = r.tokens[i];
        if (t.kind != TokenKind::word || t.norm.size() < 5 || unit(t).front() == '@') continue;
        out.add_words(i, i + 1, "head", std::string_view{t.norm}.substr(0, 5));
        out.add_words(i, i + 1, "tail", std::string_view{t.norm}.substr(t.norm.size() - 3));
    }
}

void add_negated(Features& out, const Reading& r, std::size_t begin, std::size_t end, std::string_view kind) {
    constexpr std::size_t reach = 4;
    std::size_t left = 0;
    for (std::size_t i = begin; i < end; ++i) {
        const Token& t = r.tokens[i];
        if (t.kind == TokenKind::mark) {
            left = 0;
        } else if (is(t, WordClass::negation)) {
            left = reach;
        } else if (left > 0) {
            out.add_words(i, i + 1, kind, unit(t));
            --left;
        }
    }
}

void add_opening(Features& out, const std::vector<WordUnit>& row) {
    if (!row.empty()) out.add_words(row[0].begin, row[0].end, "first", row[0].text);
    if (row.size() > 1) out.add_words(row[0].begin, row[1].end, "first2", row[0].text, row[1].text);
}

std::string_view bucket(double value) {
    return value <= 0 ? "0" : value < 3 ? "1" : value < 5 ? "3" : value < 8 ? "5" : "8";
}

std::string_view count(std::size_t n) {
    static constexpr std::array<std::string_view, 9> small{"0", "1", "2", "3", "4", "5", "6", "7", "8"};
    return n < small.size() ? small[n] : n < 12 ? "9" : n < 18 ? "12" : n < 30 ? "18" : "30";
}

std::string_view name(Subject s) {
    static constexpr std::array<std::string_view, 4> names{"none", "rep", "person", "customer"};
    return names[static_cast<std::size_t>(s)];
}

std::string_view name(const std::optional<Dimension>& d) {
    return d ? core::dimension_names[static_cast<std::size_t>(*d)] : std::string_view{"nothing"};
}

void add_cues(Features& out, const Cues& cues, std::string_view kind) {
    for (std::size_t d = 0; d < dimension_count; ++d) {
        if (cues.dimensions[d].value > 0) out.add(kind, core::dimension_names[d], bucket(cues.dimensions[d].value));
    }
    const std::array<std::pair<std::string_view, double>, 9> others{{{"seller", cues.seller.value},
                                                                     {"helping", cues.helping.value},
                                                                     {"logistics", cues.logistics.value},
                                                                     {"skip", cues.skip.value},
                                                                     {"mood", cues.mood.value},
                                                                     {"admits", cues.admits.value},
                                                                     {"rejects", cues.rejects_sales.value},
                                                                     {"hollow", cues.hollow.value},
                                                                     {"private", cues.private_remark.value}}};
    for (const auto& [label, value] : others) {
        if (value > 0) out.add(kind, label, bucket(value));
    }
}

void add_subject(Features& out, const Clause& c, std::string_view kind) {
    out.add(kind, name(c.subject), c.reported ? "reported" : "said");
    if (c.person) out.add(kind, "person");
    if (c.reporter) out.add(kind, "reporter");
}

void add_classes(Features& out, const Reading& r, std::size_t begin, std::size_t end, std::string_view kind) {
    std::uint64_t classes = 0;
    for (std::size_t i = begin; i < end; ++i) classes |= r.tokens[i].classes;
    static constexpr std::array<std::pair<WordClass, std::string_view>, 13> seen{{{WordClass::rep, "rep"},
                                                                                  {WordClass::our, "our"},
                                                                                  {WordClass::third, "third"},
                                                                                  {WordClass::negation, "negation"},
                                                                                  {WordClass::modal, "modal"},
                                                                                  {WordClass::money, "money"},
                                                                                  {WordClass::unit, "unit"},
                                                                                  {WordClass::role, "role"},
                                                                                  {WordClass::group, "group"},
                                                                                  {WordClass::number, "number"},
                                                                                  {WordClass::date, "date"},
                                                                                  {WordClass::vendor, "vendor"},
                                                                                  {WordClass::company, "company"}}};
    for (const auto& [c, label] : seen) {
        if ((classes & bit(c)) != 0) out.add(kind, label);
    }
}

}  // namespace debrief::bot::understanding
