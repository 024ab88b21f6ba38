// The fields of one record by name, side by side in one block of memory: a record has some ten of them, and is read,
// copied and written as a whole. The part of std::map's interface that is used here.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace debrief::core {

/// Sorted by name. Adding a field makes all references into it invalid.
template <typename T>
class Fields {
public:
    using value_type = std::pair<std::string, T>;
    using iterator = typename std::vector<value_type>::iterator;
    using const_iterator = typename std::vector<value_type>::const_iterator;

    Fields() = default;
    Fields(std::initializer_list<value_type> fields) {
        for (const auto& [name, value] : fields) (*this)[name] = value;
    }

    [[nodiscard]] iterator begin() { return all_.begin(); }
    [[nodiscard]] iterator end() { return all_.end(); }
    [[nodiscard]] const_iterator begin() const { return all_.begin(); }
    [[nodiscard]] const_iterator end() const { return all_.end(); }
    [[nodiscard]] bool empty() const { return all_.empty(); }
    [[nodiscard]] std::size_t size() const { return all_.size(); }

    [[nodiscard]] const_iterator lower_bound(std::string_view name) const {
        return std::lower_bound(all_.begin(), all_.end(), name, before);
    }
    [[nodiscard]] const_iterator find(std::string_view name) const {
        const auto at = lower_bound(name);
        return at != all_.end() && at->first == name ? at : all_.end();
    }
    /// Throws std::out_of_range.
    [[nodiscard]] const T& at(std::string_view name) const {
        const auto found = find(name);
        if (found == all_.end()) throw std::out_of_range{"no such field"};
        return found->second;
    }
    T& operator[](std::string_view name) {
        // Nearly always they come in order.
        if (all_.empty() || all_.back().first < name) return all_.emplace_back(std::string{name}, T{}).second;
        const auto at = std::lower_bound(all_.begin(), all_.end(), name, before);
        if (at->first == name) return at->second;
        return all_.emplace(at, std::string{name}, T{})->second;
    }

private:
    static bool before(const value_type& field, std::string_view name) { return field.first < name; }
    std::vector<value_type> all_;
};

}  // namespace debrief::core
