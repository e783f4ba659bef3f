#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/report/evaluation.h"
#include "ocrtune/workflow/events.h"
#include "ocrtune/workflow/option.h"

namespace ocrtune::workflow {

/// What `evaluate` is asked for.
struct EvaluateOptions {
  std::vector<std::string> readings;  ///< files or folders
  std::vector<std::string> truth;     ///< files or folders; none: those beside the readings
  std::vector<std::string> ignored;   ///< "case", "space", "punctuation"
  std::string form = "nfc";           ///< or "nfkc"
  std::size_t most = 10;              ///< confusions and worst pages, in the text
  std::string csv;                    ///< file for a row per page; empty: none
};

/// The options of `evaluate`; they point into `options`, which must outlive them.
Options options_of(EvaluateOptions& options);

/// What `evaluate` found.
struct Evaluated {
  Evaluation evaluation;                     ///< of the texts that were compared
  std::vector<std::string> without_truth;    ///< pages
  std::vector<std::string> without_reading;  ///< pages
  std::size_t texts = 0;                     ///< that were to be compared
  std::size_t done = 0;                      ///< fewer than those where it was stopped
  bool problems = false;                     ///< some couldn't be read or compared
};

/// Compares texts that any program read with the truth. Throws Error.
Evaluated evaluate(const EvaluateOptions& options, const Events& events);

}  // namespace ocrtune::workflow
