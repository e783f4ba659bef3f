#include "ocrtune/kernels/nlm.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>
#include <thread>
#include <vector>

#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/simd_targets.h"

namespace ocrtune {
namespace {

using namespace test;

cv::Mat opencv_nlm(const cv::Mat& gray, float h, int search) {
  cv::Mat out;
  cv::fastNlMeansDenoising(gray, out, h, 7, search);
  return out;
}

void expect_as_opencv(const cv::Mat& gray, float h, int search) {
  SCOPED_TRACE(testing::Message() << gray.size() << " h " << h << " search " << search);
  const cv::Mat expected = opencv_nlm(gray.clone(), h, search);
  on_every_target([&] { EXPECT_TRUE(same_pixels(denoise_nlm_exact(gray, h, search), expected)); });
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesForAnySmallImage) {
  constexpr std::array kStrengths{0.5F, 1.0F, 2.5F, 4.0F, 5.3F,  7.0F,  9.0F,
                                  12.F, 14.F, 18.F, 20.F, 33.3F, 60.0F, 100.0F};
  cv::RNG rng(20240607);
  for (int round = 0; round < 2000 && !HasFailure(); ++round) {
    // Mostly small: that is where the borders are; a tenth are lines.
    const int most = round % 8 == 0 ? 81 : 25;
    cv::Size size(rng.uniform(1, most), rng.uniform(1, most));
    if (round % 20 == 1) size.width = 1;
    if (round % 20 == 11) size.height = 1;
    const float h = round % 2 == 0 ? kStrengths.at(static_cast<std::size_t>(rng.uniform(0, 14)))
                                   : rng.uniform(0.05F, 100.0F);
    expect_as_opencv(kernel_image(size, round, rng), h, rng.uniform(0, 2) ? 15 : 21);
  }
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesForAnySearchWindow) {
  cv::RNG rng(2);
  for (int search = 1; search <= 21; search += 2) {
    for (const float h : {0.0F, 1e-30F, 3.0F, 10.0F, 40.0F}) {
      expect_as_opencv(kernel_image({23, 17}, kScan, rng), h, search);
    }
  }
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesAcrossTiles) {
  cv::RNG rng(3);
  for (const int content : {int{kScan}, int{kSmooth}, int{kBinary}}) {
    expect_as_opencv(kernel_image({300, 500}, content, rng), 9, 15);
  }
  for (const cv::Size size : {cv::Size(256, 64), cv::Size(257, 65), cv::Size(543, 129)}) {
    expect_as_opencv(kernel_image(size, kScan, rng), 18, 15);
  }
}

TEST(DenoiseNlmExact, TakesAViewForAnImageOfItsOwn) {
  cv::RNG rng(4);
  const cv::Mat page = kernel_image({90, 70}, kScan, rng);
  const cv::Mat view = page(cv::Rect(20, 15, 41, 33));
  expect_as_opencv(view.clone(), 9, 21);
  EXPECT_TRUE(same_pixels(denoise_nlm_exact(view, 9, 21), opencv_nlm(view.clone(), 9, 21)));
}

TEST(DenoiseNlmExact, LeavesItsInputAloneAndRunsOnManyThreadsAtOnce) {
  cv::RNG rng(5);
  const cv::Mat page = kernel_image({120, 90}, kScan, rng).clone();
  const cv::Mat before = page.clone();
  const cv::Mat expected = opencv_nlm(page, 9, 15);
  std::vector<cv::Mat> results(4);
  std::vector<std::thread> threads;
  for (cv::Mat& result : results) {
    threads.emplace_back([&] { result = denoise_nlm_exact(page, 9, 15); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const cv::Mat& result : results) EXPECT_TRUE(same_pixels(result, expected));
  EXPECT_TRUE(same_pixels(page, before));
}

TEST(DenoiseNlmExact, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  EXPECT_THROW(denoise_nlm_exact({}, 9, 15), cv::Exception);
  EXPECT_THROW(denoise_nlm_exact(cv::Mat(8, 8, CV_8UC3), 9, 15), cv::Exception);
  EXPECT_THROW(denoise_nlm_exact(gray, -1, 15), cv::Exception);
  EXPECT_THROW(denoise_nlm_exact(gray, 9, 14), cv::Exception);
  EXPECT_THROW(denoise_nlm_exact(gray, 9, 23), cv::Exception);
  EXPECT_THROW(denoise_nlm_exact(gray, 9, -1), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
