#include "ocrtune/apply/orientation.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

OcrQuality quality(double char_confidence, double net_legible,
                   std::optional<double> coverage = 1.0) {
  OcrQuality quality;
  quality.char_confidence = char_confidence;
  quality.net_legible = net_legible;
  quality.legible = 100;
  quality.coverage = coverage;
  return quality;
}

TEST(Orientation, IsDoubtfulWhereTextHasHardlyAnyConfidence) {
  EXPECT_TRUE(may_be_rotated(quality(35, -200)));
  EXPECT_FALSE(may_be_rotated(quality(60, 0)));
  EXPECT_FALSE(may_be_rotated(quality(0, 0, std::nullopt))) << "an empty page";
}

TEST(Orientation, IsChangedForTheConfidenceOfTextAlone) {
  EXPECT_TRUE(is_upright(quality(85, 300), quality(35, -200)));
  EXPECT_FALSE(is_upright(quality(45, 10), quality(20, -200))) << "noise has it too";
  EXPECT_FALSE(is_upright(quality(55, 10), quality(48, -20))) << "no great difference";
  EXPECT_FALSE(is_upright(quality(90, -300), quality(35, -200))) << "less text than before";
  OcrQuality few = quality(90, 3);
  few.legible = 10;
  EXPECT_FALSE(is_upright(few, quality(35, -200))) << "two words";
}

}  // namespace
}  // namespace ocrtune
