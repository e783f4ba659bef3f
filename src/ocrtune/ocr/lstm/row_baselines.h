#pragma once

#include <vector>

#include "ocrtune/ocr/lstm/baseline.h"
#include "ocrtune/ocr/lstm/pix.h"

namespace ocrtune::lstm {

/// What the public interface tells of a row.
struct RowMarks {
  int block = 0;
  std::vector<Box> blobs;  ///< by their left edge
  std::vector<BaselineSample> samples;
};

/// The baselines of a page's rows. `binary`: the page in black and white.
std::vector<Baseline> find_baselines(const std::vector<RowMarks>& rows, PIX* binary);

}  // namespace ocrtune::lstm
