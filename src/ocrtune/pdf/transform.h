#pragma once

#include <optional>
#include <span>

#include "ocrtune/pdf/builder.h"

namespace ocrtune {

/// A point of a page, pt.
struct PdfPoint {
  double x = 0;
  double y = 0;
};

/// PDF 32000-1, 8.3.3: (x, y) becomes (ax + cy + e, bx + dy + f).
struct Transform {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

  /// This one, then `outer`.
  [[nodiscard]] Transform then(const Transform& outer) const;

  [[nodiscard]] PdfPoint at(double x, double y) const {
    return {a * x + c * y + e, b * x + d * y + f};
  }

  /// How much larger it makes areas; negative if it mirrors them.
  [[nodiscard]] double determinant() const { return a * d - b * c; }

  /// Whether rectangles stay upright.
  [[nodiscard]] bool keeps_boxes() const;
};

/// Of the six numbers of a matrix; none if they are not as many.
std::optional<Transform> transform_of(std::span<const double> numbers);

/// The upright rectangle around where `box` comes to lie.
PdfBox box_around(const PdfBox& box, const Transform& transform);

/// The upright rectangle around two boxes.
PdfBox box_around(const PdfBox& one, const PdfBox& other);

/// What two boxes have in common; without an extent if that is nothing.
PdfBox common_box(const PdfBox& one, const PdfBox& other);

double area_of(const PdfBox& box);

}  // namespace ocrtune
