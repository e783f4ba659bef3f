#include "ocrtune/kernels/filter/inpaint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <opencv2/photo.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/base/hash.h"
#include "support/images.h"
#include "support/kernel_cases.h"

namespace ocrtune {
namespace {

using namespace test;

/// Single pixels, bars, a few large areas, or nearly all of the image.
cv::Mat inpainting_mask(cv::Size size, cv::RNG& rng) {
  cv::Mat mask(size, CV_8UC1, cv::Scalar(0));
  const int kind = rng.uniform(0, 5);
  const int period = rng.uniform(4, 14);
  const int thick = rng.uniform(1, period);
  for (int y = 0; y < mask.rows; ++y) {
    for (int x = 0; x < mask.cols; ++x) {
      const std::array<bool, 5> is_masked{rng.uniform(0, 4) == 0, y % period < thick,
                                          x % period < thick, (x + y) % (4 * period) < 2 * thick,
                                          rng.uniform(0, 50) != 0};
      if (is_masked[static_cast<std::size_t>(kind)])
        mask.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(rng.uniform(1, 256));
    }
  }
  return mask;
}

TEST(Inpainted, IsWhatOpenCv46Gives) {
  if (CV_VERSION_MINOR > 6) GTEST_SKIP() << "OpenCV " << CV_VERSION << " gives others than 4.6";
  cv::RNG rng(46);
  for (int i = 0; i < kernel_case_count() / 2; ++i) {
    cv::Size size = kernel_size(60, rng);
    size = {std::max(size.width, 2), std::max(size.height, 2)};
    const cv::Mat gray = kernel_image(size, i, rng);
    const cv::Mat mask = inpainting_mask(size, rng);
    const int radius = rng.uniform(1, 7);
    cv::Mat wanted;
    cv::inpaint(gray, mask, wanted, radius, cv::INPAINT_TELEA);
    ASSERT_TRUE(same_pixels(inpainted(gray, mask, radius), wanted)) << size << ", case " << i;
  }
}

TEST(Inpainted, IsWhatOpenCv46GaveOnRecordedImages) {
  cv::RNG rng(4600);
  std::vector<std::string> hashes;
  for (int i = 0; i < 6; ++i) {
    const cv::Size size(rng.uniform(30, 90), rng.uniform(30, 90));
    cv::Mat gray(size, CV_8UC1);
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x)
        gray.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(3 * x + 2 * y + rng.uniform(0, 40));
    }
    const cv::Mat out = inpainted(gray, inpainting_mask(size, rng), 3);
    const std::string_view bytes(reinterpret_cast<const char*>(out.data), out.total());
    hashes.push_back(content_hash(bytes).text().substr(0, 8));
  }
  EXPECT_EQ(hashes, (std::vector<std::string>{"9dea3ed5", "9af3bfa2", "32b0932b", "1e67ab0d",
                                              "fae8056b", "d1c58a86"}));
}

TEST(Inpainted, ChangesNothingButWhatIsMasked) {
  cv::RNG rng(7);
  for (int i = 0; i < 200; ++i) {
    const cv::Size size(rng.uniform(2, 40), rng.uniform(2, 40));
    const cv::Mat gray = kernel_image(size, i, rng);
    const cv::Mat mask = inpainting_mask(size, rng);
    const cv::Mat before = gray.clone();
    const cv::Mat changed = inpainted(gray, mask, 3) != gray;
    EXPECT_TRUE(same_pixels(gray, before));
    EXPECT_EQ(cv::countNonZero(changed & (mask == 0)), 0);
  }
  const cv::Mat gray = kernel_image({9, 9}, kNoise, rng);
  EXPECT_EQ(inpainted(gray, cv::Mat::zeros(9, 9, CV_8UC1), 3).data, gray.data);
}

TEST(Inpainted, ContinuesASlope) {
  cv::Mat gray(40, 60, CV_8UC1);
  for (int x = 0; x < gray.cols; ++x) gray.col(x).setTo(40 + 3 * x);
  cv::Mat mask = cv::Mat::zeros(gray.size(), CV_8UC1);
  mask.colRange(30, 33).setTo(255);
  EXPECT_LE(cv::norm(inpainted(gray, mask, 3), gray, cv::NORM_INF), 6);
}

TEST(Inpainted, RefusesWhatIsNoGrayImageWithItsMask) {
  const cv::Mat gray = cv::Mat::zeros(4, 5, CV_8UC1);
  EXPECT_THROW(inpainted(gray, cv::Mat::zeros(5, 4, CV_8UC1), 3), cv::Exception);
  EXPECT_THROW(inpainted(gray, cv::Mat::zeros(4, 5, CV_32FC1), 3), cv::Exception);
  EXPECT_THROW(inpainted(gray.row(0), gray.row(0), 3), cv::Exception);
  EXPECT_THROW(inpainted(gray, gray, 0), cv::Exception);
  EXPECT_THROW(inpainted(gray, gray, 101), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
