#include "ocrtune/kernels/lines/line_mask.h"

#include <gtest/gtest.h>

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

cv::Mat opened_twice(const cv::Mat& ink, int width, int height) {
  cv::Mat out;
  cv::morphologyEx(ink, out, cv::MORPH_OPEN,
                   cv::getStructuringElement(cv::MORPH_RECT, {width, height}), {-1, -1}, 2);
  return out;
}

cv::Mat opencv_mask(const cv::Mat& gray, const LineSizes& sizes) {
  cv::Mat ink;
  cv::Mat mask;
  cv::threshold(gray, ink, 0, 255, cv::THRESH_BINARY_INV + cv::THRESH_OTSU);
  cv::add(opened_twice(ink, sizes.h_size, 1), opened_twice(ink, 1, sizes.v_size), mask);
  cv::dilate(mask, mask, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}), {-1, -1},
             sizes.dilate_iter);
  return mask;
}

/// How much of the image is a line.
enum class Found { kNothing, kSome, kAll };

Found expect_mask_as_opencv(const cv::Mat& gray, const LineSizes& sizes) {
  SCOPED_TRACE(testing::Message() << gray.size() << " h " << sizes.h_size << " v " << sizes.v_size
                                  << " dilate " << sizes.dilate_iter);
  const cv::Mat mask = opencv_mask(gray.clone(), sizes);
  cv::Mat cleaned = gray.clone();
  cleaned.setTo(255, mask);
  on_every_target([&] {
    EXPECT_TRUE(same_pixels(line_mask(gray, sizes), mask));
    EXPECT_TRUE(same_pixels(without_lines(gray, sizes), cleaned));
  });
  const int lines = cv::countNonZero(mask);
  if (lines == 0) return Found::kNothing;
  return lines == static_cast<int>(mask.total()) ? Found::kAll : Found::kSome;
}

/// Mostly short, so that something is found; some longer than any image here.
int random_length(cv::RNG& rng) {
  switch (rng.uniform(0, 8)) {
    case 0:
      return rng.uniform(1, 10001);
    case 1:
    case 2:
      return rng.uniform(1, 80);
    default:
      return rng.uniform(1, 7);
  }
}

LineSizes random_sizes(cv::RNG& rng) {
  LineSizes sizes;
  sizes.h_size = random_length(rng);
  sizes.v_size = random_length(rng);
  sizes.dilate_iter = rng.uniform(0, 4) == 0 ? rng.uniform(0, 51) : rng.uniform(0, 4);
  return sizes;
}

TEST(LineMask, IsWhatOpenCvGivesForAnyImage) {
  cv::RNG rng(20240608);
  int some = 0;
  for (int round = 0; round < kernel_case_count() && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(300, rng), round, rng);
    if (expect_mask_as_opencv(gray, random_sizes(rng)) == Found::kSome) ++some;
  }
  EXPECT_GT(some, kernel_case_count() / 3);
}

TEST(LineMask, IsWhatOpenCvGivesForTheUsualSizesOnPages) {
  cv::RNG rng(2);
  for (int round = 0; round < 12; ++round) {
    const cv::Size size(rng.uniform(400, 1100), rng.uniform(400, 1100));
    EXPECT_EQ(expect_mask_as_opencv(kernel_image(size, kLines, rng), {}), Found::kSome);
    expect_mask_as_opencv(kernel_image(size, kScan, rng), {});
  }
}

/// A run of ink, across or down, with `before` and `after` white pixels at its ends.
cv::Mat one_run(int before, int length, int after, bool across) {
  cv::Mat row(1, before + length + after, CV_8UC1, cv::Scalar(255));
  row.colRange(before, before + length).setTo(0);
  cv::Mat image(3, row.cols, CV_8UC1, cv::Scalar(255));
  row.copyTo(image.row(1));
  return across ? image : cv::Mat(image.t());
}

TEST(LineMask, TellsRunsThatAreJustLongEnough) {
  for (const int size : {1, 2, 3, 4, 31, 32, 33, 64, 65}) {
    for (const int length :
         {size - 2, size - 1, size, size + 1, 2 * size - 2, 2 * size - 1, 2 * size, 2 * size + 1}) {
      if (length < 1) continue;
      for (const int before : {0, 1, 2, 63, 64}) {
        for (const int after : {0, 1, 2, 65}) {
          const LineSizes sizes{.h_size = size, .v_size = size, .dilate_iter = 0};
          expect_mask_as_opencv(one_run(before, length, after, true), sizes);
          expect_mask_as_opencv(one_run(before, length, after, false), sizes);
        }
      }
    }
  }
}

TEST(LineMask, IsWhatOpenCvGivesAroundWholeWordsOfPixels) {
  cv::RNG rng(3);
  for (const int width : {63, 64, 65, 127, 128, 129, 512, 513}) {
    for (const int height : {1, 7, 8, 9, 64, 65}) {
      for (const int content : {int{kBinary}, int{kLines}, int{kFlat}}) {
        expect_mask_as_opencv(kernel_image({width, height}, content, rng),
                              {.h_size = 3, .v_size = 2, .dilate_iter = 1});
        expect_mask_as_opencv(kernel_image({width, height}, content, rng),
                              {.h_size = 70, .v_size = 40, .dilate_iter = 50});
      }
    }
  }
}

TEST(WithoutLines, IsTheInputItselfWhereThereAreNone) {
  cv::Mat page(40, 50, CV_8UC1, cv::Scalar(200));
  page(cv::Rect(10, 10, 8, 12)).setTo(10);
  EXPECT_EQ(without_lines(page, {}).data, page.data);
}

TEST(WithoutLines, LeavesItsInputAloneAndRunsOnManyThreadsAtOnce) {
  cv::RNG rng(5);
  const cv::Mat page = kernel_image({220, 190}, kLines, rng).clone();
  const cv::Mat before = page.clone();
  const LineSizes sizes{.h_size = 5, .v_size = 5, .dilate_iter = 1};
  cv::Mat expected = page.clone();
  expected.setTo(255, opencv_mask(page, sizes));
  ASSERT_FALSE(same_pixels(expected, page));
  std::vector<cv::Mat> results(4);
  std::vector<std::thread> threads;
  threads.reserve(results.size());
  for (cv::Mat& result : results) {
    threads.emplace_back([&] { result = without_lines(page, sizes); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const cv::Mat& result : results) EXPECT_TRUE(same_pixels(result, expected));
  EXPECT_TRUE(same_pixels(page, before));
}

TEST(LineMask, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  EXPECT_THROW(line_mask({}, {}), cv::Exception);
  EXPECT_THROW(line_mask(cv::Mat(8, 8, CV_8UC3), {}), cv::Exception);
  EXPECT_THROW(without_lines(cv::Mat(8, 8, CV_16UC1), {}), cv::Exception);
  EXPECT_THROW(line_mask(gray, {.h_size = 0}), cv::Exception);
  EXPECT_THROW(line_mask(gray, {.v_size = 0}), cv::Exception);
  EXPECT_THROW(line_mask(gray, {.dilate_iter = -1}), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
