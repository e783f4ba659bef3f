#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/documents/hocr_writer.h"
#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// A file format of OCR results.
struct OcrFormat {
  std::string name;       ///< for --format: "text", "hocr"
  std::string extension;  ///< ".txt"
  bool document = false;  ///< a complete document: two in one stream are not a document
  bool binary = false;    ///< not suitable for a terminal
  /// The OCR result in this format; of documents the whole one. Throws what PageSource::facsimile
  /// throws.
  std::string (*text)(const OcrResult& ocr_result, const PageSource& source);
};

/// All formats, in the order they are listed.
const std::vector<OcrFormat>& all_ocr_formats();

/// `name` must be the name of a format.
const OcrFormat& ocr_format(std::string_view name);

/// Metadata for documents of a page that was just recognized by an engine, without its facsimile.
PageSource source_of(const std::string& name, int number, const std::string& engine);

/// Metadata for documents of a page of `corpus` that was just recognized. `corpus` must outlive the
/// result.
PageSource source_of(const Corpus& corpus, std::size_t index, const std::string& engine);

/// The language of all these pages (BCP 47); empty if they differ, or it is unknown. Pure;
/// thread-safe.
std::string language_of(const Corpus& corpus, const std::vector<std::size_t>& pages);

}  // namespace ocrtune
