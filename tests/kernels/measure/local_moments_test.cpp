#include "ocrtune/kernels/measure/local_moments.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/plain_windows.h"

namespace ocrtune {
namespace {

using namespace test;

void expect_plain_sums(const cv::Mat& gray, int window, const cv::Mat& mask) {
  SCOPED_TRACE(testing::Message() << gray.size() << " window " << window);
  LocalMoments moments(gray, window, mask);
  for (int y = 0; y < gray.rows; ++y) {
    moments.next_row();
    for (int x = 0; x < gray.cols; ++x) {
      const PlainWindow plain = plain_window(gray, {x, y}, window, mask);
      const WindowSums sums = moments.at(x);
      ASSERT_EQ(sums.count, static_cast<std::int64_t>(plain.levels.size()));
      ASSERT_EQ(static_cast<double>(sums.squares), plain.sum_of_squares());
      if (sums.count == 0) continue;
      ASSERT_EQ(sums.mean(), plain.mean());
      ASSERT_NEAR(sums.deviation(), plain.deviation(), 1e-7);
    }
  }
}

TEST(LocalMoments, AreThoseOfThePixelsInTheWindow) {
  cv::RNG rng(31);
  for (int round = 0; round < 150 && !HasFatalFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(40, rng), round, rng);
    const int window = 2 * rng.uniform(0, round % 5 == 0 ? 40 : 6) + 1;
    cv::Mat mask;
    if (round % 3 == 0) mask = noise(gray.cols, gray.rows, 7) > 128;
    expect_plain_sums(gray, window, mask);
  }
}

TEST(LocalMoments, AreExactForTheWidestWindow) {
  const cv::Mat white(1500, 1300, CV_8UC1, cv::Scalar(255));
  LocalMoments moments(white, 2001);
  for (int y = 0; y < white.rows; ++y) moments.next_row();
  const WindowSums corner = moments.at(0);
  EXPECT_EQ(corner.count, 1001 * 1001);
  EXPECT_EQ(corner.squares, std::int64_t{1001} * 1001 * 255 * 255);
  for (int x = 0; x < white.cols; x += 97) {
    EXPECT_EQ(moments.at(x).mean(), 255);
    EXPECT_EQ(moments.at(x).deviation(), 0);
  }
}

TEST(LocalMoments, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  EXPECT_THROW(LocalMoments({}, 3), cv::Exception);
  EXPECT_THROW(LocalMoments(cv::Mat(8, 8, CV_8UC3), 3), cv::Exception);
  EXPECT_THROW(LocalMoments(gray, 3, cv::Mat(7, 8, CV_8UC1)), cv::Exception);
  for (const int window : {-1, 0, 4, 2003}) {
    EXPECT_THROW(LocalMoments(gray, window), cv::Exception) << window;
  }
}

}  // namespace
}  // namespace ocrtune
