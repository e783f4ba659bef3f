#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/server/roots.h"

namespace ocrtune::server {

/// FolderListing of the API: the content of a folder, sorted by name, without hidden entries and
/// without links that lead outside; without a path, the roots. Throws as Roots::inside,
/// HttpError(400) if it is not a folder, HttpError(422) if it cannot be read.
nlohmann::json folder_listing(const Roots& roots, const std::optional<std::string>& path);

/// The extensions of files that may be uploaded, in lower case with the dot: of page files, ground
/// truth and manifests, but of nothing executable.
std::vector<std::string> upload_extensions();

}  // namespace ocrtune::server
