#pragma once

#include <vector>

#include "ocrtune/pdf/program/qpdf_file.h"

namespace ocrtune {

/// An image that a page draws, as its dictionary states it and where the page's content puts it.
struct PageImage {
  double pixels_across = 0;  ///< of its finest layer: itself, its mask or its soft mask
  double pixels_down = 0;
  /// The sides of the parallelogram that it fills, in points of the page before /Rotate.
  double across_x = 0, across_y = 0;
  double down_x = 0, down_y = 0;
  double x = 0, y = 0;  ///< the corner from which they go

  /// Of that parallelogram, square points.
  [[nodiscard]] double area() const;
};

/// The images that page `index`, from 0, draws, also those in its form XObjects and inline ones;
/// inherited attributes must have been pushed to the pages. Empty if the content cannot be read or
/// draws too much to be followed. Of images that are drawn outside of the page or under others, it
/// knows nothing.
std::vector<PageImage> page_images(QpdfFile& pdf, int index);

}  // namespace ocrtune
