// Images of a PDF coded anew.

#include "ocrtune/pdf/program/smaller_images.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <vector>

#include "support/encoded.h"
#include "support/images.h"

namespace ocrtune {
namespace {

std::vector<SmallerImages::Candidate> candidates(SmallerImages& images) {
  std::vector<SmallerImages::Candidate> found;
  for (int from = 1; from > 0;) {
    int continues = 0;
    const SmallerImages::Candidate one = images.next(from, continues);
    if (one.object != 0) found.push_back(one);
    from = continues;
  }
  return found;
}

TEST(SmallerImages, OfTwoLevelsAreBits) {
  cv::Mat pixels(200, 300, CV_8UC1, cv::Scalar(255));
  for (int i = 0; i < 30; ++i)
    cv::rectangle(pixels, {9 * i, 5 * i, 7, 11}, cv::Scalar(0), cv::FILLED);
  const auto pdf = test::pdf_of_scan(pixels);
  SmallerImages images(pdf);
  const auto found = candidates(images);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().samples, 60'000U);
  EXPECT_GT(images.shorten(found.front().object), 0U);
  EXPECT_GT(images.held(), 0U);
  EXPECT_LT(images.held(), 1'000U);
  EXPECT_EQ(images.shorten(found.front().object), 0U) << "it is Group 4";
}

TEST(SmallerImages, AreNoOtherObjects) {
  const auto pdf = test::pdf_of_scan(test::noise(200, 100, 1));
  SmallerImages images(pdf);
  EXPECT_EQ(candidates(images).size(), 1U);
  for (const int object : {0, 1, 2, 1'000, -5}) {
    if (object == candidates(images).front().object) continue;
    EXPECT_EQ(images.shorten(object), 0U);
  }
  const auto drawing = test::pdf_of(1);
  SmallerImages none(drawing);
  EXPECT_TRUE(candidates(none).empty());
}

}  // namespace
}  // namespace ocrtune
