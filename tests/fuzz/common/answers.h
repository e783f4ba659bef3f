#pragma once

#include <string_view>

#include "ocrtune/ocr/external/engine_protocol.h"

namespace ocrtune::fuzz {

// Valid lines of an external engine.
inline constexpr std::string_view kSeedHello = R"({
  "protocol": 1, "version": "Fake 1.0", "models": "4f8f", "languages": ["eng", "fra"],
  "confidence": "mean probability",
  "options": [{"name": "size", "type": "integer", "low": 640, "high": 2560, "initial": 1600, "unit": "px", "help": "longer side"},
              {"name": "order", "type": "category", "choices": ["rows", "columns"], "initial": "rows"}]})";
inline constexpr std::string_view kSeedLines = R"({"id": 1, "lines": [
  {"box": [1, 2, 90, 12], "block": 1, "paragraph": 2, "words": [
    {"text": "Total", "box": [1, 2, 40, 12], "confidence": 0.9,
     "characters": [{"text": "T", "probability": 0.9, "alternatives": [["I", 0.05], ["7", 0.01]]}]},
    {"text": "é", "polygon": [[50, 2], [60.5, 3], [55, 12]]}]},
  {"text": "one line of text", "box": [1, 20, 90, 30], "confidence": 0.5}]})";
inline constexpr std::string_view kSeedText = R"({"id": 1, "text": "Dear Sir,\n\nthank you"})";
inline constexpr std::string_view kSeedError = R"({"id": 1, "error": "no image"})";

/// What parse_hello() promises. Throws std::runtime_error where it doesn't hold.
void check_hello(const EngineHello& hello);

/// The same of the words that parse_answer() returns.
void check_words(const OcrResult& result, const EngineRequest& request);

}  // namespace ocrtune::fuzz
