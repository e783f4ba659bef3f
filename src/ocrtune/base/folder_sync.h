#pragma once

#include <filesystem>

namespace ocrtune {

/// Flushes to the disk which names a folder has: a file that was made or renamed in it is found
/// under its name after a power failure. Throws Error(output_unwritable). Thread-safe.
void sync_folder(const std::filesystem::path& folder);

}  // namespace ocrtune
