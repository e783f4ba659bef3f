#include "ocrtune/kernels/filter/background.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <span>
#include <vector>

#include "ocrtune/image/image.h"

namespace ocrtune {
namespace {

void check(const cv::Mat& gray) { CV_Assert(gray.type() == CV_8UC1 && !gray.empty()); }

/// The pixelwise maximum or minimum of two images.
using Envelope = void (*)(cv::InputArray, cv::InputArray, cv::OutputArray);

void lightest(cv::InputArray a, cv::InputArray b, cv::OutputArray out) { cv::max(a, b, out); }
void darkest(cv::InputArray a, cv::InputArray b, cv::OutputArray out) { cv::min(a, b, out); }

/// The envelope over the line of 2 reach + 1 pixels around each; pixels beyond the border have the
/// level `outside`. Joins runs of pixels to longer and longer ones.
cv::Mat of_line(const cv::Mat& in, int reach, bool down, Envelope envelope, int outside) {
  const int beside = std::min(reach, (down ? in.rows : in.cols) - 1);
  const int across = down ? 0 : beside;
  const int along = down ? beside : 0;
  cv::Mat run;
  cv::copyMakeBorder(in, run, along, along, across, across,
                     cv::BORDER_CONSTANT | cv::BORDER_ISOLATED, outside);
  const auto part = [&](int from, int length) {
    return down ? run.rowRange(from, from + length) : run.colRange(from, from + length);
  };
  const int wanted = 2 * beside + 1;
  for (int joined = 1; joined < wanted;) {
    const int distance = std::min(joined, wanted - joined);
    const int length = (down ? run.rows : run.cols) - distance;
    cv::Mat longer;
    envelope(part(0, length), part(distance, length), longer);
    run = longer;
    joined += distance;
  }
  return run;
}

cv::Mat of_square(const cv::Mat& in, int reach, Envelope envelope, int outside) {
  return of_line(of_line(in, reach, false, envelope, outside), reach, true, envelope, outside);
}

/// A pixel under the ball, and the height of the ball's surface above its lowest point there, in
/// sixteenths.
struct Point {
  int dx = 0;
  int dy = 0;
  int height = 0;
};

constexpr int kParts = 16;

std::vector<Point> ball(double radius, double height) {
  const int reach = static_cast<int>(radius);
  std::vector<Point> points;
  const std::size_t side = 2 * static_cast<std::size_t>(reach) + 1;
  points.reserve(side * side);
  for (int dy = -reach; dy <= reach; ++dy) {
    for (int dx = -reach; dx <= reach; ++dx) {
      const double inside = 1 - (dx * dx + dy * dy) / (radius * radius);
      if (inside < 0) continue;
      points.push_back(
          {.dx = dx,
           .dy = dy,
           .height = static_cast<int>(std::lround(kParts * height * std::sqrt(inside)))});
    }
  }
  return points;
}

/// The maximum (sign 1) of the surface plus the ball around each pixel, or the minimum (-1) of the
/// surface minus the ball.
cv::Mat_<int> offset_by_ball(const cv::Mat_<int>& surface, const std::vector<Point>& ball,
                             int sign) {
  cv::Mat_<int> out(surface.size(), std::numeric_limits<int>::min());
  for (const Point& point : ball) {
    const int first = std::max(0, -point.dx);
    const int last = std::min(surface.cols, surface.cols - point.dx);
    for (int y = std::max(0, -point.dy); y < std::min(surface.rows, surface.rows - point.dy); ++y) {
      const int* from = surface[y + point.dy] + point.dx;
      int* to = out[y];
      for (int x = first; x < last; ++x) to[x] = std::max(to[x], sign * from[x] + point.height);
    }
  }
  out *= sign;
  return out;
}

/// The median of the added levels; of an even number, the darker of the two in the middle.
class MedianOfLevels {
 public:
  void clear() {
    levels_.fill(0);
    sixteens_.fill(0);
    count_ = 0;
  }

  void add(std::span<const std::uint8_t> levels) {
    for (const std::uint8_t level : levels) {
      ++levels_[level];
      ++sixteens_[level / 16];
    }
    count_ += levels.size();
  }

  [[nodiscard]] std::uint8_t median() const {
    std::size_t before = (count_ - 1) / 2;
    std::size_t sixteen = 0;
    for (; before >= sixteens_[sixteen]; ++sixteen) before -= sixteens_[sixteen];
    std::size_t level = 16 * sixteen;
    for (; before >= levels_[level]; ++level) before -= levels_[level];
    return static_cast<std::uint8_t>(level);
  }

 private:
  std::array<std::uint32_t, 256> levels_{};
  std::array<std::uint32_t, 16> sixteens_{};
  std::size_t count_ = 0;
};

}  // namespace

cv::Mat reduced_by_median(const cv::Mat& gray, int factor) {
  check(gray);
  CV_Assert(factor >= 1);
  if (factor == 1) return gray.clone();
  cv::Mat out((gray.rows - 1) / factor + 1, (gray.cols - 1) / factor + 1, CV_8UC1);
  MedianOfLevels square;
  for (int y = 0; y < out.rows; ++y) {
    for (int x = 0; x < out.cols; ++x) {
      square.clear();
      const int left = x * factor;
      const int right = std::min(left + factor, gray.cols);
      for (int row = y * factor; row < std::min((y + 1) * factor, gray.rows); ++row) {
        const auto* from = gray.ptr<std::uint8_t>(row);
        square.add({from + left, from + right});
      }
      out.at<std::uint8_t>(y, x) = square.median();
    }
  }
  return out;
}

cv::Mat enlarged(const cv::Mat& reduced, int factor, cv::Size size) {
  check(reduced);
  CV_Assert(factor >= 1 && reduced.cols == (size.width - 1) / factor + 1 &&
            reduced.rows == (size.height - 1) / factor + 1);
  if (factor == 1) return reduced;
  cv::Mat out;
  // In fixed point, with the same result on every machine.
  cv::resize(standalone(reduced), out, {reduced.cols * factor, reduced.rows * factor}, 0, 0,
             cv::INTER_LINEAR_EXACT);
  return out(cv::Rect({0, 0}, size));
}

cv::Mat median_paper(const cv::Mat& gray, int window) {
  check(gray);
  CV_Assert(window >= 1 && window % 2 == 1);
  // Window on the copy, wide enough to hold several hundred medians.
  constexpr int kWindow = 15;
  const int factor = std::clamp(window / kWindow, 1, std::max(gray.rows, gray.cols));
  cv::Mat small = reduced_by_median(gray, factor);
  const int side = std::min(window / factor, 2 * kWindow) / 2 * 2 + 1;
  if (side > 1) cv::medianBlur(small, small, side);
  return enlarged(small, factor, gray.size());
}

cv::Mat closed_by_square(const cv::Mat& gray, int window) {
  check(gray);
  CV_Assert(window >= 1 && window % 2 == 1);
  const int reach = window / 2;
  return of_square(of_square(gray, reach, lightest, 0), reach, darkest, 255);
}

cv::Mat under_rolling_ball(const cv::Mat& gray, int radius, double height) {
  check(gray);
  CV_Assert(radius >= 1 && height >= 0 && height <= 1e6);
  constexpr int kRadius = 4;
  const int factor = (radius - 1) / kRadius + 1;
  cv::Mat_<int> surface;
  reduced_by_median(gray, factor).convertTo(surface, CV_32S, kParts);
  const std::vector<Point> points = ball(static_cast<double>(radius) / factor, height);
  const cv::Mat_<int> closed = offset_by_ball(offset_by_ball(surface, points, 1), points, -1);
  cv::Mat small(closed.size(), CV_8UC1);
  std::ranges::transform(closed, small.begin<std::uint8_t>(), [](int level) {
    return static_cast<std::uint8_t>((level + kParts / 2) / kParts);
  });
  return enlarged(small, factor, gray.size());
}

cv::Mat divided_by(const cv::Mat& gray, const cv::Mat& paper) {
  check(gray);
  check(paper);
  cv::Mat out;
  cv::divide(gray, paper, out, 255);
  return out;
}

cv::Mat distance_from_paper(const cv::Mat& gray, int dilate, int blur) {
  check(gray);
  CV_Assert(dilate >= 1 && dilate % 2 == 1 && blur >= 1 && blur <= 255 && blur % 2 == 1);
  cv::Mat paper;
  cv::dilate(standalone(gray), paper, cv::Mat::ones(dilate, dilate, CV_8UC1));
  cv::medianBlur(paper, paper, blur);
  cv::Mat out;
  cv::absdiff(gray, paper, out);
  cv::subtract(255, out, out);
  return out;
}

}  // namespace ocrtune
