#pragma once

#include <vector>

#include "ocrtune/ocr/lstm/baseline.h"
#include "ocrtune/ocr/lstm/box.h"

namespace ocrtune::lstm {

/// Where a mark stands, for a line through marks.
struct Stand {
  int x = 0;  ///< middle
  int y = 0;
  int half_width = 0;
  float exact_middle = 0;
};

/// Straight baselines of a block's rows as Tesseract's BaselineDetect finds them: each through two
/// of the row's marks; rows that fit badly take the direction of the others. `spacing`: px between
/// rows.
std::vector<Line> straight_lines(const std::vector<std::vector<Stand>>& rows, double spacing);

}  // namespace ocrtune::lstm
