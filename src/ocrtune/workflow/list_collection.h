#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <span>
#include <string>

#include "ocrtune/apply/shared_journal.h"
#include "ocrtune/base/events.h"
#include "ocrtune/options/options.h"

namespace ocrtune::workflow {

/// What the files of a collection have in common.
struct CollectionLanguages {
  std::set<std::string> languages;  ///< of their pages
  std::size_t left_out = 0;         ///< inputs that cannot be used; a warning was given for each
};

/// Gets files of a collection; `first`: how many there were before them.
using TakeFiles = std::function<void(std::size_t first, std::span<const CollectionFile> files)>;

/// Lists the files of the inputs and gives them to `take` in parts, so that the memory does not
/// depend on their number, until it is stopped. `lang`: for files without a language in the
/// manifest.
CollectionLanguages list_collection(const PagesOptions& options, const std::string& lang,
                                    const Events& events, const TakeFiles& take);

}  // namespace ocrtune::workflow
