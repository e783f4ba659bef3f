#pragma once

#include <cstddef>
#include <opencv2/core/types.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/ocr/engine_option.h"

namespace ocrtune {

/// Version of the protocol (docs/reference/engine_protocol.md).
inline constexpr int kEngineProtocol = 1;
/// Most bytes of the line with which an engine introduces itself.
inline constexpr std::size_t kMaxHelloBytes = std::size_t{1} << 20U;
/// Most bytes of an answer.
inline constexpr std::size_t kMaxAnswerBytes = std::size_t{16} << 20U;

/// How an engine introduces itself.
struct EngineHello {
  std::string version;                 ///< of the engine
  std::string models;                  ///< identity of its models; may be empty
  std::vector<std::string> languages;  ///< Tesseract's codes; "*" if it accepts any
  std::string confidence;              ///< what its confidences mean; empty if it has none
  std::vector<EngineOption> options;   ///< its parameters

  /// Whether it supports a language ("eng"), or each of several ("eng+fra").
  [[nodiscard]] bool supports(std::string_view language) const;
};

/// A request to recognize an image.
struct EngineRequest {
  long long id = 0;
  cv::Size size;                          ///< px
  int dpi = 0;                            ///< 0: unknown
  std::string lang;                       ///< "eng", "eng+fra"
  std::vector<EngineValue> options = {};  ///< those that differ from their initial values
};

/// Parses the first line of an engine. Throws Error(invalid_argument) with the field if it is
/// invalid. Pure.
EngineHello parse_hello(std::string_view line);

/// The request as a line, with `image` as the name of the image's file. Pure.
std::string request_line(const EngineRequest& request, std::string_view image);

/// The answer to a request: an OCR result, or the engine's reason why there is none.
struct EngineAnswer {
  OcrResult result;   ///< words in px of the image, boxes inside it
  std::string error;  ///< one line; empty if the page was recognized
};

/// Parses the answer to a request. Throws Error(invalid_argument) with the field if it is invalid.
/// Pure.
EngineAnswer parse_answer(std::string_view line, const EngineRequest& request);

}  // namespace ocrtune
