#include "ocrtune/kernels/filter/gaussian_blur.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <thread>
#include <vector>

#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/simd_targets.h"

namespace ocrtune {
namespace {

using namespace test;

cv::Mat gaussian_blur(const cv::Mat& gray, int kernel) {
  cv::Mat out(gray.size(), CV_8UC1);
  gaussian_blur_rows(gray, kernel, [&](int y, const std::uint8_t* row) {
    std::memcpy(out.ptr(y), row, static_cast<std::size_t>(gray.cols));
  });
  return out;
}

cv::Mat opencv_blur(const cv::Mat& gray, int kernel) {
  cv::Mat out;
  cv::GaussianBlur(gray, out, {kernel, kernel}, 0);
  return out;
}

void expect_blur_as_opencv(const cv::Mat& gray, int kernel) {
  SCOPED_TRACE(testing::Message() << gray.size() << " kernel " << kernel);
  const cv::Mat expected = opencv_blur(gray.clone(), kernel);
  on_every_target([&] { EXPECT_TRUE(same_pixels(gaussian_blur(gray, kernel), expected)); });
}

TEST(GaussianBlur, IsWhatOpenCvGivesForAnySmallImage) {
  cv::RNG rng(20240801);
  for (int round = 0; round < kernel_case_count() && !HasFailure(); ++round) {
    const cv::Size size = kernel_size(150, rng);
    expect_blur_as_opencv(kernel_image(size, round, rng), 2 * rng.uniform(10, 151) + 1);
  }
}

TEST(GaussianBlur, IsWhatOpenCvGivesForAnyKernel) {
  cv::RNG rng(2);
  for (int kernel = 3; kernel <= 2001 && !HasFailure(); kernel += kernel < 101 ? 2 : 38) {
    for (const int content : {int{kNoise}, int{kBinary}, int{kScan}}) {
      expect_blur_as_opencv(kernel_image(kernel_size(70, rng), content, rng), kernel);
    }
  }
  expect_blur_as_opencv(kernel_image({40, 30}, kBinary, rng), 2001);
}

TEST(GaussianBlur, IsWhatOpenCvGivesAcrossBandsAndChunks) {
  cv::RNG rng(3);
  for (const cv::Size size : {cv::Size(256, 128), cv::Size(257, 129), cv::Size(255, 127),
                              cv::Size(543, 300), cv::Size(33, 400), cv::Size(800, 17)}) {
    for (const int kernel : {31, 81, 151, 501}) {
      expect_blur_as_opencv(kernel_image(size, kBinary, rng), kernel);
      expect_blur_as_opencv(kernel_image(size, kScan, rng), kernel);
    }
  }
}

/// The largest sums there are.
TEST(GaussianBlur, LeavesWhiteWhite) {
  for (int kernel = 3; kernel <= 2001; kernel += 222) {
    const cv::Mat white(50, 60, CV_8UC1, cv::Scalar(255));
    on_every_target([&] { EXPECT_TRUE(same_pixels(gaussian_blur(white, kernel), white)); });
  }
}

TEST(GaussianBlur, TakesAViewForAnImageOfItsOwn) {
  cv::RNG rng(4);
  const cv::Mat page = kernel_image({190, 170}, kScan, rng);
  for (const int kernel : {5, 31, 151}) expect_blur_as_opencv(page({20, 15, 81, 133}), kernel);
}

TEST(GaussianBlur, GivesEachRowOnceAndInOrder) {
  cv::RNG rng(5);
  for (const int kernel : {5, 51}) {
    const cv::Mat gray = kernel_image({70, 300}, kScan, rng);
    const cv::Mat expected = opencv_blur(gray.clone(), kernel);
    int next = 0;
    gaussian_blur_rows(gray, kernel, [&](int y, const std::uint8_t* row) {
      EXPECT_EQ(y, next++);
      EXPECT_EQ(std::memcmp(row, expected.ptr(y), 70), 0);
    });
    EXPECT_EQ(next, 300);
  }
}

TEST(GaussianBlur, LeavesItsInputAloneAndRunsOnManyThreadsAtOnce) {
  cv::RNG rng(6);
  const cv::Mat page = kernel_image({120, 190}, kScan, rng).clone();
  const cv::Mat before = page.clone();
  const cv::Mat expected = opencv_blur(page, 81);
  std::vector<cv::Mat> results(4);
  std::vector<std::thread> threads;
  threads.reserve(results.size());
  for (cv::Mat& result : results) {
    threads.emplace_back([&] { result = gaussian_blur(page, 81); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const cv::Mat& result : results) EXPECT_TRUE(same_pixels(result, expected));
  EXPECT_TRUE(same_pixels(page, before));
}

TEST(GaussianBlur, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  EXPECT_THROW(gaussian_blur({}, 31), cv::Exception);
  EXPECT_THROW(gaussian_blur(cv::Mat(8, 8, CV_8UC3), 31), cv::Exception);
  for (const int kernel : {-1, 0, 1, 30, 2003}) {
    EXPECT_THROW(gaussian_blur(gray, kernel), cv::Exception) << kernel;
  }
}

}  // namespace
}  // namespace ocrtune
