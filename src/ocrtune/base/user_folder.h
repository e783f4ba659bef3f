#pragma once

#include <filesystem>

namespace ocrtune {

/// The path in an environment variable; empty if it is not set. Thread-safe while nobody sets it.
std::filesystem::path path_of_variable(const char* name);

/// ocrtune's folder of a kind in the XDG Base Directory Specification: that of the variable, such
/// as $XDG_CACHE_HOME/ocrtune, else `usual` in the home folder: ~/.cache/ocrtune. Empty if neither
/// variable has an absolute path; need not exist.
std::filesystem::path user_folder(const char* variable, const std::filesystem::path& usual);

}  // namespace ocrtune
