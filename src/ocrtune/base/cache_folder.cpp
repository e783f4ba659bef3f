#include "ocrtune/base/cache_folder.h"

#include <system_error>

#include "ocrtune/base/user_folder.h"

namespace ocrtune {

std::filesystem::path cache_folder() {
  if (const auto stated = path_of_variable("OCRTUNE_CACHE"); !stated.empty()) {
    std::error_code failure;
    const std::filesystem::path whole = std::filesystem::absolute(stated, failure);
    return failure ? stated : whole;
  }
  return user_folder("XDG_CACHE_HOME", ".cache");
}

}  // namespace ocrtune
