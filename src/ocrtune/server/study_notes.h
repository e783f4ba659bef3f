#pragma once

#include <filesystem>
#include <string>

namespace ocrtune::server {

/// Longest notes of a study, bytes of UTF-8.
inline constexpr std::size_t kMostNoteBytes = std::size_t{64} << 10U;

/// What was written down about the study `id` in the server's folder; empty where nothing was.
/// Throws HttpError(404) where there is no such study.
std::string read_notes(const std::filesystem::path& folder, const std::string& id);

/// Keeps notes, whole or not at all. Throws HttpError(404), HttpError(413) where they are longer
/// than kMostNoteBytes, Error(study_error).
void write_notes(const std::filesystem::path& folder, const std::string& id,
                 const std::string& text);

}  // namespace ocrtune::server
