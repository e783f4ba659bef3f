#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "ocrtune/server/roots.h"

namespace ocrtune::server {

/// FolderListing of the API: what a folder has, sorted by name, without what is hidden or leads
/// outside; without a path the roots. Throws as Roots::inside, HttpError(400) where it isn't a
/// folder, HttpError(422) where it can't be read.
nlohmann::json folder_listing(const Roots& roots, const std::optional<std::string>& path);

}  // namespace ocrtune::server
