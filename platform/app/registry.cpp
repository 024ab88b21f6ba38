#include "platform/app/registry.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace debrief::platform {

const Method* find_method(std::string_view name) {
    static const std::vector<Method> sorted = [] {
        std::vector<Method> all;
        for (const auto group : {system_methods(), record_methods(), file_methods(), language_methods(), chat_methods(),
                                 presence_methods(), journey_methods(), rehearsal_methods(), team_methods(),
                                 coaching_methods(), playbook_methods(), conflict_methods(), change_methods(),
                                 erase_methods(), sync_methods(), admin_methods()}) {
            all.insert(all.end(), group.begin(), group.end());
        }
        std::sort(all.begin(), all.end(), [](const Method& a, const Method& b) { return a.name < b.name; });
        return all;
    }();
    const auto found = std::lower_bound(sorted.begin(), sorted.end(), name,
                                        [](const Method& method, std::string_view n) { return method.name < n; });
    return found != sorted.end() && found->name == name ? &*found : nullptr;
}

}  // namespace debrief::platform
