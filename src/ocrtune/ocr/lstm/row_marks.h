#pragma once

#include <vector>

#include "ocrtune/ocr/lstm/baseline.h"
#include "ocrtune/ocr/lstm/box.h"
#include "ocrtune/ocr/lstm/pix.h"

namespace ocrtune::lstm {

/// What the public interface tells of a row.
struct RowMarks {
  int block = 0;
  std::vector<Box> blobs;  ///< as words have them: some joined, some cut
  std::vector<Box> reach;  ///< boxes of the row's units, with marks that they reject
  std::vector<BaselineSample> samples;
};

/// The connected black marks of a page as its rows had them before words were made: each belongs
/// to the row whose blobs hold it, or else whose units reach around it. By left edges, row by row.
/// Marks inside others are left out.
std::vector<std::vector<Box>> marks_by_row(const std::vector<RowMarks>& rows, PIX* binary);

}  // namespace ocrtune::lstm
