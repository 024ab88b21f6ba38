// "debrief journey brightf": which account is meant. A name or the unique beginning of one will do, in either case.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "platform/cli/context.hpp"

namespace debrief::platform::cli {

struct Named {
    std::string id;
    std::string name;
};

/// The one of `all` that `typed` stands for: its id, its whole name, the beginning of its name or of a word in it.
/// `kind` is the word for messages: "account". Errors: `invalid` with a guess if nothing fits; `ambiguous` listing
/// those that do.
core::Result<Named> pick(std::string_view kind, std::string_view typed, const std::vector<Named>& all);

/// As `pick` among the records of a table that has names: account, contact, user, team.
/// Contacts can be narrowed to one account (its id).
core::Result<Named> find_named(Context& context, const std::string& table, std::string_view typed,
                               const std::string& account = {});

/// Every record of a table, all pages.
core::Result<nlohmann::json> all_records(Context& context, const std::string& table, const nlohmann::json& where,
                                         const std::string& order = {});

}  // namespace debrief::platform::cli
