#pragma once

#include <string_view>

namespace ocrtune {

/// "0.1.0", as the build system states it.
std::string_view program_version();

/// The folder of the installation's data files, such as "/usr/share/ocrtune".
std::string_view installed_data_folder();

/// The folder of what the installation loads while it runs, such as "/usr/lib/ocrtune".
std::string_view installed_library_folder();

/// The same two, relative to the folder that all is installed in: "share/ocrtune", "lib/ocrtune".
std::string_view data_folder_in_prefix();
std::string_view library_folder_in_prefix();

}  // namespace ocrtune
