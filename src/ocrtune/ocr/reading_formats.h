#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/hocr.h"
#include "ocrtune/ocr/reading.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// A format that readings of pages are written in.
struct ReadingFormat {
  std::string name;       ///< as --format takes it: "text", "hocr"
  std::string extension;  ///< ".txt"
  bool document = false;  ///< a document of its own: two of them in one stream aren't one
  bool binary = false;    ///< nothing for a terminal
  /// The reading in this format; of documents the whole one. Throws what PageSource::facsimile
  /// does.
  std::string (*text)(const Reading& reading, const PageSource& source);
};

/// All formats, in the order they are listed.
const std::vector<ReadingFormat>& all_reading_formats();

/// `name` must be that of a format there is.
const ReadingFormat& reading_format(std::string_view name);

/// What documents say and show of a page of `corpus` that was read just now. `corpus` must outlive
/// the result.
PageSource source_of(const Corpus& corpus, std::size_t index, const std::string& reader);

}  // namespace ocrtune
