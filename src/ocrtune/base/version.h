#pragma once

#include <string_view>

namespace ocrtune {

/// "0.1.0", as the build system states it.
std::string_view program_version();

/// The folder of the installation's data files, such as "/usr/share/ocrtune".
std::string_view installed_data_folder();

}  // namespace ocrtune
