#include "ocrtune/base/data_folders.h"

#include <dlfcn.h>

#include <string>
#include <system_error>
#include <utility>

#include "ocrtune/base/version.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

/// The folder of the library, or of the program that contains it.
fs::path folder_of_library() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<const void*>(&folder_of_library), &info) == 0) return {};
  std::error_code ignored;
  return fs::weakly_canonical(info.dli_fname, ignored).parent_path();
}

/// What was installed may have been moved as a whole. Empty if this is no folder of an
/// installation.
fs::path prefix_of(const fs::path& own) {
  const fs::path of_data = library_folder_in_prefix();
  for (const fs::path& within :
       {of_data.parent_path(), fs::path("bin"), of_data, of_data / "libs", of_data / "programs"}) {
    const std::string end = "/" + within.string();
    if (own.native().ends_with(end))
      return own.native().substr(0, own.native().size() - end.size());
  }
  return {};
}

}  // namespace

std::vector<fs::path> data_folders(std::string_view name) {
  const fs::path own = folder_of_library();
  std::vector<fs::path> folders{own / "share/ocrtune" / name};
  if (const fs::path prefix = prefix_of(own); !prefix.empty()) {
    folders.push_back(prefix / data_folder_in_prefix() / name);
    folders.push_back(prefix / library_folder_in_prefix() / name);
  }
  folders.push_back(fs::path(installed_data_folder()) / name);
  folders.push_back(fs::path(installed_library_folder()) / name);
  return folders;
}

fs::path data_file(std::string_view name) {
  for (fs::path& file : data_folders(name)) {
    std::error_code ignored;
    if (fs::is_regular_file(file, ignored)) return std::move(file);
  }
  return {};
}

}  // namespace ocrtune
