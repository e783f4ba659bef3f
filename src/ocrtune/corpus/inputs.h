#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/base/problem.h"

namespace ocrtune {

struct Image;

/// Columns of a manifest that have no meaning of their own; for grouping.
using Labels = std::vector<std::pair<std::string, std::string>>;

/// A file that should hold pages, before it is opened.
struct InputFile {
  std::filesystem::path path;  ///< absolute, relative to the working directory, or a URL (url.h)
  std::string name;  ///< as results show it: relative to the folder or manifest it came from
  std::string lang;  ///< empty: the default language
  std::optional<std::filesystem::path> truth;  ///< file or URL of the ground truth, from a manifest
  Labels labels;                               ///< the manifest's further columns, in their order
  /// The pages that are wanted of it, from 0, in ascending order; nothing: all.
  std::optional<std::vector<int>> pages = {};
  /// Its only page, in memory; nothing is read from `path`, which is empty. Null: a file.
  std::shared_ptr<const Image> image = {};
};

/// The files below a folder for which `wanted` is true, sorted; hidden files and folders are left
/// out. A folder that cannot be read is added to `problems`.
std::vector<std::filesystem::path> files_below(
    const std::filesystem::path& folder,
    const std::function<bool(const std::filesystem::path&)>& wanted,
    std::vector<Problem>& problems);

/// The arguments; in natural order if they stand in the order of their bytes, as a shell expands
/// `*.png`.
std::vector<std::string> in_order_of_pages(std::vector<std::string> arguments);

/// Expands the input arguments into files: a file, a URL (http, https), a folder (searched for page
/// files, hidden ones left out), a glob pattern, a manifest (`.csv`, or as page_list.h has it), or
/// "-" (a list on `standard_input`). Downloads URLs that may be manifests, and no others. Files
/// keep the order given, as in_order_of_pages() has it; those of a folder and of a pattern are in
/// natural order; `without`: as for for_each_page_file(). An input that cannot be read is added to
/// `problems`. Throws Error(output_unwritable) if the copy of a manifest cannot be written.
std::vector<InputFile> expand_inputs(const std::vector<std::string>& arguments,
                                     std::istream& standard_input, std::vector<Problem>& problems,
                                     const std::filesystem::path& without = {});

/// The files of a CSV manifest: column `file` (relative to the manifest, or a URL), optionally
/// `lang` and `truth`; other columns become labels. Throws Error(input_unreadable) naming the
/// manifest.
std::vector<InputFile> read_manifest(const std::filesystem::path& path);

}  // namespace ocrtune
