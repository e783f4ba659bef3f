#pragma once

#include <filesystem>

namespace ocrtune {

/// The file that starts this program again: its own, or where a launcher has the dynamic linker
/// run it (the archive for any Linux), the launcher. Empty if /proc does not tell. Thread-safe.
std::filesystem::path program_file();

}  // namespace ocrtune
