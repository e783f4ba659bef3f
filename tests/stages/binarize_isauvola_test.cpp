#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/threshold/sauvola.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(BinarizeIsauvola, IsItsKernel) {
  const cv::Mat gray = scanned(200, 140, 3);
  Values resolved;
  resolved.set("window", 21);
  resolved.set("k", 0.1);
  EXPECT_TRUE(same_pixels(binarize_isauvola().run({gray, {}}, resolved).gray,
                          sauvola_of_high_contrast(gray, 21, 0.1)));
}

TEST(BinarizeIsauvola, FindsTextOnUnevenLight) {
  const TextPage page = text_page({.shade = 0.7});
  EXPECT_GT(f_measure(output(binarize_isauvola(), page.gray), page), 0.97);
}

/// What it was made for: Sauvola's threshold with the same k makes blotches of it.
TEST(BinarizeIsauvola, LeavesSoftStainsOut) {
  TextPage page = text_page({});
  cv::Mat stain(page.gray.size(), CV_8UC1, cv::Scalar(0));
  for (int y = 20; y < stain.rows; y += 36) cv::circle(stain, {405, y}, 6, 60, cv::FILLED);
  cv::GaussianBlur(stain, stain, {}, 4);
  page.gray -= stain;
  const double without = f_measure(output(binarize_sauvola(), page.gray, {{"k", 0.02}}), page);
  EXPECT_GT(f_measure(output(binarize_isauvola(), page.gray, {{"k", 0.02}}), page), without + 0.02);
}

}  // namespace
}  // namespace ocrtune
