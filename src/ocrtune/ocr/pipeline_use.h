#pragma once

#include <string>

namespace ocrtune {

/// What recognizes the images of a pipeline of a portfolio, and of which pages.
struct PipelineUse {
  std::string engine = {};    ///< the OCR engine; empty: the one that is asked for
  std::string tessdata = {};  ///< folder of the models of that engine; empty: that of the options;
                              ///< not in files
  bool for_faint_text = false;  ///< only of pages of which all OCR results so far leave out faint
                                ///< text

  /// Whether all members are equal.
  bool operator==(const PipelineUse&) const = default;
};

}  // namespace ocrtune
