#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "ocrtune/server/roots.h"

namespace ocrtune::server {

/// FolderListing of the API: the content of a folder, sorted by name, without hidden entries and
/// without links that lead outside; without a path, the roots. Throws as Roots::inside,
/// HttpError(400) if it is not a folder, HttpError(422) if it cannot be read.
nlohmann::json folder_listing(const Roots& roots, const std::optional<std::string>& path);

}  // namespace ocrtune::server
