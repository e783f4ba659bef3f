#include "ocrtune/base/user_folder.h"

#include <cstdlib>

namespace ocrtune {
namespace fs = std::filesystem;

fs::path path_of_variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return value == nullptr ? "" : value;
}

fs::path user_folder(const char* variable, const fs::path& usual) {
  if (const fs::path stated = path_of_variable(variable); stated.is_absolute())
    return stated / "ocrtune";
  const fs::path home = path_of_variable("HOME");
  return home.is_absolute() ? home / usual / "ocrtune" : fs::path();
}

}  // namespace ocrtune
