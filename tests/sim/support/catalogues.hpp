// The catalogue of a build before this one, and of one after it.
#pragma once

#include "core/catalogue/catalogue.hpp"

namespace debrief::sim {

/// Knows no `contact.external_key` and no table `goal`. Fields are only ever added at the end.
const core::Catalogue& older_catalogue();
/// Knows `contact.nickname` and the table `gift` (`account`, `name`) as well.
const core::Catalogue& newer_catalogue();

}  // namespace debrief::sim
