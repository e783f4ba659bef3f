#include "ocrtune/base/data_folders.h"

#include <dlfcn.h>

#include <system_error>

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

}  // namespace

std::vector<fs::path> data_folders(std::string_view name) {
  return {folder_of_library() / "share/ocrtune" / name, fs::path(installed_data_folder()) / name,
          fs::path(installed_library_folder()) / name};
}

}  // namespace ocrtune
