#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace ocrtune {

/// The folders in which data files of this name are looked for: beside the library (or the program
/// that contains it), in the folder that it is installed in, which may have been moved, and in that
/// of the build system; there, files for one kind of processor are with the libraries. They need
/// not exist. Thread-safe.
std::vector<std::filesystem::path> data_folders(std::string_view name);

/// The first of data_folders() that is a file; empty if none is. Thread-safe.
std::filesystem::path data_file(std::string_view name);

}  // namespace ocrtune
