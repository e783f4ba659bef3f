#pragma once

#include <filesystem>
#include <string>

#include "ocrtune/corpus/corpus.h"

namespace ocrtune::workflow {

/// Why a file of a collection failed, as it stands behind the name of the file: "is damaged", or
/// "page 2: is damaged" of a file with several pages. `problem` is one of Corpus::load with `file`.
std::string failure_of(const Problem& problem, const std::filesystem::path& file);

/// The same for a page on which the work failed.
std::string failure_of(const Page& page, const std::string& reason);

}  // namespace ocrtune::workflow
