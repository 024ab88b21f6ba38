// The smallest thing that could be the store: maps of versions, no SQL. What a device must write, what it must hold as
// confirmed and as shown, and what becomes of refused changes. Compared with the real stores after every step.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/changes/changeset.hpp"
#include "core/changes/merge.hpp"
#include "core/store/store.hpp"

namespace debrief::core::test {

/// A defect that the model can be given, to see that the comparison finds it.
enum class Defect { none, equal_values_dropped, replaces_forgotten };

struct RefVersion {
    Value value;
    HybridTime time{};
    Uuid author{};
    std::vector<Dot> covers{};
    bool operator==(const RefVersion&) const = default;
};
using RefHeads = std::map<Dot, RefVersion>;
using RefRecord = std::map<std::string, RefHeads>;
using RefState = std::map<Uuid, RefRecord>;

inline void fold(RefState& state, const Changeset& change, HybridTime time, const Uuid& author, Defect defect) {
    for (const auto& record : change.records) {
        for (const auto& field : record.fields) {
            auto& heads = state[record.record][field.field];
            if (heads.contains(change.dot)) continue;
            if (defect != Defect::replaces_forgotten) {
                for (const auto& dot : field.replaces) heads.erase(dot);
            }
            const bool equal = std::any_of(heads.begin(), heads.end(),
                                           [&](const auto& head) { return head.second.value == field.value; });
            if (defect == Defect::equal_values_dropped && equal) continue;
            heads[change.dot] = {field.value, time, author, field.covers};
        }
    }
}

inline bool hidden(const RefRecord& record) {
    const auto deleted = record.find("deleted");
    if (deleted == record.end()) return false;
    std::set<Dot> covered;
    for (const auto& [dot, head] : deleted->second) {
        if (head.value != Value{true}) return false;
        covered.insert(head.covers.begin(), head.covers.end());
    }
    for (const auto& [field, heads] : record) {
        for (const auto& [dot, head] : heads) {
            if (field != "deleted" && !covered.contains(dot)) return false;
        }
    }
    return true;
}

inline std::set<std::string> distinct(const RefHeads& heads) {
    std::set<std::string> values;
    for (const auto& [dot, head] : heads) values.emplace(as_text(canonical_bytes(head.value)));
    return values;
}

inline Value shown_of(const RefHeads& heads) {
    const auto later = [](const auto& a, const auto& b) {
        return std::pair{a.second.time, a.first} < std::pair{b.second.time, b.first};
    };
    return heads.empty() ? Value{Null{}} : std::max_element(heads.begin(), heads.end(), later)->second.value;
}

/// Fields in which a person has to choose.
inline std::vector<std::string> conflicts_in(const RefRecord& record) {
    std::vector<std::string> fields;
    if (hidden(record)) return fields;
    for (const auto& [field, heads] : record) {
        const bool is_set = field.find('/') != std::string::npos;
        const bool gone =
            std::any_of(heads.begin(), heads.end(), [](const auto& head) { return head.second.value == Value{true}; });
        if (field == "deleted" ? gone : !is_set && distinct(heads).size() > 1) fields.push_back(field);
    }
    return fields;
}

class ReferenceDevice {
public:
    enum class Fate { pending, accepted, applied, parked, withdrawn };
    struct Own {
        Changeset change;
        Fate fate = Fate::pending;
        std::uint64_t became = 0;  ///< Withdrawn: the n under which it was issued again; 0 if it was given up.
    };

    ReferenceDevice(const Identity& self, Defect defect) : self_(self), defect_(defect) {}

    [[nodiscard]] const RefState& confirmed() const { return confirmed_; }
    [[nodiscard]] const std::vector<Own>& own() const { return own_; }
    [[nodiscard]] Dot dot(std::uint64_t n) const { return {self_.device, self_.incarnation, n}; }

    /// Confirmed, and over it in order what waits for a word or has not come back.
    [[nodiscard]] RefState shown() const {
        auto state = confirmed_;
        for (const auto& own : own_) {
            if (own.fate != Fate::pending && own.fate != Fate::accepted) continue;
            fold(state, own.change, own.change.time, self_.user, defect_);
        }
        return state;
    }

    /// The fields that this edit must write; none: nothing differs. Only for edits that the store accepts.
    [[nodiscard]] std::vector<FieldWrite> expected(const Edit& edit) const {
        std::map<std::string, FieldWrite> writes;
        const auto state = shown();
        const auto id = std::visit([](const auto& one) { return one.id; }, edit);
        const auto found = state.find(id);
        const RefRecord record = found == state.end() ? RefRecord{} : found->second;
        const auto heads = [&](const std::string& field) {
            const auto at = record.find(field);
            return at == record.end() ? RefHeads{} : at->second;
        };
        const auto write = [&](const std::string& field, Value value) {
            FieldWrite out{field, std::move(value), {}, {}, {}};
            for (const auto& [dot, head] : heads(field)) out.replaces.push_back(dot);
            writes.emplace(field, std::move(out));
        };
        if (const auto* put = std::get_if<Put>(&edit)) {
            for (const auto& [field, value] : put->fields) {
                if (const auto* set = std::get_if<UuidSet>(&value)) {
                    expect_set(record, field, *set, write);
                } else if (const auto now = heads(field);
                           now.empty() ? !is_null(value)
                                       : distinct(now).size() > 1 || !same_value(shown_of(now), value)) {
                    write(field, value);
                }
            }
            if (!writes.empty() && hidden(record)) write("deleted", false);
        } else {
            write("deleted", true);
            auto& covers = writes.at("deleted").covers;
            for (const auto& [field, versions] : record) {
                for (const auto& [dot, head] : versions) {
                    if (field != "deleted") covers.push_back(dot);
                }
            }
            std::sort(covers.begin(), covers.end());
            covers.erase(std::unique(covers.begin(), covers.end()), covers.end());
        }
        std::vector<FieldWrite> out;
        for (auto& [field, one] : writes) out.push_back(std::move(one));
        return out;
    }

    void wrote(const Changeset& change) { own_.push_back({change, Fate::pending}); }
    void judged(std::uint64_t n, bool accepted) {
        auto& own = own_.at(n - 1);
        if (own.fate == Fate::pending) own.fate = accepted ? Fate::accepted : Fate::parked;
    }
    void applied(const Changeset& change, HybridTime effective, const Uuid& author) {
        fold(confirmed_, change, effective, author, defect_);
        if (change.dot == dot(change.dot.n)) own_.at(change.dot.n - 1).fate = Fate::applied;
    }
    void discard(std::uint64_t n) { own_.at(n - 1).fate = Fate::withdrawn; }
    /// Every parked change gets a new name, in order, and names what it was built on by its new name.
    void retry() {
        for (std::size_t at = 0, end = own_.size(); at < end; ++at) {
            if (own_[at].fate != Fate::parked) continue;
            auto change = own_[at].change;
            change.dot = dot(own_.size() + 1);
            own_[at].fate = Fate::withdrawn;
            own_[at].became = change.dot.n;
            for (auto& record : change.records) {
                for (auto& field : record.fields) {
                    rename(field.replaces, record.record, field.field);
                    rename(field.covers, record.record, {});
                }
            }
            own_.push_back({std::move(change), Fate::pending});
        }
    }

private:
    template <typename Write>
    static void expect_set(const RefRecord& record, const std::string& field, const UuidSet& wanted, Write write) {
        std::set<Uuid> there;
        for (const auto& [name, heads] : record) {
            if (!name.starts_with(field + "/")) continue;
            const bool in = std::any_of(heads.begin(), heads.end(),
                                        [](const auto& head) { return head.second.value == Value{true}; });
            if (in) there.insert(*parse_uuid(std::string_view{name}.substr(field.size() + 1)));
        }
        const std::set<Uuid> after{wanted.begin(), wanted.end()};
        for (const auto& id : after) {
            if (!there.contains(id)) write(field + "/" + id.text(), true);
        }
        for (const auto& id : there) {
            if (!after.contains(id)) write(field + "/" + id.text(), false);
        }
    }

    /// A refused dot becomes its re-issue or, if it was given up, what it had replaced.
    void rename(std::vector<Dot>& dots, const Uuid& record, const std::string& field) const {
        std::set<Dot> out;
        std::vector<Dot> open{dots};
        while (!open.empty()) {
            const auto named = open.back();
            open.pop_back();
            if (named != dot(named.n) || own_.at(named.n - 1).fate != Fate::withdrawn) {
                out.insert(named);
            } else if (const auto& own = own_.at(named.n - 1); own.became != 0) {
                open.push_back(dot(own.became));
            } else {
                for (const auto& write : own.change.records) {
                    for (const auto& before : write.fields) {
                        const bool same = field.empty() ? before.field != "deleted" : before.field == field;
                        if (write.record == record && same)
                            open.insert(open.end(), before.replaces.begin(), before.replaces.end());
                    }
                }
            }
        }
        dots.assign(out.begin(), out.end());
    }

    Identity self_;
    Defect defect_;
    RefState confirmed_;
    std::vector<Own> own_;
};

}  // namespace debrief::core::test
