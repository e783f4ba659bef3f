#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace ocrtune {

enum class TranscriptFormat { text, page, alto, hocr };

/// The text of a page as a file holds it: ground truth, or OCR output.
struct Transcript {
  std::string text;  ///< UTF-8; one text line per line, an empty line between regions
  TranscriptFormat format = TranscriptFormat::text;
  std::string made_by;  ///< the program that the file names, verbatim; may be empty
};

/// PAGE XML, ALTO or hOCR (XHTML), recognized by the root element and its namespace. The text is in
/// the reading order that the file states (PAGE), else in document order. Throws
/// Error(input_unreadable), "line N: …" if a line is known. Pure; thread-safe.
Transcript parse_document(std::string_view text);

/// True for names with an extension of XML or HTML files.
bool is_document_name(const std::filesystem::path& path);

/// The limit of a file with this name, bytes: 16 MB for text, 32 MB for what is_document_name().
std::uint64_t transcript_limit(const std::filesystem::path& path);

/// The transcript in the content of a file with this name: as parse_document() if the name has such
/// an extension, else its UTF-8 text. Throws as parse_document(). Pure; thread-safe.
Transcript parse_transcript(std::string text, const std::filesystem::path& name);

/// The transcript in a file, as parse_transcript(). Throws Error(input_unreadable) naming the file,
/// also if it is larger than transcript_limit().
Transcript read_transcript(const std::filesystem::path& path);

/// The transcript in an XML file; nothing if it is XML of another kind. Throws as
/// read_transcript().
std::optional<Transcript> read_known_document(const std::filesystem::path& path);

}  // namespace ocrtune
