#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/page_results.h"
#include "ocrtune/corpus/corpus.h"

namespace ocrtune {

/// An OCR result of a page that is kept, to be combined with others in many ways.
struct RecordedResult {
  Candidate candidate;   ///< `pipeline` is the index in the portfolio that recorded it
  OcrResult ocr_result;  ///< of the upright page; empty if the pipeline failed
  double seconds = 0;    ///< running time
  bool leaves_out_faint_text = false;  ///< see PageReader
  bool asked_by_columns = false;       ///< it was asked for in the mode of columns
};

/// The OCR results of a page by the pipelines of a portfolio, in its order.
using RecordedPage = std::vector<RecordedResult>;

/// Where OCR results are kept.
struct ResultStock {
  /// One that is kept; nothing if there is none. Thread-safe.
  std::function<std::optional<RecordedResult>(std::size_t pipeline, bool by_columns)> find;
};

/// Recognizes a page with all pipelines of a portfolio that are for it, those that `stock` has
/// excepted. Nothing if the work was stopped. Throws as best_result().
std::optional<RecordedPage> recorded_page(const Page& page, const std::function<Image()>& load,
                                          const OcrMeans& means, bool looks_for_columns,
                                          const ResultStock& stock);

/// What a rule makes of some of the recorded OCR results.
struct ReplayedResult {
  OcrResult ocr_result;
  double seconds = 0;  ///< running time of the pipelines that were tried
};

/// What best_result() gives for the portfolio of `pipelines` (indices in the portfolio that
/// recorded them, in the order in which they are tried), without recognizing anything. Columns and
/// the rotation of the page are as all pipelines found them. Pure; thread-safe.
ReplayedResult replayed(const RecordedPage& recorded, const std::vector<std::size_t>& pipelines,
                        const ChoiceRule& rule, const Lexicon& lexicon);

}  // namespace ocrtune
