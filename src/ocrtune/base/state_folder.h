#pragma once

#include <filesystem>

namespace ocrtune {

/// The user's folder for what is kept between two starts of a program:
/// $XDG_STATE_HOME/ocrtune, or ~/.local/state/ocrtune; empty if neither variable is set. Absolute;
/// need not exist.
std::filesystem::path state_folder();

}  // namespace ocrtune
