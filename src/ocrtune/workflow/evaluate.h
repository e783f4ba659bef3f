#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/analysis/evaluation.h"
#include "ocrtune/base/events.h"
#include "ocrtune/options/option.h"

namespace ocrtune::workflow {

/// Options of `evaluate`.
struct EvaluateOptions {
  std::vector<std::string> ocr_results;  ///< files or folders
  std::vector<std::string> truth;        ///< files or folders; empty: those beside the OCR results
  std::vector<std::string> ignored;      ///< "case", "space", "punctuation"
  std::string form = "nfc";              ///< or "nfkc"
  std::size_t most = 10;  ///< maximum number of confusions and worst pages in the text
  std::string csv;        ///< CSV file with a row per page; empty: none
};

/// The option table of `evaluate`; it points into `options`, which must outlive it.
Options options_of(EvaluateOptions& options);

/// Result of `evaluate`.
struct Evaluated {
  Evaluation evaluation;                        ///< of the compared texts
  std::vector<std::string> without_truth;       ///< pages
  std::vector<std::string> without_ocr_result;  ///< pages
  std::size_t texts = 0;                        ///< number of texts to compare
  std::size_t done = 0;                         ///< fewer than `texts` if it was stopped
  bool problems = false;                        ///< some texts could not be read or compared
};

/// Compares OCR results of any program with the ground truth. Throws Error.
Evaluated evaluate(const EvaluateOptions& options, const Events& events);

}  // namespace ocrtune::workflow
