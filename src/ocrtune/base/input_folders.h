#pragma once

#include <filesystem>
#include <vector>

namespace ocrtune {

/// If this environment variable is set, pages, ground truth, edits and manifests are read only from
/// the folders that it names: absolute paths without symbolic links, one a line.
inline constexpr const char* kInputFoldersVariable = "OCRTUNE_INPUT_FOLDERS";

/// Sets the variable for this process and those that it starts; `folders` are absolute and without
/// symbolic links. Throws Error(invalid_argument) for a name with a line break. Call it before
/// other threads start.
void confine_inputs(const std::vector<std::filesystem::path>& folders);

/// True if the variable is set. Thread-safe.
bool are_inputs_confined();

/// True if the open file is in one of the folders, or the variable is not set. As the file is
/// already open, no link that changes meanwhile leads elsewhere. Thread-safe.
bool is_allowed_input(int descriptor);

/// The same for a path, its symbolic links resolved as far as it exists, for messages on files that
/// cannot be opened. Thread-safe.
bool is_allowed_input(const std::filesystem::path& path);

}  // namespace ocrtune
