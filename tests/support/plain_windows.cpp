#include "support/plain_windows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace ocrtune::test {

double PlainWindow::mean() const {
  return std::accumulate(levels.begin(), levels.end(), 0.0) / static_cast<double>(levels.size());
}

double PlainWindow::deviation() const {
  const double center = mean();
  double sum = 0;
  for (const double level : levels) sum += (level - center) * (level - center);
  return std::sqrt(sum / static_cast<double>(levels.size()));
}

double PlainWindow::sum_of_squares() const {
  return std::inner_product(levels.begin(), levels.end(), levels.begin(), 0.0);
}

PlainWindow plain_window(const cv::Mat& gray, cv::Point center, int window, const cv::Mat& mask) {
  const int radius = window / 2;
  const cv::Rect whole(0, 0, gray.cols, gray.rows);
  const cv::Rect part = whole & cv::Rect(center.x - radius, center.y - radius, window, window);
  PlainWindow pixels;
  for (int y = part.y; y < part.y + part.height; ++y) {
    for (int x = part.x; x < part.x + part.width; ++x) {
      if (mask.empty() || mask.at<uchar>(y, x) != 0) pixels.levels.push_back(gray.at<uchar>(y, x));
    }
  }
  return pixels;
}

void expect_black_below(const cv::Mat& out, const cv::Mat& gray, int window,
                        const PlainThreshold& threshold) {
  constexpr double kRounding = 1e-7;
  int wrong = 0;
  ASSERT_EQ(out.size(), gray.size());
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) {
      const double limit = threshold(plain_window(gray, {x, y}, window));
      const double level = gray.at<uchar>(y, x);
      if (std::abs(level - limit) < kRounding) continue;
      if (out.at<uchar>(y, x) != (level < limit ? 0 : 255)) ++wrong;
    }
  }
  EXPECT_EQ(wrong, 0) << "of " << gray.total() << " pixels";
}

}  // namespace ocrtune::test
