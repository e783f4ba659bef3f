#include "ocrtune/kernels/filter/gaussian_kernel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <set>
#include <utility>
#include <vector>

#include "support/repetitions.h"

namespace ocrtune {
namespace {

/// A row that OpenCV blurs along its length only: black, and `level` from its middle on.
cv::Mat blurred_step(int size, int level) {
  cv::Mat row(1, 2 * size, CV_8UC1, cv::Scalar(0));
  row.colRange(size, 2 * size).setTo(level);
  cv::Mat blurred;
  cv::GaussianBlur(row, blurred, {size, size}, 0);
  return blurred;
}

/// What a blurred step shows of a sum of coefficients.
int seen(int sum, int level) { return (sum * level + 128) >> 8; }

TEST(GaussianKernelFixed, TwoStepsTellAllSumsApart) {
  std::set<std::pair<int, int>> all;
  for (int sum = 0; sum <= 256; ++sum) all.emplace(seen(sum, 255), seen(sum, 254));
  EXPECT_EQ(all.size(), 257U);
}

/// The sizes that are in use, and of the others every tenth; `./test.sh full` takes all.
TEST(GaussianKernelFixed, IsOpenCvsForEverySize) {
  const int step = test::repetitions(2, 20);
  for (int size = 1; size <= 2001 && !HasFailure(); size += size < 401 ? 2 : step) {
    SCOPED_TRACE(size);
    const std::vector<int> kernel = gaussian_kernel_fixed(size);
    ASSERT_EQ(kernel.size(), static_cast<std::size_t>(size));
    EXPECT_GE(*std::ranges::min_element(kernel), 0);
    EXPECT_EQ(std::reduce(kernel.begin(), kernel.end()), 256);
    EXPECT_TRUE(std::equal(kernel.begin(), kernel.end(), kernel.rbegin()));
    for (const int level : {255, 254}) {
      const cv::Mat blurred = blurred_step(size, level);
      int sum = 0;
      for (int i = 0; i < size; ++i) {
        sum += kernel[static_cast<std::size_t>(i)];
        EXPECT_EQ(blurred.at<std::uint8_t>(size - size / 2 + i), seen(sum, level)) << i;
      }
    }
  }
}

TEST(GaussianKernelFixed, RefusesWhatItCannotDo) {
  for (const int size : {-1, 0, 2, 150, 2003}) {
    EXPECT_THROW(gaussian_kernel_fixed(size), cv::Exception) << size;
  }
}

void expect_sum(const std::vector<int>& kernel) {
  const WindowSum sum = window_sum(kernel);
  std::vector<int> shown(kernel.size(), 0);
  for (const WindowSum::Term& term : sum.pixels) {
    shown.at(static_cast<std::size_t>(term.offset)) += term.weight;
  }
  for (const WindowSum::Term& term : sum.prefixes) {
    for (int i = 0; i < term.offset; ++i) shown.at(static_cast<std::size_t>(i)) += term.weight;
  }
  EXPECT_EQ(shown, kernel);
}

TEST(WindowSum, IsTheKernel) {
  cv::RNG rng(1);
  for (int round = 0; round < 2000; ++round) {
    std::vector<int> kernel(static_cast<std::size_t>(rng.uniform(1, 40)));
    const int most = rng.uniform(1, 20);
    std::ranges::generate(kernel, [&] { return rng.uniform(0, most + 1); });
    expect_sum(kernel);
  }
  for (const int size : {1, 3, 5, 31, 81, 151, 201, 999, 2001}) {
    expect_sum(gaussian_kernel_fixed(size));
  }
}

TEST(WindowSum, HasFewTerms) {
  const auto terms = [](const std::vector<int>& kernel) {
    const WindowSum sum = window_sum(kernel);
    return sum.pixels.size() + sum.prefixes.size();
  };
  EXPECT_EQ(terms({1, 1, 1, 1, 1, 1}), 2U);
  EXPECT_EQ(terms({0, 0, 1, 0, 0, 0}), 1U);
  EXPECT_EQ(terms({3, 3, 3, 4, 3, 3, 3}), 3U);
  EXPECT_LE(terms(gaussian_kernel_fixed(151)), 36U);
}

}  // namespace
}  // namespace ocrtune
