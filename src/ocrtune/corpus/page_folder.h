#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/problem.h"
#include "ocrtune/corpus/inputs.h"

namespace ocrtune {

/// Whether a folder holds nothing that people put there, by its name: the recycle bins and
/// thumbnails of file servers, and `cache/thumbs`. Hidden ones do not count as such.
bool is_of_system(const std::filesystem::path& folder);

/// What a folder of pages contains besides pages, for a remark on it. Not thread-safe.
class OtherEntries {
 public:
  /// A file that is no page. Ground truth, edits and the like belong to pages and do not count.
  void add_file(const std::filesystem::path& path);

  /// A linked folder, which is not followed: it may lead back, or hold the same pages again.
  void add_linked_folder(const std::filesystem::path& path);

  /// "4 files are left out that are no pages: 2 .docx, 2 .mp4"; nothing if there are none.
  [[nodiscard]] std::optional<Problem> remark(const std::filesystem::path& folder) const;

 private:
  std::map<std::string, std::size_t> files_;  // by extension
  std::vector<std::string> linked_;
};

/// Calls `take` for each page file in a folder and below it, in natural order, until it returns
/// false; hidden files and folders, those of file systems (is_of_system()), linked folders and the
/// folder `without` (empty: none) are left out. Keeps the names in one folder at a time and in
/// those that lead to it. Adds to `problems` if the folder cannot be read or has no page files, and
/// a remark on what else it contains. Whether `take` wants more.
bool for_each_page_file(const std::filesystem::path& root, const std::filesystem::path& without,
                        std::vector<Problem>& problems, const std::function<bool(InputFile)>& take);

}  // namespace ocrtune
