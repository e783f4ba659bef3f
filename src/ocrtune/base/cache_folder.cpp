#include "ocrtune/base/cache_folder.h"

#include <cstdlib>
#include <system_error>

namespace ocrtune {

std::filesystem::path cache_folder() {
  const auto told = [](const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return std::filesystem::path(value == nullptr ? "" : value);
  };
  if (const auto stated = told("OCRTUNE_CACHE"); !stated.empty()) {
    std::error_code failure;
    const std::filesystem::path whole = std::filesystem::absolute(stated, failure);
    return failure ? stated : whole;
  }
  if (const auto cache = told("XDG_CACHE_HOME"); cache.is_absolute()) return cache / "ocrtune";
  if (const auto home = told("HOME"); home.is_absolute()) return home / ".cache" / "ocrtune";
  return {};
}

}  // namespace ocrtune
