#include "ocrtune/kernels/filter/division.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/simd_targets.h"

namespace ocrtune {
namespace {

using namespace test;

cv::Mat opencv_division(const cv::Mat& gray, int kernel) {
  cv::Mat blur;
  cv::Mat out;
  cv::GaussianBlur(gray, blur, {kernel, kernel}, 0);
  cv::divide(gray, blur, out, 255);
  return out;
}

void expect_division_as_opencv(const cv::Mat& gray, int kernel) {
  SCOPED_TRACE(testing::Message() << gray.size() << " kernel " << kernel);
  const cv::Mat expected = opencv_division(gray.clone(), kernel);
  on_every_target([&] { EXPECT_TRUE(same_pixels(divided_by_blur(gray, kernel), expected)); });
}

TEST(DividedByBlur, IsWhatOpenCvGivesForAnySmallImage) {
  cv::RNG rng(20240802);
  for (int round = 0; round < kernel_case_count() && !HasFailure(); ++round) {
    const int kernel = 2 * rng.uniform(1, round % 4 == 0 ? 15 : 151) + 1;
    cv::Mat image = kernel_image(kernel_size(150, rng), round, rng);
    if (round % 3 == 0) image = image / rng.uniform(2, 100);
    expect_division_as_opencv(image, kernel);
  }
}

/// A single pixel moves the blur of an even ground by less than two levels.
TEST(DividedByBlur, IsWhatOpenCvGivesForAnyDividendAndDivisor) {
  constexpr int kKernel = 31;
  const int step = kernel_case_count() < 1000 ? 15 : 1;
  for (int ground = 0; ground < 256; ground += step) {
    cv::Mat image(16 * kKernel, 16 * kKernel, CV_8UC1, cv::Scalar(ground));
    for (int pixel = 0; pixel < 256; ++pixel) {
      image.at<uchar>(pixel / 16 * kKernel + 15, pixel % 16 * kKernel + 15) =
          static_cast<uchar>(pixel);
    }
    expect_division_as_opencv(image, kKernel);
  }
}

TEST(DividedByBlur, IsZeroWhereTheBlurIs) {
  cv::Mat image(90, 400, CV_8UC1, cv::Scalar(0));
  image.at<uchar>(40, 20) = 255;
  image.at<uchar>(41, 200) = 1;
  for (const int kernel : {3, 31, 151}) expect_division_as_opencv(image, kernel);
}

TEST(DividedByBlur, IsWhatOpenCvGivesForPagesAndTheirParts) {
  for (const int kernel : {81, 151, 201}) {
    const cv::Mat page = scanned(500, 400, 7);
    expect_division_as_opencv(page, kernel);
    expect_division_as_opencv(page({13, 27, 301, 211}), kernel);
  }
  expect_division_as_opencv(scanned(90, 60, 8), 2001);
}

TEST(DividedByBlur, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  EXPECT_THROW(divided_by_blur({}, 31), cv::Exception);
  EXPECT_THROW(divided_by_blur(cv::Mat(8, 8, CV_8UC3), 31), cv::Exception);
  for (const int kernel : {-1, 0, 1, 30, 2003}) {
    EXPECT_THROW(divided_by_blur(gray, kernel), cv::Exception) << kernel;
  }
}

}  // namespace
}  // namespace ocrtune
