#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/documents/page_source.h"

namespace ocrtune {

/// A word as a JSON object: its text, confidence, box and, if it has any, alternatives.
nlohmann::json word_json(const Word& word);

/// The OCR result of a page as a line of JSON, see docs/reference/json/page-words.schema.json.
/// Pure; thread-safe.
std::string page_json_text(const OcrResult& ocr_result, const PageSource& source);

/// The words and the size of what page_json_text() has written. Throws Error(input_unreadable).
/// Pure; thread-safe.
OcrResult parse_page_json(std::string_view text);

}  // namespace ocrtune
