// Everything out again, for other programs and for people.
#pragma once

#include <optional>
#include <string>

#include "platform/app/context.hpp"

namespace debrief::platform {

/// One object: `{format, version, workspace, tables: {name: [{id, …fields}]}}`. With `account` only what names it.
core::Result<std::string> export_json(Context& context, const std::optional<core::Uuid>& account);
/// One row a value: `table,id,field,value`. Every table fits one file so, and nothing is lost.
core::Result<std::string> export_csv(Context& context, const std::optional<core::Uuid>& account);
/// The buying journey of each account, to read.
core::Result<std::string> export_markdown(Context& context, const std::optional<core::Uuid>& account);
/// The own notes of which something was corrected, labelled with what was confirmed, in the form of training/corpus.
core::Result<std::string> export_training(Context& context, const std::optional<core::Uuid>& account);

}  // namespace debrief::platform
