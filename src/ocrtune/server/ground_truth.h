#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "ocrtune/image/corpus.h"
#include "ocrtune/server/roots.h"

namespace ocrtune::server {

/// Maximum length of ground truth that is written.
inline constexpr std::size_t kMostTruthBytes = std::size_t{256} << 10U;

/// Where the ground truth of a page is written: its text file, or NAME.gt.txt beside the page.
/// Throws HttpError(409) if it is in a file with more than the text (PAGE XML, ALTO, hOCR),
/// HttpError(403) if the file is outside the roots.
std::filesystem::path truth_file_of(const Page& page, const Roots& roots);

/// The ground truth in a text file; nothing if there is none. Throws Error(input_unreadable).
std::optional<Truth> truth_in(const std::filesystem::path& file);

/// Identifies a ground truth: its Page::truth_hash().
std::string truth_version(const std::optional<Truth>& truth);

}  // namespace ocrtune::server
