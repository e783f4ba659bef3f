#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/corpus/corpus.h"

namespace ocrtune {

/// The mark of a page in its name if its file has several, "#2"; else empty.
std::string page_mark(const Page& page);

/// The output file of a page: its relative name below `folder` with another extension
/// ("a/scan.tif#2" becomes "a/scan.2.txt"). Always inside `folder`, whatever a manifest contains.
std::filesystem::path output_path(const std::filesystem::path& folder, const Page& page,
                                  const std::string& extension);

/// What no output may overwrite: the files of pages and their ground truth. As they are when this
/// is made.
class InputFiles {
 public:
  explicit InputFiles(const std::vector<Page>& pages);

  /// Throws Error(invalid_argument) if `output`, which is made of `page`, is one of these files, or
  /// is by its name the ground truth of a page file beside it (page_with_truth).
  void keep(const std::filesystem::path& output, const Page& page) const;

 private:
  struct Use {
    std::string page;
    bool is_truth = false;
  };

  /// By device and inode.
  std::map<std::pair<std::uint64_t, std::uint64_t>, Use> files_;
};

/// require_writable_place() for a file that the user names. Also throws Error(invalid_argument) if
/// it is one of `inputs`, such as a manifest, or by its name ground truth (page_with_truth).
void require_output_file(const std::filesystem::path& output,
                         const std::vector<std::string>& inputs);

/// Throws Error(invalid_argument) with a line that says what to do: both pages would be written to
/// this file.
[[noreturn]] void refuse_one_output(const std::string& first, const std::string& second,
                                    const std::filesystem::path& output);

/// Throws as refuse_one_output() if two pages have the same output file, or as InputFiles::keep.
void refuse_collisions(const std::filesystem::path& folder, const std::vector<Page>& pages,
                       const std::string& extension);

}  // namespace ocrtune
