#pragma once

#include <vector>

#include "ocrtune/ocr/lstm/baseline.h"
#include "ocrtune/ocr/lstm/pix.h"
#include "ocrtune/ocr/lstm/row_marks.h"

namespace ocrtune::lstm {

/// What is known of a row's baseline: guesses at how Tesseract found it, and samples of the truth.
class RowBaseline {
 public:
  struct Candidate {
    Baseline baseline;
    int missed = 0;  ///< samples it doesn't round to
  };

  /// At least one candidate, the likelier first.
  RowBaseline(std::vector<Candidate> candidates, std::vector<BaselineSample> samples)
      : candidates_(std::move(candidates)), samples_(std::move(samples)) {}

  /// The height at x, by what fits the samples from `left` to `right` best.
  [[nodiscard]] float at(int x, int left, int right) const;
  /// Whether a candidate rounds to all samples.
  [[nodiscard]] bool sure() const { return candidates_.back().missed == 0; }

 private:
  [[nodiscard]] float correction(const Baseline& baseline, int x) const;

  std::vector<Candidate> candidates_;
  std::vector<BaselineSample> samples_;
};

/// The baselines of a page's rows. `binary`: the page in black and white.
std::vector<RowBaseline> find_baselines(const std::vector<RowMarks>& rows, PIX* binary);

}  // namespace ocrtune::lstm
