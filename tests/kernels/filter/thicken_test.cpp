#include "ocrtune/kernels/filter/thicken.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/images.h"
#include "support/kernel_cases.h"

namespace ocrtune {
namespace {

using namespace test;

/// The darkest or lightest of the pixels at most so far away.
int plain_extreme(const cv::Mat& gray, cv::Point at, double distance, bool darkest) {
  int extreme = gray.at<uchar>(at);
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) {
      if (std::hypot(x - at.x, y - at.y) > distance + 1e-9) continue;
      const int level = gray.at<uchar>(y, x);
      extreme = darkest ? std::min(extreme, level) : std::max(extreme, level);
    }
  }
  return extreme;
}

TEST(Thickened, IsTheExtremeOfADiscBlendedWithTheNext) {
  std::vector<double> distances;
  for (int x = 0; x <= 8; ++x) {
    for (int y = 0; y <= x; ++y) distances.push_back(std::hypot(x, y));
  }
  std::ranges::sort(distances);
  cv::RNG rng(21);
  for (int round = 0; round < 150 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(24, rng), round, rng);
    const double px = round % 4 == 0 ? rng.uniform(-4, 5) : rng.uniform(-4.5, 4.5);
    const double radius = std::abs(px);
    const double outer = *std::ranges::upper_bound(distances, radius);
    const double inner = *(std::ranges::upper_bound(distances, radius) - 1);
    const double share = (radius - inner) / (outer - inner);
    const cv::Mat out = thickened(gray, px);
    double worst = 0;
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        const double expected = (1 - share) * plain_extreme(gray, {x, y}, inner, px > 0) +
                                share * plain_extreme(gray, {x, y}, outer, px > 0);
        worst = std::max(worst, std::abs(out.at<uchar>(y, x) - expected));
      }
    }
    // Half a level, and the weight's rounding to 1/256.
    EXPECT_LE(worst, 1.01) << gray.size() << " px " << px;
  }
}

TEST(Thickened, StrokesGrowByItOnEverySide) {
  cv::Mat page(40, 60, CV_8UC1, cv::Scalar(255));
  page.colRange(30, 34).setTo(0);
  for (const int px : {-1, 0, 1, 3}) {
    const cv::Mat out = thickened(page, px);
    EXPECT_EQ(cv::countNonZero(out.row(20) == 0), 4 + 2 * px);
  }
  // Half a pixel more is a half-dark one.
  const cv::Mat half = thickened(page, 0.5);
  EXPECT_EQ(half.at<uchar>(20, 29), 128);
  EXPECT_EQ(half.at<uchar>(20, 30), 0);
  EXPECT_EQ(half.at<uchar>(20, 28), 255);
}

RC_GTEST_PROP(Thickened, IsDarkerTheMoreItGrows, ()) {
  cv::RNG rng(*rc::gen::arbitrary<std::uint64_t>());
  const cv::Mat gray = kernel_image(kernel_size(40, rng), *rc::gen::inRange(0, 28), rng);
  const double a = *rc::gen::inRange(-400, 400) / 100.0;
  const double b = *rc::gen::inRange(-400, 400) / 100.0;
  const cv::Mat lighter = thickened(gray, std::min(a, b));
  const cv::Mat darker = thickened(gray, std::max(a, b));
  RC_ASSERT(cv::countNonZero(darker > lighter) == 0);
}

TEST(Thickened, IsTheImageItselfAtZero) {
  const cv::Mat gray = noise(20, 10, 1);
  EXPECT_EQ(thickened(gray, 0).data, gray.data);
  EXPECT_THROW(thickened(gray, 33), cv::Exception);
  EXPECT_THROW(thickened({}, 1), cv::Exception);
  EXPECT_THROW(thickened(cv::Mat(8, 8, CV_8UC3), 1), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
