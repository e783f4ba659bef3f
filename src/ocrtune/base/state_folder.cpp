#include "ocrtune/base/state_folder.h"

#include <cstdlib>

namespace ocrtune {

std::filesystem::path state_folder() {
  const auto told = [](const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return std::filesystem::path(value == nullptr ? "" : value);
  };
  if (const auto state = told("XDG_STATE_HOME"); state.is_absolute()) return state / "ocrtune";
  if (const auto home = told("HOME"); home.is_absolute()) return home / ".local/state/ocrtune";
  return {};
}

}  // namespace ocrtune
