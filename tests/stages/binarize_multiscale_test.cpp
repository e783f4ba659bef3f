#include <gtest/gtest.h>

#include "ocrtune/kernels/threshold/sauvola.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(BinarizeMultiscale, LooksAtLargeLettersFromFurtherAway) {
  const Stage stage = binarize_multiscale();
  const auto resolved_at = [&](double x_height) {
    return resolved(stage, values_of(stage, {{"window", 4}}), x_height);
  };
  EXPECT_EQ(resolved_at(7).integer("reduction"), 1);
  EXPECT_EQ(resolved_at(7).integer("window"), 29);
  EXPECT_EQ(resolved_at(0), resolved_at(20));
  EXPECT_EQ(resolved_at(20).integer("reduction"), 2);
  EXPECT_EQ(resolved_at(20).integer("window"), 41);
  EXPECT_EQ(resolved_at(60).integer("reduction"), 3);
}

TEST(BinarizeMultiscale, IsItsKernel) {
  const cv::Mat gray = scanned(200, 140, 3);
  Values resolved;
  resolved.set("window", 21);
  resolved.set("reduction", 2);
  resolved.set("k", 0.2);
  EXPECT_TRUE(same_pixels(binarize_multiscale().run({gray, {}}, resolved).gray,
                          multiscale_sauvola(gray, {.window = 21, .reduction = 2}, 0.2)));
}

TEST(BinarizeMultiscale, FindsTextOnUnevenLight) {
  const TextPage page = text_page({.shade = 0.7});
  EXPECT_GT(f_measure(output(binarize_multiscale(), page.gray), page), 0.97);
}

}  // namespace
}  // namespace ocrtune
