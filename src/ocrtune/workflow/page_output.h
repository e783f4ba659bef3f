#pragma once

#include <filesystem>
#include <string>

#include "ocrtune/image/corpus.h"

namespace ocrtune::workflow {

/// Where the result for a page goes: its relative name below `folder` with another extension
/// ("a/scan.tif#2" becomes "a/scan.2.txt"). Always inside `folder`, whatever a manifest says.
std::filesystem::path output_path(const std::filesystem::path& folder, const Page& page,
                                  const std::string& extension);

/// Throws Error(invalid_argument) where two pages would be written to one file, or one over its own
/// page.
void refuse_collisions(const std::filesystem::path& folder, const std::vector<Page>& pages,
                       const std::string& extension);

}  // namespace ocrtune::workflow
