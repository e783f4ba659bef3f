#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ocrtune {

/// The user's own folder of models, where a file that is put is found: $XDG_DATA_HOME/ocrtune/
/// tessdata, or ~/.local/share/ocrtune/tessdata; empty if neither variable is set. Need not exist.
std::filesystem::path own_model_folder();

/// Existing folders with Tesseract's models, the first taking precedence: that of TESSDATA_PREFIX
/// alone, else the user's own, that of Debian and other distributions, and that which is installed
/// with ocrtune. Thread-safe while nobody sets environment variables.
std::vector<std::filesystem::path> model_folders();

/// A folder with the models of all model_folders(): the only one of these, or one of links to
/// them in cache_folder(), or the first if that cannot be written. Empty if there is none.
std::string default_model_folder();

/// How messages show a folder of models: those that default_model_folder() links to, or itself.
std::string shown_model_folder(const std::string& folder);

}  // namespace ocrtune
