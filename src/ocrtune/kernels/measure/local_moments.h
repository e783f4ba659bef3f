#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace ocrtune {

/// Number of pixels of a window, the sum of their gray levels and of the levels' squares; exact.
struct WindowSums {
  std::int64_t count = 0;
  std::int64_t sum = 0;
  std::int64_t squares = 0;

  /// `count` must not be 0.
  [[nodiscard]] double mean() const {
    return static_cast<double>(sum) / static_cast<double>(count);
  }
  /// Standard deviation; `count` must not be 0.
  [[nodiscard]] double deviation() const {
    const std::int64_t scaled = count * squares - sum * sum;
    return std::sqrt(static_cast<double>(scaled)) / static_cast<double>(count);
  }
};

/// The sums over the windows around all pixels of an 8-bit gray image, one row at a time. A window
/// has `window` x `window` pixels, an odd number from 1 to 2001, without those outside of the image
/// and, if there is a mask of the image's size, those where it is 0. It keeps sums of columns, to
/// which each row is added and from which it is subtracted once, and needs memory for a few rows.
///
/// The images may be views, whose surroundings are ignored. Throws cv::Exception for other images
/// and windows. Not thread-safe.
class LocalMoments {
 public:
  LocalMoments(const cv::Mat& gray, int window, const cv::Mat& mask = {});

  /// Moves to the first row, then to the next one.
  void next_row();

  /// The sums of the window around pixel `x` of the row.
  [[nodiscard]] WindowSums at(int x) const {
    const auto first = static_cast<std::size_t>(std::max(x - radius_, 0));
    const auto last = static_cast<std::size_t>(std::min(x + radius_ + 1, gray_.cols));
    const Prefix& from = prefixes_[first];
    const Prefix& to = prefixes_[last];
    return {to.count - from.count, to.sum - from.sum, to.squares - from.squares};
  }

 private:
  /// Sums over the columns before one.
  using Prefix = WindowSums;

  void add(int y);
  void remove(int y);

  cv::Mat gray_;
  cv::Mat mask_;
  int radius_;
  int row_ = -1;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> sums_;
  std::vector<std::uint32_t> squares_;
  std::vector<Prefix> prefixes_;
};

/// Black (0) where an 8-bit gray image is darker than `limit(sums)` of the window around the pixel,
/// white (255) elsewhere. Sizes and errors as for LocalMoments.
template <typename Limit>
cv::Mat black_below(const cv::Mat& gray, int window, Limit limit) {
  LocalMoments moments(gray, window);
  cv::Mat out(gray.size(), CV_8UC1);
  for (int y = 0; y < gray.rows; ++y) {
    moments.next_row();
    const std::uint8_t* from = gray.ptr<std::uint8_t>(y);
    std::uint8_t* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < gray.cols; ++x) to[x] = from[x] < limit(moments.at(x)) ? 0 : 255;
  }
  return out;
}

}  // namespace ocrtune
