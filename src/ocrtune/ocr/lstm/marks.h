#pragma once

#include <vector>

#include "ocrtune/ocr/lstm/box.h"
#include "ocrtune/ocr/lstm/pix.h"

namespace ocrtune::lstm {

/// The lower edges of what is black inside boxes of a page of 1 bit.
class LowerEdges {
 public:
  explicit LowerEdges(PIX* binary);

  struct Span {
    int low = 0;   ///< lower edge of the lowest black pixel
    int high = 0;  ///< upper edge of the highest
    bool any = false;
  };

  /// What is black in the box from column `first` to `last`, both included.
  [[nodiscard]] Span span(const Box& box, int first, int last) const;

  /// Whether black goes on from one side of a column boundary to the other.
  [[nodiscard]] bool joined_across(const Box& left, const Box& right) const;

  /// Where a mark stands on the line: its lower edge, or for marks that reach below the line like
  /// the letter p, the lowest long edge above (Tesseract's EstimateBaselinePosition).
  [[nodiscard]] int standing(const Box& box) const;

 private:
  [[nodiscard]] bool black(int x, int y) const;
  [[nodiscard]] long perimeter(const Box& box) const;

  PIX* binary_;
  int height_;
};

/// Marks as they were before Tesseract cut and joined them to letters of one width, as it does in
/// typewritten rows; other rows stay as they are.
std::vector<Box> uncut(const std::vector<Box>& blobs, const LowerEdges& edges);

/// Marks much wider than high, cut into letter-wide pieces as Tesseract pretends to.
/// `line_size`: px.
std::vector<Box> chopped(const std::vector<Box>& blobs, float line_size, const LowerEdges& edges);

}  // namespace ocrtune::lstm
