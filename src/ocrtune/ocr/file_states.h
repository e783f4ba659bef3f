#pragma once

#include <filesystem>
#include <string>

namespace ocrtune {

/// A file's path, size and time of the last change; the path alone if there is none.
std::string state_of_file(const std::filesystem::path& path);

/// Those of the models in a folder, of which a language may draw in others.
std::string state_of_models(const std::string& lang, const std::filesystem::path& folder);

}  // namespace ocrtune
