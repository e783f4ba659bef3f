#pragma once

#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/layout/layout.h"
#include "ocrtune/ocr/layout/probe_model.h"

namespace ocrtune::layout {

/// A white drawing of a page's size, with marks that a probe model recognizes.
class ProbeDrawing {
 public:
  ProbeDrawing(int width, int height, const ProbeSight& sight);

  /// Marks a unit: a letter in its left padding with a space after it, or a letter in its right
  /// padding with a space before it; two letters if it is narrow.
  void mark(const Unit& unit);
  /// Fills a unit with alternating letters and spaces, a letter at either end.
  void fill(const Unit& unit);

  /// Whether a unit's mark is on its left: there has to be room before the first component of the
  /// page.
  [[nodiscard]] bool at_left(const Unit& unit) const;
  /// Whether there is no room for a mark in the padding, and no mark inside would be found.
  [[nodiscard]] bool is_narrow(const Unit& unit) const;
  /// px of the page in one of the network's steps, rounded down.
  [[nodiscard]] int step_of(const Unit& unit) const { return unit.crop.height() / sight_.height; }
  /// Null if memory is short.
  [[nodiscard]] PIX* pix() const { return pix_.get(); }

 private:
  void mark_pair(const Unit& unit);
  [[nodiscard]] int letter_width(const Unit& unit) const;
  /// Blackens the band that begins at `row`.
  void black(const Unit& unit, int left, int width, int row);

  ProbeSight sight_;
  PixPtr pix_;
};

}  // namespace ocrtune::layout
