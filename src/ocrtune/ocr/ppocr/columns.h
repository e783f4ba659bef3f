#pragma once

#include <string>
#include <vector>

#include "ocrtune/ocr/ppocr/placed_lines.h"

namespace ocrtune::ppocr {

/// The space between two columns of running text: what is left of it is read before what is right
/// of it. px, as PlacedLine.
struct Gutter {
  double x = 0;  ///< its middle
  double top = 0;
  double bottom = 0;

  /// Whether a line is beside it.
  [[nodiscard]] bool reaches(const PlacedLine& line) const {
    return line.y >= top && line.y <= bottom;
  }
};

/// The gutters of a page, found between blocks of running text alone: lines one below the other
/// that are long for their height and of about one length, many of which begin with a small letter
/// and few with figures. The cells of tables and forms and the lines of receipts are not like that.
/// `texts` are those of the lines, in the same order. Pure.
std::vector<Gutter> gutters_between_columns(const std::vector<PlacedLine>& lines,
                                            const std::vector<std::string>& texts);

/// Whether the first of two lines is to be read before the second one because a gutter is between
/// them.
bool is_in_earlier_column(const PlacedLine& line, const PlacedLine& other,
                          const std::vector<Gutter>& gutters);

}  // namespace ocrtune::ppocr
