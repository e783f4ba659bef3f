#include "ocrtune/kernels/nlm.h"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>
#include <thread>
#include <vector>

namespace ocrtune {
namespace {

cv::Mat opencv_nlm(const cv::Mat& gray, float h, int search) {
  cv::Mat out;
  cv::fastNlMeansDenoising(gray, out, h, 7, search);
  return out;
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

/// Has each instruction set that this machine can run chosen in turn.
template <typename Check>
void on_every_target(const Check& check) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    SCOPED_TRACE(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
    check();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().DeInit();
}

void expect_as_opencv(const cv::Mat& gray, float h, int search) {
  SCOPED_TRACE(testing::Message() << gray.size() << " h " << h << " search " << search);
  const cv::Mat expected = opencv_nlm(gray, h, search);
  on_every_target([&] { EXPECT_TRUE(same(denoise_nlm_exact(gray, h, search), expected)); });
}

enum Content { kNoise, kFlat, kBinary, kGradient, kSmooth, kScan, kContents };

cv::Mat make_image(cv::Size size, int content, cv::RNG& rng) {
  cv::Mat image(size, CV_8UC1);
  rng.fill(image, cv::RNG::UNIFORM, 0, 256);
  const int step_x = rng.uniform(-6, 7);
  const int step_y = rng.uniform(-6, 7);
  switch (content) {
    case kFlat:
      image.setTo(rng.uniform(0, 256));
      break;
    case kBinary:
      cv::threshold(image, image, rng.uniform(0, 255), 255, cv::THRESH_BINARY);
      break;
    case kGradient:
      for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
          image.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(x * step_x + y * step_y);
        }
      }
      break;
    case kSmooth:
      cv::GaussianBlur(image, image, {}, rng.uniform(0.5, 4.0));
      break;
    case kScan: {
      cv::Mat ink(size, CV_8UC1);
      rng.fill(ink, cv::RNG::UNIFORM, 0, 256);
      cv::blur(ink, ink, {3, 3});
      rng.fill(image, cv::RNG::NORMAL, 230, rng.uniform(1, 30));
      image.setTo(20, ink < 90);
      break;
    }
    default:
      break;
  }
  return image;
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
    expect_as_opencv(make_image(size, round % kContents, rng), h, rng.uniform(0, 2) ? 15 : 21);
  }
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesForAnySearchWindow) {
  cv::RNG rng(2);
  for (int search = 1; search <= 21; search += 2) {
    for (const float h : {0.0F, 1e-30F, 3.0F, 10.0F, 40.0F}) {
      expect_as_opencv(make_image({23, 17}, kScan, rng), h, search);
    }
  }
}

TEST(DenoiseNlmExact, IsWhatOpenCvGivesAcrossTiles) {
  cv::RNG rng(3);
  for (const int content : {int{kScan}, int{kSmooth}, int{kBinary}}) {
    expect_as_opencv(make_image({300, 500}, content, rng), 9, 15);
  }
  for (const cv::Size size : {cv::Size(256, 64), cv::Size(257, 65), cv::Size(543, 129)}) {
    expect_as_opencv(make_image(size, kScan, rng), 18, 15);
  }
}

TEST(DenoiseNlmExact, TakesAViewForAnImageOfItsOwn) {
  cv::RNG rng(4);
  const cv::Mat page = make_image({90, 70}, kScan, rng);
  const cv::Mat view = page(cv::Rect(20, 15, 41, 33));
  expect_as_opencv(view.clone(), 9, 21);
  EXPECT_TRUE(same(denoise_nlm_exact(view, 9, 21), opencv_nlm(view.clone(), 9, 21)));
}

TEST(DenoiseNlmExact, LeavesItsInputAloneAndRunsOnManyThreadsAtOnce) {
  cv::RNG rng(5);
  const cv::Mat page = make_image({120, 90}, kScan, rng);
  const cv::Mat before = page.clone();
  const cv::Mat expected = opencv_nlm(page, 9, 15);
  std::vector<cv::Mat> results(4);
  std::vector<std::thread> threads;
  for (cv::Mat& result : results) {
    threads.emplace_back([&] { result = denoise_nlm_exact(page, 9, 15); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const cv::Mat& result : results) EXPECT_TRUE(same(result, expected));
  EXPECT_TRUE(same(page, before));
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
