// The resolution of scans that do not state theirs.

#include "ocrtune/documents/page_resolution.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

OcrResult page_of(int width, int height, int words = 0, int height_of_words = 0) {
  OcrResult page{.words = {}, .width = width, .height = height};
  for (int i = 0; i < words; ++i)
    page.words.push_back({.text = "word", .right = 4 * height_of_words, .bottom = height_of_words});
  return page;
}

TEST(GuessedDpi, GivesUsualPaper) {
  EXPECT_EQ(guessed_dpi(page_of(2480, 3508)), 300);
  EXPECT_EQ(guessed_dpi(page_of(3508, 2481)), 300) << "landscape";
  EXPECT_EQ(guessed_dpi(page_of(1654, 2339)), 200);
  EXPECT_EQ(guessed_dpi(page_of(2550, 3300)), 300) << "letter";
  EXPECT_EQ(guessed_dpi(page_of(1240, 1754, 100, 90)), 150) << "whatever the text";
}

TEST(GuessedDpi, GivesTextTheSizeOfPrint) {
  EXPECT_EQ(guessed_dpi(page_of(1000, 3000, 30, 29)), 300);
  EXPECT_EQ(guessed_dpi(page_of(1000, 3000, 30, 58)), 600);
  EXPECT_EQ(guessed_dpi(page_of(1000, 3000, 30, 15)), 150);
}

TEST(GuessedDpi, OfALittleTextGivesAPageOfPaper) {
  EXPECT_EQ(guessed_dpi(page_of(2800, 3400, 3, 300)), 300);
  EXPECT_EQ(guessed_dpi(page_of(1, 1)), 75);
  EXPECT_EQ(guessed_dpi(page_of(0, 0)), 75);
}

}  // namespace
}  // namespace ocrtune
