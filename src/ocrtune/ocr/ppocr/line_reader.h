#pragma once

#include <vector>

#include "ocrtune/ocr/line_box.h"
#include "ocrtune/ocr/ppocr/ctc_decoder.h"
#include "ocrtune/ocr/ppocr/loaded_model.h"

namespace ocrtune::ppocr {

/// A recognized text line.
struct ReadLine {
  LineBox box;  ///< as the text was read
  std::vector<LineCharacter> characters;
  double rows = 1;  ///< of the network's output that the box's length is

  [[nodiscard]] std::string text() const;
  /// Mean probability of its characters without spaces; 0 if it has none.
  [[nodiscard]] double probability() const;
};

/// How lines are recognized.
struct LineOptions {
  double space = 0.05;    ///< least probability of a space, see decode_ctc()
  double doubtful = 0.9;  ///< below this probability a line is also read upside down
};

/// Recognizes a line. Throws Error(limit_reached) if no network can be compiled or its classes
/// are others, std::runtime_error if it fails. Thread-safe.
ReadLine read_line(LineRecognition& recognition, const cv::Mat& gray, const LineBox& box,
                   const LineOptions& options);

/// The words of a line, split at its spaces.
std::vector<Word> words_of(const ReadLine& line);

}  // namespace ocrtune::ppocr
