#include "ocrtune/pdf/transform.h"

#include <algorithm>
#include <cmath>

namespace ocrtune {

Transform Transform::then(const Transform& outer) const {
  return {a * outer.a + b * outer.c,           a * outer.b + b * outer.d,
          c * outer.a + d * outer.c,           c * outer.b + d * outer.d,
          e * outer.a + f * outer.c + outer.e, e * outer.b + f * outer.d + outer.f};
}

std::optional<Transform> transform_of(std::span<const double> numbers) {
  if (numbers.size() != 6) return std::nullopt;
  return Transform{numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]};
}

bool Transform::keeps_boxes() const {
  constexpr double kRounded = 1e-6;
  const double along = std::max(std::abs(a), std::abs(d));
  const double across = std::max(std::abs(b), std::abs(c));
  return std::min(along, across) <= kRounded * std::max(along, across);
}

PdfBox box_around(const PdfBox& box, const Transform& transform) {
  const PdfPoint first = transform.at(box.left, box.bottom);
  PdfBox around{first.x, first.y, first.x, first.y};
  for (const PdfPoint& corner : {transform.at(box.right, box.bottom),
                                 transform.at(box.left, box.top), transform.at(box.right, box.top)})
    around = box_around(around, PdfBox{corner.x, corner.y, corner.x, corner.y});
  return around;
}

PdfBox box_around(const PdfBox& one, const PdfBox& other) {
  return {std::min(one.left, other.left), std::min(one.bottom, other.bottom),
          std::max(one.right, other.right), std::max(one.top, other.top)};
}

PdfBox common_box(const PdfBox& one, const PdfBox& other) {
  const double left = std::max(one.left, other.left);
  const double bottom = std::max(one.bottom, other.bottom);
  return {left, bottom, std::max(left, std::min(one.right, other.right)),
          std::max(bottom, std::min(one.top, other.top))};
}

double area_of(const PdfBox& box) { return (box.right - box.left) * (box.top - box.bottom); }

}  // namespace ocrtune
