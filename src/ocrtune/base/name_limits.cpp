#include "ocrtune/base/name_limits.h"

#include <unistd.h>

#include <algorithm>
#include <climits>
#include <limits>
#include <system_error>

#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

/// Of the names that write_atomically gives files that are not whole.
constexpr std::size_t kTemporaryName = sizeof(".ocrtune.part-4194304-4294967295") - 1;

fs::path nearest_folder(fs::path folder) {
  std::error_code ignored;
  while (!folder.empty() && !fs::is_directory(folder, ignored)) {
    const fs::path parent = folder.parent_path();
    if (parent == folder) break;
    folder = parent;
  }
  return folder.empty() ? fs::path(".") : folder;
}

std::size_t longest_name(const fs::path& folder) {
  const long known = ::pathconf(nearest_folder(folder).c_str(), _PC_NAME_MAX);
  return known > 0 ? static_cast<std::size_t>(known) : std::numeric_limits<std::size_t>::max();
}

}  // namespace

NameLimits::NameLimits(const fs::path& folder)
    : name_(longest_name(folder)), path_(std::size_t{PATH_MAX} - 1) {}

std::string NameLimits::why_not(const fs::path& file) const {
  for (const fs::path& part : file) {
    if (part.native().size() <= name_) continue;
    return tr("a name in the output would have {} bytes, the file system allows {}",
              part.native().size(), name_);
  }
  const std::size_t name = file.filename().native().size();
  const std::size_t longest = file.native().size() - name + std::max(name, kTemporaryName);
  if (longest <= path_) return "";
  return tr("the path of the output would have {} bytes, the system allows {}", longest, path_);
}

}  // namespace ocrtune
