#include "ocrtune/ocr/layout/small_marks.h"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <vector>

namespace ocrtune::layout {
namespace {

/// A page of 100 × 60 px with black rectangles, y upwards.
PixPtr page_with(const std::vector<Box>& marks) {
  PixPtr page(pixCreate(100, 60, 1));
  for (const Box& mark : marks)
    pixRasterop(page.get(), mark.left, 60 - mark.top, mark.width(), mark.height(), PIX_SET, nullptr,
                0, 0);
  return page;
}

std::vector<Box> small_marks(const std::vector<Box>& on_page, const Box& word,
                             const std::vector<Box>& blobs) {
  std::vector<Box> marks;
  add_small_marks(page_with(on_page).get(), {.box = word, .blobs = blobs}, marks);
  return marks;
}

constexpr Box kStem{.left = 20, .bottom = 20, .right = 24, .top = 35};
constexpr Box kDot{.left = 20, .bottom = 38, .right = 23, .top = 41};
constexpr Box kStop{.left = 30, .bottom = 20, .right = 33, .top = 23};

TEST(SmallMarks, AreComponentsOfTheWordThatAreNotListed) {
  const Box word{.left = 20, .bottom = 20, .right = 33, .top = 41};
  EXPECT_EQ(small_marks({kStem, kDot, kStop}, word, {kStem}), (std::vector{kDot, kStop}));
}

TEST(SmallMarks, AreNoneWhereTheListedOnesFillTheBox) {
  EXPECT_TRUE(small_marks({kStem, kDot}, kStem, {kStem}).empty());
}

TEST(SmallMarks, OfOtherWordsDoNotCount) {
  const Box word{.left = 20, .bottom = 20, .right = 33, .top = 35};
  const Box reaches_in{.left = 26, .bottom = 10, .right = 29, .top = 25};
  EXPECT_EQ(small_marks({kStem, reaches_in, kStop}, word, {kStem}), (std::vector{kStop}));
}

TEST(SmallMarks, AreWhatTheBoxReachesOverWhereNoneIsFound) {
  const Box word{.left = 18, .bottom = 19, .right = 30, .top = 37};
  const std::vector<Box> rest = small_marks({kStem}, word, {kStem});
  Box all = kStem;
  for (const Box& mark : rest) all = joined(all, mark);
  EXPECT_EQ(all, word);
  EXPECT_EQ(rest.size(), 4U);
  EXPECT_EQ(small_marks({}, word, {}), (std::vector{word})) << "a word of small marks alone";
}

}  // namespace
}  // namespace ocrtune::layout
