#include "ocrtune/base/folder_entries.h"

namespace ocrtune {
namespace fs = std::filesystem;

std::vector<fs::directory_entry> entries_of(const fs::path& folder, std::error_code& failure) {
  std::vector<fs::directory_entry> entries;
  fs::directory_iterator it(folder, failure);
  for (; !failure && it != fs::directory_iterator(); it.increment(failure)) entries.push_back(*it);
  return entries;
}

}  // namespace ocrtune
