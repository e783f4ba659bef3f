#include "ocrtune/corpus/truth_files.h"

#include <algorithm>
#include <system_error>

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

/// ".gt.txt" of "scan.gt.txt" and of "scan.2.gt.txt", for a page file with this stem.
std::string_view ending_of(std::string_view name, const std::string& stem) {
  name.remove_prefix(stem.size());
  const std::size_t end = name.find_first_not_of("0123456789", 1);
  const bool is_numbered = end != std::string_view::npos && end > 1 && name[end] == '.';
  return is_numbered ? name.substr(end) : name;
}

}  // namespace

fs::path exported_truth(const fs::path& page_file, const std::string& name) {
  return page_file.parent_path() / "page" / (name + ".xml");
}

std::vector<fs::path> TruthFiles::beside(const fs::path& page_file) {
  const std::string stem = page_file.stem().string();
  std::vector<fs::path> found;
  const auto add_from = [&](const fs::path& folder, const auto& is_ending) {
    const std::set<std::string>& names = names_in(folder);
    for (auto name = names.lower_bound(stem + '.');
         name != names.end() && name->starts_with(stem + '.'); ++name)
      if (is_ending(ending_of(*name, stem))) found.push_back(folder / *name);
  };
  add_from(page_file.parent_path(), [](std::string_view ending) {
    return std::ranges::find(kTruthEndings, ending) != kTruthEndings.end() ||
           std::ranges::find(kPossibleTruthEndings, ending) != kPossibleTruthEndings.end();
  });
  const fs::path exported = exported_truth(page_file, stem);
  add_from(exported.parent_path(),
           [&](std::string_view ending) { return ending == exported.extension().native(); });
  std::ranges::sort(found);
  return found;
}

const std::set<std::string>& TruthFiles::names_in(const fs::path& folder) {
  const auto [at, is_new] = names_.try_emplace(folder);
  if (!is_new) return at->second;
  std::error_code failure;
  fs::directory_iterator it(folder.empty() ? fs::path(".") : folder, failure);
  for (; !failure && it != fs::directory_iterator(); it.increment(failure))
    at->second.insert(it->path().filename().string());
  return at->second;
}

}  // namespace ocrtune
