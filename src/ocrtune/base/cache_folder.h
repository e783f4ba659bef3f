#pragma once

#include <filesystem>

namespace ocrtune {

/// The folder for what can be computed or downloaded again: that of the environment variable
/// OCRTUNE_CACHE, or $XDG_CACHE_HOME/ocrtune, or ~/.cache/ocrtune; empty if none of these variables
/// is set. Absolute; need not exist.
std::filesystem::path cache_folder();

}  // namespace ocrtune
