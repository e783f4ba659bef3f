#include "ocrtune/kernels/measure/letters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "support/images.h"

namespace ocrtune {
namespace {

ComponentBox box(int left, int top, int width, int height, double fill = 0.5) {
  return {left, top, left + width, top + height, static_cast<std::int64_t>(fill * width * height)};
}

using Indices = std::vector<std::size_t>;

TEST(Letters, HaveANeighbourOnTheirLine) {
  const std::vector<ComponentBox> boxes{
      box(200, 10, 12, 16),  // alone
      box(20, 10, 12, 16),  box(36, 6, 12, 20),
      box(52, 12, 11, 14),  box(20, 60, 12, 16),  // below one of them, on no line
  };
  EXPECT_EQ(letters_among(boxes), (Indices{1, 2, 3}));
}

TEST(Letters, LookLikeLetters) {
  const std::vector<ComponentBox> boxes{
      box(0, 0, 14, 18),     box(16, 0, 3, 18, 1),       // an l is a stroke
      box(20, 0, 14, 18, 1),                             // a spot is full
      box(36, 0, 100, 18),                               // a rule is long
      box(140, 0, 14, 3),                                // a speck is small
      box(160, 0, 14, 18),   box(176, 0, 14, 18, 0.05),  // a frame is empty
      box(192, 0, 14, 60),                               // far taller
  };
  EXPECT_EQ(letters_among(boxes), (Indices{0, 1}));
}

TEST(Letters, AreFoundInAnyOrder) {
  std::vector<ComponentBox> boxes;
  for (int line = 0; line < 5; ++line) {
    for (int i = 0; i < 9; ++i) boxes.push_back(box(20 * i, 40 * line, 14, 18));
  }
  const Indices all = letters_among(boxes);
  EXPECT_EQ(all.size(), boxes.size());
  std::ranges::reverse(boxes);
  EXPECT_EQ(letters_among(boxes), all);
  std::rotate(boxes.begin(), boxes.begin() + 17, boxes.end());
  EXPECT_EQ(letters_among(boxes), all);
  EXPECT_TRUE(letters_among({}).empty());
}

}  // namespace
}  // namespace ocrtune
