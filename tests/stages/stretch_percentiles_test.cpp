#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <vector>

#include "ocrtune/stages/registry.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::levels;
using test::output;
using test::same_pixels;

/// A small page of few levels, so that percentiles fall on plateaus.
cv::Mat any_page() {
  const int width = *rc::gen::inRange(1, 12);
  const int height = *rc::gen::inRange(1, 12);
  const int step = *rc::gen::element(1, 7, 60);
  cv::Mat page = test::noise(width, height, *rc::gen::arbitrary<std::uint64_t>());
  for (auto& level : cv::Mat_<uchar>(page)) level = static_cast<uchar>(level / step * step);
  return page;
}

/// The smallest level that at least so many per cent of all pixels don't exceed.
int percentile(const cv::Mat& page, double per_cent) {
  std::vector<int> sorted(page.begin<uchar>(), page.end<uchar>());
  std::ranges::sort(sorted);
  const auto rank =
      static_cast<std::size_t>(std::ceil(per_cent * static_cast<double>(sorted.size()) / 100));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

RC_GTEST_PROP(StretchPercentiles, IsTheLineBetweenThePercentiles, ()) {
  const cv::Mat page = any_page();
  const double dark = *rc::gen::inRange(0, 501) / 10.0;
  const double light = *rc::gen::inRange(500, 1001) / 10.0;
  const cv::Mat out = output(stretch_percentiles(), page, {{"dark", dark}, {"light", light}});
  const int low = percentile(page, dark);
  const int high = percentile(page, light);
  for (int y = 0; y < page.rows; ++y) {
    for (int x = 0; x < page.cols; ++x) {
      const int level = page.at<uchar>(y, x);
      const double exact =
          low == high ? level : std::clamp(255.0 * (level - low) / (high - low), 0.0, 255.0);
      RC_ASSERT(std::abs(out.at<uchar>(y, x) - exact) <= 0.5);
    }
  }
}

RC_GTEST_PROP(StretchPercentiles, ASecondTimeChangesNothing, ()) {
  const double dark = *rc::gen::inRange(0, 51);
  const double light = *rc::gen::inRange(50, 101);
  const auto stretched = [&](const cv::Mat& page) {
    return output(stretch_percentiles(), page, {{"dark", dark}, {"light", light}});
  };
  const cv::Mat once = stretched(any_page());
  RC_ASSERT(same_pixels(stretched(once), once));
}

TEST(StretchPercentiles, FromTheFirstToTheLastLevelIsStretchContrast) {
  const cv::Mat gray = test::scanned(60, 40, 3);
  const cv::Mat out = output(stretch_percentiles(), gray, {{"dark", 0}, {"light", 100}});
  EXPECT_LE(cv::norm(out, stage_named("stretch_contrast").run({gray, {}}, {}).gray, cv::NORM_INF),
            1);
}

TEST(StretchPercentiles, LeavesAPageOfAllLevelsAloneBetweenTheFirstAndTheLast) {
  const cv::Mat page = levels({0, 17, 100, 254, 255});
  EXPECT_TRUE(
      same_pixels(output(stretch_percentiles(), page, {{"dark", 0}, {"light", 100}}), page));
}

TEST(StretchPercentiles, DoesNotMindASpeck) {
  cv::Mat page(20, 20, CV_8UC1, cv::Scalar(180));
  page.colRange(0, 5).setTo(100);
  page.at<uchar>(0, 0) = 0;
  page.at<uchar>(9, 9) = 255;
  const cv::Mat out = output(stretch_percentiles(), page, {{"dark", 2}, {"light", 90}});
  EXPECT_EQ(out.at<uchar>(3, 2), 0);
  EXPECT_EQ(out.at<uchar>(3, 12), 255);
}

}  // namespace
}  // namespace ocrtune
