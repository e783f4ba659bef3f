#pragma once

#include <filesystem>
#include <string>

#include "ocrtune/corpus/mets.h"

namespace ocrtune {

/// Where the image of a page is that a METS file lists.
struct MetsPlace {
  std::filesystem::path path;  ///< a file, or a URL
  std::string name;            ///< its path below the METS file's folder, or page_url_name()
};

/// The place of a page's image: of several, a file that there is, else a URL, else a file. `mets`
/// is the METS file or its URL, below whose folder paths are. Throws Error(input_unreadable),
/// without its name, if there is none within that folder or behind an http or https URL.
/// Thread-safe.
MetsPlace place_of_page(const MetsPage& page, const std::filesystem::path& mets);

}  // namespace ocrtune
