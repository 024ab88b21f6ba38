// What a command of `debrief admin` is, and the words that it gets.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/civil_date.hpp"
#include "core/result.hpp"
#include "platform/server/admin_commands.hpp"

namespace debrief::platform {

/// The words of one command after its name: what stands alone, and `--name value`.
struct AdminWords {
    std::vector<std::string> plain;
    std::map<std::string, std::string> options;

    [[nodiscard]] std::optional<std::string> option(const std::string& name) const {
        const auto found = options.find(name);
        return found == options.end() ? std::nullopt : std::optional(found->second);
    }
};

/// Who may say a command.
enum class AdminRight {
    folder,         ///< Who has the server's folder: it reads files there.
    administrator,  ///< Administrators, from their devices as well.
    filer,          ///< Managers too, for the accounts that they look after.
};

struct AdminCommand {
    std::string name;   ///< "user add".
    std::string usage;  ///< What follows it.
    std::string does;
    std::size_t plain_min, plain_max;
    std::set<std::string> options;  ///< That take a value.
    std::set<std::string> flags;    ///< That take none.
    std::function<core::Result<nlohmann::json>(const AdminContext&, const AdminWords&)> run;
    AdminRight right = AdminRight::administrator;
};

/// Handing over and erasing: what becomes of words that are no longer their author's to keep.
std::vector<AdminCommand> filing_commands();

/// How a command for this administrator begins.
inline std::string admin_program(const AdminContext& context) {
    return context.user ? "debrief admin " : "debrief admin --data DIR ";
}

inline std::string day_of(core::Instant instant) {
    return core::instant_text(instant).substr(0, 10);
}

}  // namespace debrief::platform
