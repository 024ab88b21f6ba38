// The work of finding people: known contacts first, then new names, then people by their function.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "bot/understanding/people.hpp"

namespace debrief::bot::understanding {

/// Folded words of a name, titles left out.
std::vector<std::string> name_parts(std::string_view name);

class PeopleReader {
public:
    PeopleReader(std::string_view text, std::vector<Token>& tokens, const NoteContext& context)
        : text_(text),
          tokens_(tokens),
          context_(context),
          lower_(is_lower_case(text)),
          capitals_(is_all_capitals(text)) {
        for (const KnownPerson& p : context.contacts) contacts_.push_back({&p, name_parts(p.name)});
        for (const std::string& part : name_parts(context.rep)) own_.insert(part);
    }

    People run();

private:
    struct Contact {
        const KnownPerson* known = nullptr;
        std::vector<std::string> parts;
    };

    [[nodiscard]] std::string_view norm(std::size_t i) const {
        return i < tokens_.size() ? std::string_view{tokens_[i].norm} : std::string_view{};
    }
    [[nodiscard]] bool no_case() const { return lower_ || capitals_; }

    // Names (people.cpp).
    [[nodiscard]] bool starts_sentence(std::size_t i) const;
    [[nodiscard]] std::string written(std::size_t begin, std::size_t end) const;
    [[nodiscard]] bool in_place_of_person(std::size_t i, std::size_t end) const;
    void mark_account();
    void add(std::size_t begin, std::size_t end, std::size_t person);
    std::size_t entry(std::string name, bool known, Gender gender);
    [[nodiscard]] bool may_be_name(std::size_t i) const;
    [[nodiscard]] bool slip_of(std::size_t i, const std::string& part) const;
    [[nodiscard]] int match_part(std::size_t i, const Contact& c) const;
    std::size_t contact_at(std::size_t i);
    [[nodiscard]] bool is_ours(std::size_t i) const;
    std::size_t new_name_at(std::size_t i);
    [[nodiscard]] bool introduced_as_person(std::size_t i, std::size_t end) const;
    void mark_vendors();
    void in_order_of_mention();
    void add_silent_contacts();

    // Functions (people_roles.cpp).
    [[nodiscard]] bool is_modifier(std::size_t k) const;
    void role_at(std::size_t i);
    bool attach(std::size_t core, std::size_t end, std::size_t begin);

    std::string_view text_;
    std::vector<Token>& tokens_;
    const NoteContext& context_;
    bool lower_, capitals_;
    std::vector<Contact> contacts_;
    std::unordered_set<std::string> own_;
    static constexpr std::size_t near_max = 16;  // Words between a name and a function that belongs to it.
    People people_;
    std::size_t named_ = 0;                                 // Mentions by name, found before those by function.
    std::unordered_map<std::string, std::size_t> roles_;    // Folded function -> who holds it.
    std::unordered_map<std::string, std::size_t> entries_;  // Folded names.
};

}  // namespace debrief::bot::understanding
