#pragma once

#include <array>
#include <opencv2/core/matx.hpp>
#include <opencv2/core/types.hpp>
#include <variant>
#include <vector>

namespace ocrtune {

/// A vertical displacement as a polynomial of the position on a page of `size`. Outside `known` (in
/// px) it has the value at the nearest position inside.
struct Bend {
  static constexpr int kAcross = 4;  ///< greatest power of x; the least is 1
  static constexpr int kDown = 2;    ///< number of powers of y, from 0

  cv::Size2d size;   ///< px of the page that positions are on
  cv::Rect2d known;  ///< px; domain of the polynomial
  /// px, ordered by power of x, then of y; positions are scaled from -1 at the left and upper edge
  /// to 1 at the right and lower one.
  std::array<double, std::size_t{kAcross} * kDown> weights{};

  /// Downward displacement, px, of what is at `place`, in px; negative means upward.
  [[nodiscard]] double at(const cv::Point2d& place) const;
  bool operator==(const Bend&) const = default;  ///< equal in every field
};

/// Maps positions in an image to those on the page it was made from. Both are between the corners
/// of pixels: the left edge is 0, the right one the width. A sequence of homographies and bends. A
/// value; thread-safe.
class PageMap {
 public:
  /// The identity.
  PageMap() = default;
  /// A homography of px, as cv::perspectiveTransform takes it; the identity leaves positions
  /// unchanged.
  PageMap(const cv::Matx33d& homography);  // NOLINT(google-explicit-constructor): it is one
  /// A bend: positions keep their x.
  PageMap(const Bend& bend);  // NOLINT(google-explicit-constructor): it is one

  /// The position on the page, in px of the page, of `place`, in px of the image.
  [[nodiscard]] cv::Point2d operator()(const cv::Point2d& place) const;

  /// The composition: this map, then `next`.
  [[nodiscard]] PageMap then(const PageMap& next) const;

  /// True if the map has no steps. Steps that undo each other are not recognized as the identity.
  [[nodiscard]] bool is_identity() const { return steps_.empty(); }

 private:
  std::vector<std::variant<cv::Matx33d, Bend>> steps_;
};

}  // namespace ocrtune
