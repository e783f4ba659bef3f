#pragma once

#include <string_view>

namespace ocrtune {

/// "0.1.0", as the build system states it.
std::string_view program_version();

/// The folder of the installation's data files, such as "/usr/share/ocrtune".
std::string_view installed_data_folder();

/// The folder of what the installation loads while it runs, such as "/usr/lib/ocrtune".
std::string_view installed_library_folder();

/// The folder of data files, relative to that which all is installed in: "share/ocrtune".
std::string_view data_folder_in_prefix();

/// The folder of what is loaded, relative to that which all is installed in: "lib/ocrtune".
std::string_view library_folder_in_prefix();

}  // namespace ocrtune
