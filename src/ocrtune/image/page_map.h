#pragma once

#include <array>
#include <opencv2/core/matx.hpp>
#include <opencv2/core/types.hpp>
#include <variant>
#include <vector>

namespace ocrtune {

/// How far down things are moved: a polynomial of the place on a page of `size`. Beyond `known`
/// (in px) it stays what it is at the nearest place inside.
struct Bend {
  static constexpr int kAcross = 4;  ///< greatest power of the place across; the least is 1
  static constexpr int kDown = 2;    ///< powers of the place down, from 0

  cv::Size2d size;   ///< px of the page that places are on
  cv::Rect2d known;  ///< px; where the polynomial holds
  /// px, for each power across those down, of places from -1 at the left and upper edge to 1 at the
  /// right and lower one.
  std::array<double, std::size_t{kAcross} * kDown> weights{};

  /// px that what is at `place`, in px, moves down; up where it is below 0.
  [[nodiscard]] double at(const cv::Point2d& place) const;
  bool operator==(const Bend&) const = default;  ///< equal in every field
};

/// From places of an image to those of the page it was made from, both between the corners of
/// pixels: the left edge is 0, the right one the width. Homographies and bends, one after the
/// other. A value; thread-safe.
class PageMap {
 public:
  /// Every place is itself.
  PageMap() = default;
  /// By a homography of px, as cv::perspectiveTransform takes it; the identity leaves places alone.
  PageMap(const cv::Matx33d& homography);  // NOLINT(google-explicit-constructor): it is one
  /// By a bend: places keep their column.
  PageMap(const Bend& bend);  // NOLINT(google-explicit-constructor): it is one

  /// Where `place`, in px of the image, is on the page, in px of that.
  [[nodiscard]] cv::Point2d operator()(const cv::Point2d& place) const;

  /// Where `next` says that the page's places are.
  [[nodiscard]] PageMap then(const PageMap& next) const;

  /// True where every place is itself. A map of steps that undo each other isn't seen to be one.
  [[nodiscard]] bool is_identity() const { return steps_.empty(); }

 private:
  std::vector<std::variant<cv::Matx33d, Bend>> steps_;
};

}  // namespace ocrtune
