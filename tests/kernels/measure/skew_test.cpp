#include "ocrtune/kernels/measure/skew.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "ocrtune/base/random.h"
#include "support/images.h"
#include "support/letters_pages.h"

namespace ocrtune {
namespace {

double degrees(const Skew& skew) { return std::atan(skew.slope) * 180 / std::numbers::pi; }

TEST(TextSkew, IsTheAngleThatAPageWasTurnedBy) {
  const cv::Mat page = test::prose();
  for (const double angle : {0.0, 0.06, -0.31, 0.8, 1.7, -3.3, 5.0, -9.2, 14.0}) {
    SCOPED_TRACE(angle);
    const cv::Mat turned = test::turned(page, angle);
    const Skew skew = text_skew(letter_boxes(turned));
    EXPECT_NEAR(degrees(skew), angle, 0.1);
    EXPECT_GT(skew.confidence, 2);
    const cv::Mat negative = 255 - turned;
    EXPECT_NEAR(degrees(text_skew(letter_boxes(negative))), angle, 0.1);
  }
}

TEST(TextSkew, TellsLinesFromLettersThatLieAnyhow) {
  Random random(3);
  for (const int count : {12, 40, 200, 900}) {
    double most = 0;
    for (int round = 0; round < 20; ++round) {
      std::vector<ComponentBox> letters;
      letters.reserve(static_cast<std::size_t>(count));
      for (int i = 0; i < count; ++i) {
        const int left = random.integer(0, 1500);
        const int top = random.integer(0, 2000);
        letters.push_back({left, top, left + 14, top + 20, 100});
      }
      most = std::max(most, text_skew(letters).confidence);
    }
    EXPECT_LT(most, 2.2 - (count >= 40 ? 0.7 : 0)) << count;
  }
}

TEST(TextSkew, OfFewLettersIsNone) {
  const std::vector<ComponentBox> letters(11, ComponentBox{3, 4, 9, 14, 30});
  EXPECT_EQ(text_skew(letters).confidence, 0);
  EXPECT_EQ(text_skew({}).confidence, 0);
  EXPECT_TRUE(letter_boxes(test::noise(1, 1, 1)).empty());
}

}  // namespace
}  // namespace ocrtune
