#include "ocrtune/pdf/program/installed_fonts.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "ocrtune/base/data_folders.h"

namespace ocrtune {
namespace fs = std::filesystem;

void use_installed_fonts() {
  std::error_code ignored;
  if (fs::is_regular_file("/etc/fonts/fonts.conf", ignored)) return;
  if (const fs::path file = data_file("fonts/fonts.conf"); !file.empty())
    ::setenv("FONTCONFIG_FILE", file.c_str(), 0);
}

}  // namespace ocrtune
