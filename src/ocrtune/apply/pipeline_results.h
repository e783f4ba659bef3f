#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "ocrtune/apply/orientation.h"
#include "ocrtune/apply/page_reader.h"

namespace ocrtune {

/// What the OCR results of a page are for, as they come.
struct ResultTaker {
  /// Whether a pipeline is to recognize the page.
  std::function<bool(std::size_t pipeline)> wants;
  /// Takes an OCR result; whether a further one is wanted. `waits`: columns were found with a later
  /// pipeline, whose OCR result has to be waited for. `by_columns`: columns were found before it.
  std::function<bool(PipelineResult result, bool waits, bool by_columns)> take;
  /// Columns were found that the results so far go across: forgets them; all pipelines begin anew.
  std::function<void()> start_anew;
  /// An OCR result of a pipeline that is known already, in the page segmentation mode of columns or
  /// not. May be empty.
  std::function<std::optional<PipelineResult>(std::size_t pipeline, bool by_columns)> known = {};
};

/// How the pipelines of a page ended.
enum class PipelinesEnd { done, done_by_columns, stopped };

/// Recognizes a page with one pipeline after the other of a portfolio, as long as `taker` wants
/// more, in page segmentation mode 3 from the start if, with `looks_for_columns`, an OCR result
/// goes across columns. Throws as PageReader::read.
PipelinesEnd run_pipelines(OrientedPage& page, const Portfolio& portfolio, bool looks_for_columns,
                           const ResultTaker& taker);

}  // namespace ocrtune
