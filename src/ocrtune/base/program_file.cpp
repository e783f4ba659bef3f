#include "ocrtune/base/program_file.h"

#include <errno.h>

#include <system_error>

namespace ocrtune {
namespace fs = std::filesystem;

fs::path program_file() {
  std::error_code failure;
  fs::path file = fs::read_symlink("/proc/self/exe", failure);
  if (failure) return {};
  if (!file.filename().native().starts_with("ld-linux")) return file;
  // The launcher has given its own path as that of the program.
  return ::program_invocation_name;
}

}  // namespace ocrtune
