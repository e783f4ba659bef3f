#pragma once

#include <vector>

#include "ocrtune/ocr/columns/placed_lines.h"

namespace ocrtune::columns {

/// The space between two columns of text: what is left of it is read before what is right of it.
/// px, as PlacedLine.
struct Gutter {
  double x = 0;  ///< its middle
  double top = 0;
  double bottom = 0;

  /// Whether a line is beside it.
  [[nodiscard]] bool reaches(const PlacedLine& line) const {
    return line.y >= top && line.y <= bottom;
  }
  /// Whether a line, which may not be beside it, is on both sides of its middle.
  [[nodiscard]] bool is_crossed_by(const PlacedLine& line) const {
    return line.left < x && line.right > x;
  }
};

/// Where a gutter may go on, px.
struct GutterReach {
  double left = 0;    ///< of the columns beside it
  double right = 0;   ///< the same
  double top = 0;     ///< as far as text goes on one side at least
  double bottom = 0;  ///< the same
};

/// Whether hardly a line crosses it where it is: two lines side by side may have been found as one.
/// `beside`: the number of lines beside it. Pure.
bool is_free(const Gutter& gutter, const std::vector<PlacedLine>& lines, std::size_t beside);

/// Goes on above and below along lines that are near enough, as far as none is in the way, which
/// is not one of both columns that was found as one line; those of
/// the two columns, or of headings between their parts. Pure.
Gutter extended(Gutter gutter, const std::vector<PlacedLine>& lines, const GutterReach& reach);

/// Adds a gutter, as part of one that is there at about the same place (`tolerance`, px) if no line
/// is in the way between them.
void add_gutter(const Gutter& gutter, double tolerance, const std::vector<PlacedLine>& lines,
                std::vector<Gutter>& gutters);

}  // namespace ocrtune::columns
