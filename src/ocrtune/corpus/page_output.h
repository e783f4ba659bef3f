#pragma once

#include <filesystem>
#include <string>

#include "ocrtune/corpus/corpus.h"

namespace ocrtune {

/// The mark of a page in its name if its file has several, "#2"; else empty.
std::string page_mark(const Page& page);

/// The output file of a page: its relative name below `folder` with another extension
/// ("a/scan.tif#2" becomes "a/scan.2.txt"). Always inside `folder`, whatever a manifest contains.
std::filesystem::path output_path(const std::filesystem::path& folder, const Page& page,
                                  const std::string& extension);

/// Throws Error(invalid_argument) if two pages have the same output file, or if one would overwrite
/// its own page.
void refuse_collisions(const std::filesystem::path& folder, const std::vector<Page>& pages,
                       const std::string& extension);

}  // namespace ocrtune
