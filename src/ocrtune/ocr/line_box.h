#pragma once

#include <array>
#include <opencv2/core/types.hpp>

namespace ocrtune {

/// A rectangle around a text line, turned as the line is (px of the image).
struct LineBox {
  cv::Point2d centre;
  cv::Point2d along;     ///< unit vector in the direction of reading
  double length = 0;     ///< along it
  double thickness = 0;  ///< across it
  double score = 0;      ///< mean probability of text inside, 0 to 1

  /// The unit vector from the upper side of the letters to the lower one.
  [[nodiscard]] cv::Point2d across() const { return {-along.y, along.x}; }

  /// The corners, clockwise from the upper left one as the text runs.
  [[nodiscard]] std::array<cv::Point2d, 4> corners() const {
    const cv::Point2d a = along * (length / 2);
    const cv::Point2d d = across() * (thickness / 2);
    return {centre - a - d, centre + a - d, centre + a + d, centre - a + d};
  }

  /// The smallest upright rectangle around it.
  [[nodiscard]] cv::Rect2d bounds() const;

  /// The part between two shares of its length.
  [[nodiscard]] LineBox part(double left, double right) const;

  /// The same rectangle for text that runs the other way.
  [[nodiscard]] LineBox reversed() const {
    LineBox box = *this;
    box.along = -along;
    return box;
  }
};

}  // namespace ocrtune
