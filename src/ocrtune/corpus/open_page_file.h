#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "ocrtune/corpus/open_pages.h"

namespace ocrtune {

/// True if pages of a local file are changed by hand (edits_file(), changes_pages()), or its edits
/// are invalid.
bool is_edited(const std::filesystem::path& file);

/// The text of edits_file(), empty if there is none. Throws Error(input_unreadable).
std::string edits_text(const std::filesystem::path& file);

/// The language that the edits of a local file state for a page, as numbered after them, from 0;
/// empty if they state none, or `page` is out of range. Throws Error(input_unreadable) if the edits
/// are invalid.
std::string stated_language(const std::filesystem::path& file, int page);

/// As open_pages() of the file's bytes, but with the pages as they are after their edits: without
/// those that are excluded, so that there may be none, and with two for each that is split. If
/// `limits` ask for it, double pages of files whose edits state at most languages are split. Throws
/// as open_pages(), also for edits that are invalid or of pages that do not exist.
std::unique_ptr<PageFile> open_page_file(const std::filesystem::path& file,
                                         std::span<const std::byte> bytes,
                                         const DecodeLimits& limits);

}  // namespace ocrtune
