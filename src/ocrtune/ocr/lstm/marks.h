#pragma once

#include <vector>

#include "ocrtune/ocr/lstm/baseline.h"
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

  /// Black pixels of a row inside the box.
  [[nodiscard]] int count(const Box& box, int y) const;

  /// Where a mark stands on the line: its lower edge, or for marks that reach below the line like
  /// the letter p, the lowest long edge above (Tesseract's EstimateBaselinePosition).
  [[nodiscard]] int standing(const Box& box) const;

 private:
  [[nodiscard]] bool black(int x, int y) const;
  [[nodiscard]] long perimeter(const Box& box) const;

  PIX* binary_;
  int height_;
};

/// Marks without underlines and what else is much wider than letters and crosses many of them, as
/// Tesseract sets them aside. `straight`: the row's straight baseline, `line_size`: px.
std::vector<Box> without_underlines(const std::vector<Box>& marks, const Line& straight,
                                    float line_size, const LowerEdges& edges);

/// Marks above each other joined to letters. `marks` by their left edges.
std::vector<Box> associated(const std::vector<Box>& marks);

/// Marks much wider than high, cut into letter-wide pieces as Tesseract pretends to.
/// `line_size`: px.
std::vector<Box> chopped(const std::vector<Box>& blobs, float line_size, const LowerEdges& edges);

}  // namespace ocrtune::lstm
