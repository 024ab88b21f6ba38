#include "bot/understanding/people.hpp"

#include <algorithm>

#include "bot/understanding/date_words.hpp"
#include "bot/understanding/people_reader.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {

std::vector<std::string> name_parts(std::string_view name) {
    std::vector<std::string> parts;
    for (const Token& t : tokenise(name)) {
        if (t.kind == TokenKind::word && !is_title(t.norm) && t.norm != "'s") parts.push_back(t.norm);
    }
    return parts;
}

People PeopleReader::run() {
    mark_account();
    for (std::size_t i = 0; i < tokens_.size();) {
        std::size_t end = contact_at(i);
        if (end == i) end = new_name_at(i);
        i = std::max(end, i + 1);
    }
    named_ = people_.mentions.size();
    for (std::size_t i = 0; i < tokens_.size(); ++i) role_at(i);
    std::stable_sort(people_.mentions.begin(), people_.mentions.end(),
                     [](const Mention& a, const Mention& b) { return a.begin < b.begin; });
    mark_vendors();
    in_order_of_mention();
    add_silent_contacts();
    return std::move(people_);
}

bool PeopleReader::starts_sentence(std::size_t i) const {
    return i == 0 || tokens_[i].after_newline || tokens_[i].sentence != tokens_[i - 1].sentence || norm(i - 1) == "." ||
           norm(i - 1) == "!" || norm(i - 1) == "?" || norm(i - 1) == "*" || norm(i - 1) == "\"" ||
           norm(i - 1) == ":" || norm(i - 1) == "-";
}

std::string PeopleReader::written(std::size_t begin, std::size_t end) const {
    const std::size_t from = tokens_[begin].span.offset;
    return std::string{text_.substr(from, tokens_[end - 1].span.offset + tokens_[end - 1].span.length - from)};
}

// The verb that a person would be the subject of follows, or a word that leads to a person stands before.
bool PeopleReader::in_place_of_person(std::size_t i, std::size_t end) const {
    if (end < tokens_.size()) {
        const Token& n = tokens_[end];
        if (is(n, WordClass::say) || is(n, WordClass::be) || is(n, WordClass::modal) || is(n, WordClass::have) ||
            n.norm == "'s" || n.norm == "'")
            return true;
        if (is(n, WordClass::verb) && n.stem != n.norm) return true;
    }
    return i > 0 && (norm(i - 1) == "with" || norm(i - 1) == "and" || norm(i - 1) == "says" || norm(i - 1) == "said" ||
                     norm(i - 1) == "by" || is_role_word(norm(i - 1)) || is_title(norm(i - 1)) ||
                     norm(i - 1) == "met" || norm(i - 1) == "asked" || norm(i - 1) == "told");
}

void PeopleReader::mark_account() {
    for (const std::string& part : name_parts(context_.account)) {
        if (part.size() < 3 || part == "and" || part == "the") continue;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (tokens_[i].norm == part && (tokens_[i].capital || no_case()) && !(is_common_word(part) && no_case()))
                mark(tokens_[i], WordClass::company);
        }
    }
}

void PeopleReader::add(std::size_t begin, std::size_t end, std::size_t person) {
    people_.mentions.push_back({begin, end, person});
    for (std::size_t k = begin; k < end; ++k) mark(tokens_[k], WordClass::person);
}

// A new name that was given in full before may come back as its first or last word alone.
std::size_t PeopleReader::entry(std::string name, bool known, Gender gender) {
    const std::string folded = fold(name);
    if (const auto found = entries_.find(folded); found != entries_.end()) return found->second;
    entries_.emplace(folded, people_.list.size());
    if (!known && !is_role_word(folded)) {
        const std::size_t first = folded.find(' '), last = folded.rfind(' ');
        if (first != std::string::npos) {
            entries_.emplace(folded.substr(0, first), people_.list.size());
            entries_.emplace(folded.substr(last + 1), people_.list.size());
        }
    }
    Person p;
    p.name = std::move(name);
    p.known = known;
    people_.list.push_back(std::move(p));
    people_.genders.push_back(gender);
    return people_.list.size() - 1;
}

bool PeopleReader::may_be_name(std::size_t i) const {
    const Token& t = tokens_[i];
    if (t.kind != TokenKind::word || is(t, WordClass::date)) return false;
    if (!is_word_too(t.norm) && !is_common_word(t.norm)) return true;
    if (no_case())
        return in_place_of_person(i, i + 1) && t.norm != "will" && t.norm != "may" && t.norm != "so" &&
               t.norm != "an" && t.norm != "no";
    if (!t.capital) return false;
    if (!starts_sentence(i)) return true;
    const Token* n = i + 1 < tokens_.size() ? &tokens_[i + 1] : nullptr;
    return n != nullptr && !is(*n, WordClass::third) && !is(*n, WordClass::rep) && !is(*n, WordClass::determiner) &&
           !is(*n, WordClass::possessive) &&
           (in_place_of_person(i, i + 1) || n->kind == TokenKind::mark || n->capital || is(*n, WordClass::verb));
}

bool PeopleReader::slip_of(std::size_t i, const std::string& part) const {
    const Token& t = tokens_[i];
    if (part.size() < 4 || t.norm.size() < 4 || is_common_word(t.norm) || is_word_too(t.norm)) return false;
    if (is_first_name(t.norm) && !same_first_name(t.norm, part)) return false;
    if (!t.capital && !no_case() && part.size() < 6) return false;
    if (t.norm[0] != part[0] && !(part.size() >= 5 && t.norm.substr(1) == part.substr(1))) return false;
    return slips_between(t.norm, part, part.size() >= 8 ? 2 : 1) <= (part.size() >= 8 ? 2U : 1U);
}

// 3 exact, 2 short form, 1 slip of the pen, 0 no match.
int PeopleReader::match_part(std::size_t i, const Contact& c) const {
    for (const std::string& part : c.parts) {
        if (part == norm(i) && part.size() >= 2 && part != "de" && part != "van" && part != "von" && part != "der" &&
            part != "el" && part != "la")
            return 3;
        // "Ueda-san", "Endo-sensei".
        const std::string_view whole = norm(i);
        if (whole.size() > part.size() + 2 && whole[part.size()] == '-' && whole.substr(0, part.size()) == part &&
            is_title(whole.substr(part.size() + 1)))
            return 3;
    }
    if (c.parts.empty()) return 0;
    if (same_first_name(norm(i), c.parts.front())) return 2;
    for (const std::string& part : c.parts) {
        if (slip_of(i, part)) return 1;
        // Dictation leaves the apostrophe out: "toms costs".
        if (part.size() >= 3 && norm(i).size() == part.size() + 1 && norm(i).back() == 's' &&
            norm(i).compare(0, part.size(), part) == 0 && !is_common_word(norm(i)))
            return 1;
    }
    return 0;
}

std::size_t PeopleReader::contact_at(std::size_t i) {
    if (!may_be_name(i)) return i;
    const Contact* found = nullptr;
    int best = 0;
    bool several = false;
    std::size_t best_end = i;
    for (const Contact& c : contacts_) {
        const int how = match_part(i, c);
        if (how == 0) continue;
        std::size_t end = i + 1;
        int score = how * 10;
        for (std::size_t k = end; k < tokens_.size() && k < i + 5; ++k) {
            const std::size_t after = norm(k) == "." ? k + 1 : k;
            if (after >= tokens_.size()) break;
            const bool particle = norm(after) == "de" || norm(after) == "van" || norm(after) == "von" ||
                                  norm(after) == "der" || norm(after) == "la";
            const bool same_person =
                particle ? std::find(c.parts.begin(), c.parts.end(), norm(after)) != c.parts.end()
                         : match_part(after, c) == 3 || (match_part(after, c) == 1 && tokens_[after].capital);
            if (!same_person || (after > k && !particle && tokens_[after].norm.size() < 2)) break;
            end = after + 1;
            score += 5;
        }
        if (score > best) {
            best = score;
            found = &c;
            best_end = end;
            several = false;
        } else if (score == best) {
            several = true;
        }
    }
    if (found == nullptr) return i;
    if (best_end + 1 < tokens_.size() && norm(best_end).size() == 1 && tokens_[best_end].capital &&
        norm(best_end + 1) == "." &&
        std::any_of(found->parts.begin() + 1, found->parts.end(),
                    [&](const std::string& p) { return p[0] == norm(best_end)[0]; }))
        best_end += 2;
    // Another first name before a known surname is somebody else: "Peter Chen" where we know Sarah Chen.
    const bool surname_only = best_end == i + 1 && found->parts.size() > 1 && norm(i) != found->parts.front() &&
                              !same_first_name(norm(i), found->parts.front());
    // And a surname that is not theirs after a known first name.
    if (best_end == i + 1 && best_end < tokens_.size() && tokens_[best_end].capital && !no_case() &&
        tokens_[best_end].kind == TokenKind::word && !surname_only && tokens_[best_end].spaced &&
        !is_common_word(norm(best_end)) && !is_role_word(norm(best_end)) && !is_capital_word(norm(best_end)) &&
        !month_word(norm(best_end)) && !weekday_word(norm(best_end)) && match_part(best_end, *found) == 0 &&
        found->parts.size() > 1 && !is_first_name(norm(best_end))) {
        add(i, best_end + 1, entry(written(i, best_end + 1), false, gender_of(norm(i))));
        return best_end + 1;
    }
    if (several) {
        if (!tokens_[i].capital && !no_case()) return i;
        const bool titled = i > 0 && (is_title(norm(i - 1)) || (norm(i - 1) == "." && i > 1 && is_title(norm(i - 2))));
        if (titled) {
            const Gender wanted = gender_of_title(norm(i - 1) == "." ? norm(i - 2) : norm(i - 1));
            const Contact* one = nullptr;
            std::size_t fitting = 0;
            for (const Contact& c : contacts_) {
                if (match_part(i, c) == 0 || (wanted != Gender::unknown && gender_of(c.parts.front()) != wanted))
                    continue;
                one = &c;
                ++fitting;
            }
            if (fitting == 1) {
                add(i, i + 1, entry(one->known->name, true, wanted));
                return i + 1;
            }
        }
        add(i, i + 1, entry(written(i, i + 1), false, Gender::unknown));
        return i + 1;
    }
    Gender gender = gender_of(found->parts.front());
    if (gender == Gender::unknown && i > 0)
        gender = gender_of_title(norm(i - 1) == "." && i > 1 ? norm(i - 2) : norm(i - 1));
    add(i, best_end, entry(found->known->name, true, gender));
    return best_end;
}

bool PeopleReader::is_ours(std::size_t i) const {
    std::size_t k = i;
    for (int steps = 0; k > 0 && steps < 4; ++steps, --k) {
        if (norm(k - 1) == "my" || norm(k - 1) == "our") return true;
        if (!is_role_word(norm(k - 1)) && !is_plain_adjective(norm(k - 1)) && is(tokens_[k - 1], WordClass::verb))
            return false;
        if (tokens_[k - 1].kind == TokenKind::mark || is(tokens_[k - 1], WordClass::preposition) ||
            is(tokens_[k - 1], WordClass::conjunction) || is(tokens_[k - 1], WordClass::determiner))
            return false;
    }
    return false;
}

std::size_t PeopleReader::new_name_at(std::size_t i) {
    const Token& t = tokens_[i];
    if (t.kind != TokenKind::word || is(t, WordClass::date) || is(t, WordClass::person)) return i;
    const bool name_like = t.capital || (no_case() && is_first_name(t.norm) && t.norm.size() > 2);
    if (is_title(t.norm) && !no_case()) {
        std::size_t k = norm(i + 1) == "." ? i + 2 : i + 1;
        if (k < tokens_.size() && tokens_[k].capital && tokens_[k].kind == TokenKind::word && !is_role_word(norm(k))) {
            if (const std::size_t end = contact_at(k); end != k) return end;
            const std::size_t begin = k++;
            while (k < tokens_.size() && tokens_[k].capital && tokens_[k].kind == TokenKind::word &&
                   !is_common_word(norm(k)))
                ++k;
            add(begin, k, entry(written(begin, k), false, gender_of_title(t.norm)));
            return k;
        }
    }
    if (!name_like || own_.contains(t.norm) || is(t, WordClass::company)) return i;
    const bool first =
        is_first_name(t.norm) && !(i > 0 && (norm(i - 1) == "saint" || norm(i - 1) == "st" || norm(i - 1) == "santa"));
    const bool ambiguous = is_word_too(t.norm) || is_common_word(t.norm) || month_word(t.norm);
    if (ambiguous && !may_be_name(i)) return i;
    if (no_case() && ambiguous) return i;
    std::size_t end = i + 1;
    while (!no_case() && end < tokens_.size() && end < i + 3 && tokens_[end].capital &&
           tokens_[end].kind == TokenKind::word && tokens_[end].spaced && !is_common_word(norm(end)) &&
           !is_role_word(norm(end)) && !is_capital_word(norm(end)) && !month_word(norm(end)) &&
           !weekday_word(norm(end)))
        ++end;
    bool person = first && (!starts_sentence(i) || !ambiguous || in_place_of_person(i, end));
    if (first && end == i + 1 && i > 0 && norm(i - 1) == "the") person = false;
    if (!person && !no_case()) person = introduced_as_person(i, end);
    if (!person) return i;
    if (is_ours(i)) return end;
    add(i, end, entry(written(i, end), false, gender_of(t.norm)));
    return end;
}

// "Zborowski, the new controller", "her boss Xanthe", "a man called Ruk", "Tjark thinks".
bool PeopleReader::introduced_as_person(std::size_t i, std::size_t end) const {
    if (is_capital_word(norm(i)) || is_common_word(norm(i)) || is_role_word(norm(i)) || weekday_word(norm(i)) ||
        month_word(norm(i)))
        return false;
    const std::string& raw = tokens_[i].norm;
    if (raw.size() < 3 || raw.find_first_of("0123456789") != std::string::npos) return false;
    if (i > 0 && (norm(i - 1) == "called" || norm(i - 1) == "named" || norm(i - 1) == "colleague")) return true;
    if (i > 0 && is_role_word(norm(i - 1)) && norm(i - 1) != "partner" && norm(i - 1) != "agent" &&
        norm(i - 1) != "head" && norm(i - 1) != "lead")
        return true;
    if (i > 1 && norm(i - 1) == "," && is_role_word(norm(i - 2)) && (norm(end) == "," || norm(end) == ".")) return true;
    if (norm(end) == "," || norm(end) == "(") {
        std::size_t k = end + 1;
        while (k < tokens_.size() && k < end + 6 &&
               (is(tokens_[k], WordClass::determiner) || is(tokens_[k], WordClass::possessive) ||
                is_plain_adjective(norm(k)) ||
                (!is_role_word(norm(k)) && !is(tokens_[k], WordClass::verb) && tokens_[k].kind == TokenKind::word &&
                 k + 1 < tokens_.size() && is_role_word(norm(k + 1)))))
            ++k;
        if (is_role_word(norm(k)) && (norm(end) == "(" || k > end + 1)) return true;
    }
    if (end < tokens_.size() && !norm(i).empty()) {
        const std::string& verb = tokens_[end].stem;
        const bool personal = verb == "say" || verb == "think" || verb == "fear" || verb == "worry" || verb == "feel" ||
                              verb == "believ" || verb == "tell" || verb == "reckon" || verb == "hop" ||
                              verb == "ask" || verb == "doubt" || verb == "nod" || verb == "laugh" ||
                              verb == "mention" || verb == "lik" || verb == "hat" || verb == "admit";
        if (personal && tokens_[end].kind == TokenKind::word) return true;
    }
    return false;
}

void PeopleReader::mark_vendors() {
    if (no_case()) return;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        Token& t = tokens_[i];
        if (t.kind != TokenKind::word || !t.capital || t.norm.size() < 3 || is(t, WordClass::person) ||
            is(t, WordClass::date) || is(t, WordClass::company) || is(t, WordClass::role) || own_.contains(t.norm))
            continue;
        bool inner_capital = false;
        for (std::size_t k = 1; k < t.span.length; ++k)
            inner_capital = inner_capital || (text_[t.span.offset + k] >= 'A' && text_[t.span.offset + k] <= 'Z' &&
                                              text_[t.span.offset + k - 1] >= 'a');
        if (!inner_capital && (starts_sentence(i) || is_common_word(t.norm) || is_capital_word(t.norm) ||
                               is_title(t.norm) || month_word(t.norm) || weekday_word(t.norm) || season_word(t.norm)))
            continue;
        if (!inner_capital && i > 0 && (norm(i - 1) == "in" || norm(i - 1) == "near" || norm(i - 1) == "the")) continue;
        mark(t, WordClass::vendor);
    }
}

void PeopleReader::in_order_of_mention() {
    std::vector<std::size_t> place(people_.list.size(), people_.list.size());
    People ordered;
    for (const Mention& m : people_.mentions) {
        if (place[m.person] == people_.list.size()) {
            place[m.person] = ordered.list.size();
            ordered.list.push_back(people_.list[m.person]);
            ordered.genders.push_back(people_.genders[m.person]);
        }
        ordered.mentions.push_back({m.begin, m.end, place[m.person]});
    }
    people_ = std::move(ordered);
    people_.named = people_.list.size();
}

void PeopleReader::add_silent_contacts() {
    for (const Contact& c : contacts_) {
        const bool listed = std::any_of(people_.list.begin(), people_.list.end(),
                                        [&](const Person& p) { return p.name == c.known->name; });
        if (listed || c.parts.empty()) continue;
        Person p;
        p.name = c.known->name;
        p.known = true;
        people_.list.push_back(std::move(p));
        people_.genders.push_back(gender_of(c.parts.front()));
    }
}

const Mention* People::at(std::size_t token) const {
    const auto after = std::upper_bound(mentions.begin(), mentions.end(), token,
                                        [](std::size_t t, const Mention& m) { return t < m.begin; });
    if (after == mentions.begin()) return nullptr;
    const Mention& m = *(after - 1);
    return token < m.end ? &m : nullptr;
}

People find_people(std::string_view text, std::vector<Token>& tokens, const NoteContext& context) {
    return PeopleReader{text, tokens, context}.run();
}

std::optional<std::size_t> meant_by(const People& people, const std::vector<Token>& tokens, std::size_t token) {
    const std::string& word = tokens[token].norm;
    const bool he = word == "he" || word == "him" || word == "his" || word == "himself";
    const bool she = word == "she" || word == "her" || word == "hers" || word == "herself";
    if (!he && !she) return std::nullopt;
    const Gender wanted = he ? Gender::male : Gender::female;
    const auto fits = [&](std::size_t person) {
        return people.genders[person] == Gender::unknown || people.genders[person] == wanted;
    };
    std::optional<std::size_t> last, surely;
    for (const Mention& m : people.mentions) {
        if (m.begin >= token) break;
        if (!fits(m.person)) continue;
        last = m.person;
        if (people.genders[m.person] == wanted) surely = m.person;
    }
    if (surely) return surely;
    if (last) return last;
    std::optional<std::size_t> only;
    for (std::size_t k = people.named; k < people.list.size(); ++k) {
        if (!fits(k)) continue;
        if (only) return std::nullopt;
        only = k;
    }
    return only;
}

}  // namespace debrief::bot::understanding
