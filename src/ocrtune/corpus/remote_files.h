#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "ocrtune/documents/transcript.h"
#include "ocrtune/image/limits.h"

namespace ocrtune {

/// If this environment variable is set, nothing is downloaded; what is in the cache can be used.
inline constexpr const char* kOfflineVariable = "OCRTUNE_OFFLINE";

/// The content of a page file or, for a URL, of its copy in the folder `pages` of cache_folder().
/// If there is none, the file, or the image of a service (image_service.h), is downloaded, and kept
/// if it is a whole page file. Throws Error(input_unreadable) with one line that begins with the
/// file or URL, Error(output_unwritable) if the copy cannot be written. Thread-safe.
std::vector<std::byte> read_page_file(const std::filesystem::path& file,
                                      const DecodeLimits& limits);

/// The transcript in a file or, for a URL, in its copy, which is kept if the transcript can be
/// read. Throws as read_page_file and read_transcript. Thread-safe.
Transcript read_truth(const std::filesystem::path& file);

/// Where a page file is on this machine: itself or, for a URL, its copy; nothing if there is no
/// copy. Thread-safe.
std::optional<std::filesystem::path> local_file(const std::filesystem::path& file);

/// True if reading `file` will download it. Thread-safe.
bool is_to_be_downloaded(const std::filesystem::path& file);

}  // namespace ocrtune
