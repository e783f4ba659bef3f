#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/server/roots.h"

namespace ocrtune::server {

/// Maximum length of ground truth that is written.
inline constexpr std::size_t kMaxTruthBytes = std::size_t{256} << 10U;

/// Throws HttpError(403) for a file beside a page, which need not exist, that is outside the roots.
void require_inside(const Roots& roots, const std::filesystem::path& file);

/// Where the ground truth of a page is written: the file that it is in, or NAME.gt.txt beside the
/// page. Throws HttpError(403) if the file is outside the roots.
std::filesystem::path truth_file_of(const Page& page, const Roots& roots);

/// The ground truth in a file; nothing if there is none. Throws Error(input_unreadable).
std::optional<Truth> truth_in(const std::filesystem::path& file);

/// Writes the text into a text file, or into the lines of a PAGE XML file (corrected_page()).
/// Throws HttpError(409) for files of other formats and if the lines do not match,
/// Error(output_unwritable).
void write_truth(const std::filesystem::path& file, const std::string& text);

/// Identifies the ground truth of a page, and the page: an edit by hand may give its number to
/// another one.
std::string truth_version(const Page& page, const std::optional<std::string>& truth);

}  // namespace ocrtune::server
