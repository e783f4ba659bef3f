#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/server/edited_scan.h"
#include "ocrtune/server/roots.h"

namespace ocrtune::server {

/// The pages of files that the corpus has pages of, in its order, with their sizes if they are not
/// edited: `all`, or those in `odd` or `even` places, counted from 1. Throws HttpError(400) for
/// another word.
std::vector<const Page*> pages_in_places(const Corpus& corpus, const std::string& which);

/// Gives each of `pages` but the page `from` the edit of `scan`, which is of that page; each stays
/// excluded or included. Returns {edited, kept}: the numbers of those that have it now, and of
/// those that it is not within or whose edits are invalid. Throws Error(output_unwritable).
nlohmann::json copy_edit_of(const EditedScan& scan, const FilePage& from,
                            const std::vector<const Page*>& pages, const Roots& roots);

}  // namespace ocrtune::server
