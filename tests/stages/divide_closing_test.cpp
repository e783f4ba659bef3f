#include <gtest/gtest.h>

#include "ocrtune/kernels/filter/background.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::paper_above_ink;
using test::same_pixels;

TEST(DivideClosing, IsTheKernelsWithTwentyPixelsAnXHeightWhereThereIsNoText) {
  cv::Mat page = test::noise(90, 70, 3);
  page = page / 4 + 150;
  const cv::Mat expected = divided_by(page, closed_by_square(page, 41));
  EXPECT_TRUE(same_pixels(output(divide_closing(), page, {{"window", 2}}), expected));
}

TEST(DivideClosing, MakesPaperWhiteWhateverTheLight) {
  const test::TextPage text = test::text_page({.paper = 225, .ink = 0.3, .shade = 0.75});
  ASSERT_LT(paper_above_ink(text.gray, text), 0) << "one threshold would do";
  EXPECT_GT(paper_above_ink(output(divide_closing(), text.gray, {}), text), 20);
}

}  // namespace
}  // namespace ocrtune
