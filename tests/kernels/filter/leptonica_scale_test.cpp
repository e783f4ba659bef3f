#include "ocrtune/kernels/filter/leptonica_scale.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>

#include "ocrtune/image/pix.h"
#include "ocrtune/kernels/filter/unsharp_mask.h"
#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/simd_targets.h"

namespace ocrtune {
namespace {

using namespace test;

cv::Mat to_mat(PIX* pix) {
  cv::Mat out(pixGetHeight(pix), pixGetWidth(pix), CV_8UC1);
  for (int y = 0; y < out.rows; ++y) {
    const l_uint32* row = pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix);
    for (int x = 0; x < out.cols; ++x)
      out.at<uchar>(y, x) = static_cast<uchar>(GET_DATA_BYTE(row, x));
  }
  return out;
}

bool same_bytes(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && cv::norm(a, b, cv::NORM_INF) == 0;
}

TEST(LeptonicaScale, IsLeptonicas) {
  cv::RNG rng(7);
  for (int round = 0; round < kernel_case_count() / 4 && !HasFailure(); ++round) {
    const cv::Mat whole = kernel_image(kernel_size(180, rng), round, rng);
    const cv::Mat gray = round % 3 == 0 ? as_part_of_larger(whole) : whole;
    const float factor =
        round % 2 == 0 ? rng.uniform(0.03F, 1.6F) : 36.0F / static_cast<float>(gray.rows);
    SCOPED_TRACE(testing::Message() << gray.size() << " by " << factor);
    const auto found = scaled_as_leptonica(gray, factor);
    if (!found) continue;  // as the next test says
    const PixPtr pix(pixScale(to_pix(whole).get(), factor, factor));
    ASSERT_TRUE(pix);
    EXPECT_TRUE(same_bytes(*found, to_mat(pix.get())));
  }
}

TEST(LeptonicaScale, LeavesWhatLeptonicaDoesInOtherWays) {
  const cv::Mat gray(100, 50, CV_8UC1, cv::Scalar(9));
  for (const float factor : {1.0F, 2.0F, 4.0F, 0.5F, 0.25F, 0.125F, 0.0625F, 0.019F, 0.0F, -1.0F})
    EXPECT_FALSE(scaled_as_leptonica(gray, factor)) << factor;
  EXPECT_FALSE(scaled_as_leptonica(gray(cv::Rect(0, 0, 5, 5)), 0.05F));
  EXPECT_TRUE(scaled_as_leptonica(gray, 0.7F));
  EXPECT_THROW(scaled_as_leptonica(cv::Mat(9, 9, CV_8UC3), 0.7F), cv::Exception);
}

TEST(UnsharpMask, IsLeptonicasOnEveryInstructionSet) {
  cv::RNG rng(8);
  for (int round = 0; round < kernel_case_count() / 10 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(90, rng), round, rng);
    const int half = 1 + round % 2;
    const float fraction = round % 3 == 0 ? rng.uniform(0.01F, 5.0F) : half == 1 ? 0.2F : 0.4F;
    SCOPED_TRACE(testing::Message() << gray.size() << ", half " << half << ", " << fraction);
    const PixPtr pix(
        pixUnsharpMaskingGrayFast(to_pix(gray).get(), half, fraction, L_BOTH_DIRECTIONS));
    ASSERT_TRUE(pix);
    const cv::Mat expected = to_mat(pix.get());
    on_every_target(
        [&] { EXPECT_TRUE(same_bytes(unsharp_masked(gray, half, fraction), expected)); });
  }
}

}  // namespace
}  // namespace ocrtune
