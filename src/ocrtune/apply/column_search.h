#pragma once

#include <cstddef>
#include <optional>

#include "ocrtune/apply/page_reader.h"

namespace ocrtune {

/// Looks for columns that the OCR results of a page go across. Not thread-safe.
class ColumnSearch {
 public:
  [[nodiscard]] bool are_found() const { return found_; }

  /// Whether columns were found with a later pipeline, whose OCR result has to be waited for.
  [[nodiscard]] bool are_of_later(std::size_t pipeline) const {
    return found_ && pipeline < pipeline_;
  }

  /// Whether columns have been found just now and OCR results before go across them; once.
  bool ask_for_another_start(bool has_results) {
    const bool anew = found_ && !started_anew_ && has_results;
    started_anew_ = found_;
    return anew;
  }

  /// Notes an OCR result for which columns were looked for before.
  void note(const PipelineResult& result) {
    if (found_ || !result.candidate.by_columns) return;
    found_ = true;
    pipeline_ = result.candidate.pipeline;
  }

  /// Reads the page by columns, at most three times, if an OCR result of Tesseract's models seems
  /// to go across some; if it is in columns, or has half of the words that are broken within lines
  /// at their ends, this is the OCR result. Nothing if the work was stopped.
  void look(PageReader& reader, std::optional<PipelineResult>& result);

 private:
  int looks_ = 0;
  bool started_anew_ = false;
  std::size_t pipeline_ = 0;
  bool found_ = false;
};

}  // namespace ocrtune
