#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/ocr/columns/placed_lines.h"

namespace ocrtune::columns {

/// Lines one below the other, from top to bottom.
using TextBlock = std::vector<const PlacedLine*>;

/// The lines of a page in blocks: each line with the nearest one below it that may follow it and
/// has no other above. `lines` must outlive the result. Pure.
std::vector<TextBlock> text_blocks(const std::vector<PlacedLine>& lines);

/// What the lines of running text have in common. The cells of tables and forms, and the lines of
/// receipts, do not have it.
struct RunningText {
  std::size_t lines = 4;    ///< at least
  double length = 7;        ///< mean width, in heights of the line
  double filled = 0.6;      ///< median width, of the greatest
  double small = 0.2;       ///< share of lines that begin with a small letter
  double max_digits = 0.2;  ///< share of digits among the characters
};

/// Whether a block is running text, by the texts of all lines of the page. Pure.
bool is_running_text(const TextBlock& block, const std::vector<std::u32string>& texts,
                     const RunningText& least = {});

double left_edge(const TextBlock& block);
double right_edge(const TextBlock& block);

}  // namespace ocrtune::columns
