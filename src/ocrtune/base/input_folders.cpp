#include "ocrtune/base/input_folders.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <system_error>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

const char* stated_folders() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it while files are read
  return std::getenv(kInputFoldersVariable);
}

bool is_below(const fs::path& path, const fs::path& folder) {
  return std::mismatch(path.begin(), path.end(), folder.begin(), folder.end()).second ==
         folder.end();
}

/// Nothing is allowed by an empty line.
bool is_in(const fs::path& whole, const char* folders) {
  return std::ranges::any_of(split(folders, '\n'), [&](const std::string& folder) {
    return folder.starts_with('/') && is_below(whole, folder);
  });
}

}  // namespace

void confine_inputs(const std::vector<fs::path>& folders) {
  std::string lines;
  for (const fs::path& folder : folders) {
    if (folder.native().find('\n') != std::string::npos)
      throw Error(Errc::invalid_argument, tr("{}: has a line break in its name", shown(folder)));
    lines += folder.native() + "\n";
  }
  // NOLINTNEXTLINE(concurrency-mt-unsafe): there are no other threads yet
  ::setenv(kInputFoldersVariable, lines.c_str(), 1);
}

bool are_inputs_confined() { return stated_folders() != nullptr; }

bool is_allowed_input(int descriptor) {
  const char* folders = stated_folders();
  if (folders == nullptr) return true;
  std::error_code failure;
  const fs::path whole = fs::read_symlink(fmt::format("/proc/self/fd/{}", descriptor), failure);
  return !failure && is_in(whole, folders);
}

bool is_allowed_input(const fs::path& path) {
  const char* folders = stated_folders();
  if (folders == nullptr) return true;
  std::error_code failure;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, failure), failure);
  return !failure && is_in(whole, folders);
}

}  // namespace ocrtune
