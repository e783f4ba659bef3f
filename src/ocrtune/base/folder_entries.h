#pragma once

#include <filesystem>
#include <system_error>
#include <vector>

namespace ocrtune {

/// What a folder contains, in no order; std::filesystem's iterator would throw in a range-based
/// `for` at the entry that cannot be read. Sets `failure` if the folder cannot be read to its end;
/// then some may be missing. Thread-safe.
std::vector<std::filesystem::directory_entry> entries_of(const std::filesystem::path& folder,
                                                         std::error_code& failure);

}  // namespace ocrtune
