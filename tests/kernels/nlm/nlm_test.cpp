#include "ocrtune/kernels/nlm/nlm.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>
#include <thread>
#include <vector>

#include "ocrtune/kernels/nlm/weights.h"
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
  on_every_target([&] { EXPECT_TRUE(same_pixels(denoise_nlm_exact(gray, h, search), expected)); },
                  HWY_AVX3_DL);
}

/// Any content, a fifth of it with something flat: a half of the page, or all but a few pixels.
cv::Mat page(cv::Size size, int round, cv::RNG& rng) {
  cv::Mat image = kernel_image(size, round, rng);
  const cv::Scalar level(rng.uniform(0, 256));
  switch (rng.uniform(0, 15)) {
    case 0:
      image.colRange(0, (size.width + 1) / 2).setTo(level);
      break;
    case 1:
      image.rowRange(0, (size.height + 1) / 2).setTo(level);
      break;
    case 2:
      image.setTo(level);
      for (int count = rng.uniform(1, 5); count > 0; --count) {
        const cv::Point at(rng.uniform(0, size.width), rng.uniform(0, size.height));
        image.at<std::uint8_t>(at) = static_cast<std::uint8_t>(rng.uniform(0, 256));
      }
      break;
    default:
      break;
  }
  return image;
}

/// A fifth of all cases: mostly small, since that is where the borders are.
template <typename Strength>
void expect_as_opencv_for_random_pages(std::uint64_t seed, const Strength& strength) {
  cv::RNG rng(seed);
  for (int round = 0; round < kernel_case_count() / 5 && !testing::Test::HasFailure(); ++round) {
    const cv::Size size =
        round % 16 == 0 ? kernel_size(100, rng) : cv::Size(rng.uniform(1, 23), rng.uniform(1, 23));
    expect_as_opencv(page(size, round, rng), strength(rng), rng.uniform(0, 2) ? 15 : 21);
  }
}

float one_of(std::initializer_list<float> strengths, cv::RNG& rng) {
  return strengths.begin()[rng.uniform(0, static_cast<int>(strengths.size()))];
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesForStrengthsOfPages) {
  expect_as_opencv_for_random_pages(
      1, [](cv::RNG& rng) { return rng.uniform(0, 2) ? 9 : rng.uniform(2.0F, 20.0F); });
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesForAnyStrength) {
  expect_as_opencv_for_random_pages(2, [](cv::RNG& rng) { return rng.uniform(0.0F, 100.0F); });
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesForExtremeStrengths) {
  expect_as_opencv_for_random_pages(3, [](cv::RNG& rng) {
    return one_of({0, 1e-30F, 1e-20F, 1e-3F, 0.05F, 0.2F, 0.5F, 1, 99.9F, 100}, rng);
  });
}

// The sums, and the tables of weights, are other ones where the weights reach indices beyond 2^6,
// 2^10, 2^11, 3 * 2^10 and 2^12, and where those of a 15 x 15 window don't factor.
TEST(DenoiseNlmExact, IsWhatOpenCvGivesWhereItsArithmeticChanges) {
  expect_as_opencv_for_random_pages(4, [](cv::RNG& rng) {
    return one_of({3.48F, 13.91F, 19.68F, 24.1F, 25.2F, 27.83F}, rng) + rng.uniform(-0.1F, 0.1F);
  });
}

/// A page of one level with some marks, as after division by its blur.
cv::Mat mostly_flat(cv::Size size, cv::RNG& rng) {
  constexpr std::array kLevels = {255, 0, 128, 254};
  cv::Mat image(size, CV_8UC1, cv::Scalar(kLevels.at(static_cast<std::size_t>(rng.uniform(0, 4)))));
  for (int count = rng.uniform(0, 8); count > 0; --count) {
    const cv::Point from(rng.uniform(0, size.width), rng.uniform(0, size.height));
    const cv::Point to = from + cv::Point(rng.uniform(0, 40), rng.uniform(0, 12));
    cv::Mat mark = image(cv::Rect(from, to) & cv::Rect({}, size));
    if (!mark.empty()) rng.fill(mark, cv::RNG::UNIFORM, 0, rng.uniform(0, 2) ? 256 : 20);
  }
  return image;
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesForMostlyFlatPages) {
  cv::RNG rng(8);
  for (int round = 0; round < kernel_case_count() / 25 && !HasFailure(); ++round) {
    const cv::Size size(rng.uniform(1, 150), rng.uniform(1, 110));
    const float h = one_of({0.3F, 3, 9, 14, 20, 26, 40}, rng);
    expect_as_opencv(mostly_flat(size, rng), h,
                     static_cast<int>(one_of({21, 21, 15, 9, 3, 1}, rng)));
  }
}

/// The tiles that wait reach over more rows than are stored, unless they are processed before there
/// is one for each lane.
TEST(DenoiseNlmExact, IsWhatOpenCvGivesWhereMarksAreFarApart) {
  cv::Mat image(700, 60, CV_8UC1, cv::Scalar(255));
  for (const int y : {0, 5, 90, 91, 250, 333, 699}) image.at<std::uint8_t>(y, y % 60) = 77;
  expect_as_opencv(image, 12, 21);
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesWhereAPageIsFlatBelow) {
  cv::RNG rng(9);
  cv::Mat image(500, 60, CV_8UC1, cv::Scalar(255));
  rng.fill(image.rowRange(0, 333), cv::RNG::UNIFORM, 200, 256);
  expect_as_opencv(image, 12, 21);
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesForAnySearchWindow) {
  cv::RNG rng(5);
  for (int round = 0; round < kernel_case_count() / 5 && !HasFailure(); ++round) {
    const cv::Size size(rng.uniform(1, 23), rng.uniform(1, 23));
    const float h = one_of({0, 1e-30F, 3, 10, 14, 26, 40}, rng);
    expect_as_opencv(page(size, round, rng), h, 1 + 2 * rng.uniform(0, 11));
  }
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesAcrossTiles) {
  cv::RNG rng(6);
  int round = 0;
  for (const int width : {491, 492, 493, 1004, 1005}) {
    for (const int height : {1, 6, 7, 30}) {
      expect_as_opencv(page({width, height}, round++, rng), one_of({9, 14, 26, 40}, rng), 21);
    }
  }
  expect_as_opencv(kernel_image({300, 500}, kScan, rng), 9, 15);
}

// One weight that is off by one would hardly ever show in an image.
TEST(NlmWeights, AreWhatTheirFactorsGive) {
  for (const int search : {13, 15, 17, 19, 21}) {
    for (float h = 0; h < 27.8F; h += 0.037F) {
      SCOPED_TRACE(testing::Message() << "h " << h << " search " << search);
      const nlm::Weights weights = nlm::weights_for(h, search);
      const nlm::Factors& factors = weights.factors;
      EXPECT_TRUE(factors.exact || search == 13 || (search == 15 && h >= 25));
      EXPECT_TRUE(!factors.shifted || search <= 17 || (search == 19 && h > 24));
      ASSERT_EQ(weights.planes.size(), 1U);
      for (std::size_t i = 0; factors.exact && i < weights.cutoff; ++i) {
        const std::size_t block = i / 64;
        ASSERT_TRUE(factors.shifted || factors.shift.at(block) == 0);
        const std::uint32_t product =
            std::uint32_t{factors.start.at(block)} * factors.within.at(i % 64);
        const std::uint32_t bit = factors.extra.at(block / 16).at(i % 64) >> (block % 16) & 1;
        const std::uint32_t weight = (product >> (16 + factors.shift.at(block))) + bit;
        ASSERT_EQ(weight, static_cast<std::uint16_t>(weights.planes[0][i] + weights.bias));
      }
    }
  }
}

TEST(DenoiseNlmExact, TakesAViewForAnImageOfItsOwn) {
  cv::RNG rng(7);
  const cv::Mat page = kernel_image({90, 70}, kScan, rng);
  const cv::Mat view = page(cv::Rect(20, 15, 41, 33));
  expect_as_opencv(view.clone(), 9, 21);
  EXPECT_TRUE(same_pixels(denoise_nlm_exact(view, 9, 21), opencv_nlm(view.clone(), 9, 21)));
}

TEST(DenoiseNlmExact, LeavesItsInputAloneAndRunsOnManyThreadsAtOnce) {
  cv::RNG rng(8);
  const cv::Mat page = kernel_image({120, 90}, kScan, rng).clone();
  const cv::Mat before = page.clone();
  const cv::Mat expected = opencv_nlm(page, 9, 15);
  std::vector<cv::Mat> results(4);
  std::vector<std::thread> threads;
  threads.reserve(results.size());
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
