#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace ocrtune {

enum class TranscriptFormat { text, page, alto, hocr };

/// The text of a page as a file holds it: typed by a person, or read by a program.
struct Transcript {
  std::string text;  ///< UTF-8; one line of text a line, an empty line between regions
  TranscriptFormat format = TranscriptFormat::text;
  std::string made_by;  ///< the program that the file names, as it is written there; may be empty
};

/// PAGE XML, ALTO or hOCR (XHTML), known by the root element and its namespace. The text is what
/// stands on the page, in reading order where the file states one (PAGE), else in document order.
/// Throws Error(input_unreadable), "line N: …" where a line can be told. Pure; thread-safe.
Transcript parse_document(std::string_view text);

/// True for names that end as XML and HTML files do.
bool is_document_name(const std::filesystem::path& path);

/// The transcript in a file: as parse_document() where the name says so, else its UTF-8 text.
/// Throws Error(input_unreadable) naming the file, also where it is larger than 16 MB (text) or 32
/// MB.
Transcript read_transcript(const std::filesystem::path& path);

/// The transcript in an XML file; nothing where it is XML of another kind. Throws as
/// read_transcript().
std::optional<Transcript> read_known_document(const std::filesystem::path& path);

}  // namespace ocrtune
