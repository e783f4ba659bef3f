#include "ocrtune/ocr/lstm/line_image.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace ocrtune::lstm {
namespace {

constexpr int kHeight = 36;

/// A page whose pixels say where they are.
PixPtr page(int width, int height) {
  PixPtr pix(pixCreate(width, height, 8));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      pixSetPixel(pix.get(), x, y, static_cast<l_uint32>((x * 7 + y * 13) % 256));
  return pix;
}

int pixel(PIX* pix, int x, int y) {
  l_uint32 value = 0;
  pixGetPixel(pix, x, y, &value);
  return static_cast<int>(value);
}

TEST(LineImage, CutsWhatTheBoxHolds) {
  const PixPtr whole = page(200, 100);
  // 36 rows: no scaling.
  const layout::Box crop{.left = 30, .bottom = 20, .right = 90, .top = 56};
  const auto line = cut_line(whole.get(), crop, kHeight, 3);
  ASSERT_TRUE(line);
  EXPECT_EQ(line->scale, 1.0F);
  EXPECT_EQ(pixGetWidth(line->pix.get()), 60);
  EXPECT_EQ(pixGetHeight(line->pix.get()), kHeight);
  for (const auto& [x, y] :
       {std::pair{0, 0}, std::pair{59, 0}, std::pair{0, 35}, std::pair{31, 17}})
    EXPECT_EQ(pixel(line->pix.get(), x, y), pixel(whole.get(), 30 + x, 100 - 56 + y));
}

TEST(LineImage, ScalesToTheHeight) {
  const PixPtr whole = page(400, 200);
  for (const int height : {5, 18, 47, 72, 150}) {
    const layout::Box crop{.left = 10, .bottom = 10, .right = 310, .top = 10 + height};
    const auto line = cut_line(whole.get(), crop, kHeight, 3);
    ASSERT_TRUE(line) << height;
    EXPECT_EQ(pixGetHeight(line->pix.get()), kHeight) << height;
    EXPECT_NEAR(line->scale, 36.0 / height, 1e-6) << height;
    EXPECT_NEAR(pixGetWidth(line->pix.get()), 300 * 36.0 / height, 1) << height;
  }
}

TEST(LineImage, TooNarrowIsNone) {
  const PixPtr whole = page(100, 200);
  EXPECT_FALSE(cut_line(whole.get(), {.left = 9, .bottom = 9, .right = 9, .top = 45}, kHeight, 3));
  EXPECT_FALSE(cut_line(whole.get(), {.left = 9, .bottom = 9, .right = 45, .top = 9}, kHeight, 3));
  EXPECT_FALSE(cut_line(whole.get(), {.left = 1, .bottom = 0, .right = 5, .top = 150}, kHeight, 3));
  EXPECT_TRUE(cut_line(whole.get(), {.left = 1, .bottom = 0, .right = 21, .top = 150}, kHeight, 3));
}

TEST(LineImage, BlackAndWhiteBecomesGray) {
  const PixPtr whole(pixCreate(80, 40, 1));
  pixSetPixel(whole.get(), 10, 4, 1);
  const auto line =
      cut_line(whole.get(), {.left = 0, .bottom = 0, .right = 80, .top = 36}, kHeight, 3);
  ASSERT_TRUE(line);
  EXPECT_EQ(pixGetDepth(line->pix.get()), 8);
  EXPECT_EQ(pixel(line->pix.get(), 10, 0), 0);
  EXPECT_EQ(pixel(line->pix.get(), 11, 0), 255);
}

/// A line of one row's levels.
LineImage line_of(const std::vector<int>& levels) {
  LineImage line{.pix = PixPtr(pixCreate(static_cast<int>(levels.size()), kHeight, 8))};
  for (int y = 0; y < kHeight; ++y)
    for (std::size_t x = 0; x < levels.size(); ++x)
      pixSetPixel(line.pix.get(), static_cast<int>(x), y, static_cast<l_uint32>(levels[x]));
  return line;
}

TEST(LineImage, TurningPointsAreStretched) {
  // Lows at 60, highs at 200: their quantiles lie a gray above where all are alike.
  const LineImage line = line_of({200, 60, 200, 60, 200, 60, 200, 130, 200});
  LineInput input;
  to_input(line, false, input);
  EXPECT_EQ(input.width, 9);
  EXPECT_EQ(input.height, kHeight);
  ASSERT_EQ(input.values.size(), 9U * kHeight);
  EXPECT_TRUE(input.quantised.empty());
  EXPECT_NEAR(input.values[1], -1, 0.02);
  EXPECT_NEAR(input.values[2], 1, 0.02);
  EXPECT_NEAR(input.values[7], 0, 0.03);
  to_input(line, true, input);
  EXPECT_TRUE(input.values.empty());
  ASSERT_EQ(input.quantised.size(), 9U * kHeight);
  EXPECT_EQ(input.quantised[1], -127);
  EXPECT_GE(input.quantised[2], 125);
  EXPECT_NEAR(input.quantised[7], 0, 3);
}

TEST(LineImage, FlatLinesDontDivideByZero) {
  for (const int level : {0, 90, 255}) {
    LineInput input;
    to_input(line_of(std::vector<int>(12, level)), true, input);
    ASSERT_EQ(input.quantised.size(), 12U * kHeight);
    for (const std::int8_t value : input.quantised) EXPECT_EQ(value, input.quantised.front());
  }
}

TEST(LineImage, InvertedLineIsOfOppositeSign) {
  LineImage line = line_of({200, 60, 200, 60, 190, 70, 200, 130, 200});
  LineInput upright;
  to_input(line, true, upright);
  invert(line);
  LineInput inverted;
  to_input(line, true, inverted);
  for (std::size_t i = 0; i < upright.quantised.size(); ++i)
    EXPECT_NEAR(upright.quantised[i], -inverted.quantised[i], 12) << i;
}

}  // namespace
}  // namespace ocrtune::lstm
