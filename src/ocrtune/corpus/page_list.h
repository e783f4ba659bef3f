#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/corpus/inputs.h"

namespace ocrtune {

/// What lists pages, as libraries publish it.
enum class PageList { none, iiif, mets };

/// Which list a content is that begins like this.
PageList page_list_of(std::string_view beginning);

/// The files that a list of pages names: a IIIF manifest, in a file that ends in `.json`, or a METS
/// file, in one that ends in `.xml`, or either behind a URL that does not end as a page file does.
/// A URL is downloaded to find out, unless there is a copy of it in the cache; a list is kept there
/// if it can be read, and a page file too. `group` is that of parse_mets(). Nothing if the input is
/// no list. Adds remarks on what of a list is not used to `problems`. Throws
/// Error(input_unreadable) that names the list if it cannot be used, Error(output_unwritable) if
/// the copy cannot be written. Thread-safe.
std::optional<std::vector<InputFile>> read_page_list(const std::filesystem::path& input,
                                                     const std::string& group,
                                                     std::vector<Problem>& problems);

}  // namespace ocrtune
