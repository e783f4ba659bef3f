#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <string>

#include "ocrtune/corpus/download.h"
#include "ocrtune/image/limits.h"

namespace ocrtune {

/// Where the copy of a URL is or would be, in the folder `pages` of cache_folder(); empty if there
/// is no cache. Thread-safe.
std::filesystem::path place_of_copy(const std::string& url);

/// True if that is a file.
bool is_copy_there(const std::filesystem::path& copy);

/// True if nothing may be downloaded (OCRTUNE_OFFLINE).
bool is_offline();

/// Throws Error(input_unreadable) if nothing may be downloaded.
void require_online(const std::string& url);

/// Writes a copy, for this user only if it needed a password. Throws Error(output_unwritable).
void keep_copy(const std::filesystem::path& copy, const Download& content);

/// Whether the content is a page file that is not cut off.
bool is_whole_page_file(std::span<const std::byte> bytes);

/// For DownloadLimits::most: no other limit than max_bytes.
inline constexpr std::uint64_t kAnyNumber = std::numeric_limits<std::uint64_t>::max();

/// Of what is no page file, only the beginning is wanted.
DownloadLimits limits_of_pages(const DecodeLimits& limits);

/// The content as text.
std::string as_text(std::span<const std::byte> bytes);

}  // namespace ocrtune
