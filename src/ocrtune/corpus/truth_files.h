#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// Endings of the names of ground truth after the name of its page, the preferred ones first.
inline constexpr std::array<std::string_view, 4> kTruthEndings{".gt.txt", ".gt.xml", ".gt.hocr",
                                                               ".gt.html"};

/// Endings of files that may be ground truth or OCR output, in the same order.
inline constexpr std::array<std::string_view, 4> kPossibleTruthEndings{".page.xml", ".alto.xml",
                                                                       ".xml", ".hocr"};

/// Where programs export a page's transcript, as NAME.xml below the folder of the page.
std::filesystem::path exported_truth(const std::filesystem::path& page_file,
                                     const std::string& name);

/// Finds the files in which truth_beside() looks for ground truth, for many page files: each folder
/// is listed once. Opens no file.
class TruthFiles {
 public:
  /// Those that exist for any page of this file, ordered by their paths. A folder that cannot be
  /// listed has none.
  std::vector<std::filesystem::path> beside(const std::filesystem::path& page_file);

 private:
  const std::set<std::string>& names_in(const std::filesystem::path& folder);

  std::map<std::filesystem::path, std::set<std::string>> names_;  // of the folders listed so far
};

}  // namespace ocrtune
