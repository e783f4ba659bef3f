#include "ocrtune/pdf/program/transform.h"

#include <algorithm>
#include <cmath>

namespace ocrtune {

Transform Transform::then(const Transform& outer) const {
  return {a * outer.a + b * outer.c,           a * outer.b + b * outer.d,
          c * outer.a + d * outer.c,           c * outer.b + d * outer.d,
          e * outer.a + f * outer.c + outer.e, e * outer.b + f * outer.d + outer.f};
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
  for (const PdfPoint& corner :
       {transform.at(box.right, box.bottom), transform.at(box.left, box.top),
        transform.at(box.right, box.top)}) {
    around.left = std::min(around.left, corner.x);
    around.right = std::max(around.right, corner.x);
    around.bottom = std::min(around.bottom, corner.y);
    around.top = std::max(around.top, corner.y);
  }
  return around;
}

PdfBox common_box(const PdfBox& one, const PdfBox& other) {
  const double left = std::max(one.left, other.left);
  const double bottom = std::max(one.bottom, other.bottom);
  return {left, bottom, std::max(left, std::min(one.right, other.right)),
          std::max(bottom, std::min(one.top, other.top))};
}

double area_of(const PdfBox& box) { return (box.right - box.left) * (box.top - box.bottom); }

}  // namespace ocrtune
