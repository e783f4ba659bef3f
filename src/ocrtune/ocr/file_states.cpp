#include "ocrtune/ocr/file_states.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <vector>

#include "ocrtune/base/folder_entries.h"
#include "ocrtune/base/text.h"

namespace ocrtune {
namespace fs = std::filesystem;

std::string state_of_file(const fs::path& path) {
  struct stat state {};
  if (::stat(path.c_str(), &state) != 0) return path.string();
  return fmt::format("{} {} {}.{}", path.string(), state.st_size, state.st_mtim.tv_sec,
                     state.st_mtim.tv_nsec);
}

std::string state_of_models(const std::string& lang, const fs::path& folder) {
  std::vector<std::string> states;
  std::error_code failure;
  for (const auto& entry : entries_of(folder, failure)) {
    if (entry.path().extension() == ".traineddata") states.push_back(state_of_file(entry.path()));
  }
  for (const std::string& language : split(lang, '+'))
    states.push_back(state_of_file(folder / (language + ".traineddata")));
  std::ranges::sort(states);
  return joined(states, "\n");
}

}  // namespace ocrtune
