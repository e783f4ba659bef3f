#include "pages/sheet.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "pages/errors.h"
#include "pages/texts.h"
#include "pages/words.h"

namespace ocrtune::examples {
namespace {

const Style serif{.family = "Liberation Serif", .size_pt = 11};

/// How many bands of rows with ink there are, top to bottom.
int count_bands(const cv::Mat& gray) {
  int bands = 0;
  bool is_inside = false;
  for (int y = 0; y < gray.rows; ++y) {
    const bool has_ink = cv::countNonZero(gray.row(y) < 200) > 0;
    bands += has_ink && !is_inside ? 1 : 0;
    is_inside = has_ink;
  }
  return bands;
}

TEST(Sheet, IsBlankAtFirst) {
  const Sheet sheet(72, 36, 100, Language::english);
  EXPECT_EQ(sheet.gray().size(), cv::Size(100, 50));
  EXPECT_EQ(cv::countNonZero(sheet.gray() != 255), 0);
}

TEST(Sheet, RejectsImpossibleSizes) {
  EXPECT_THROW(Sheet(0, 36, 100, Language::english), PagesError);
  EXPECT_THROW(Sheet(72, 36, -1, Language::english), PagesError);
  EXPECT_THROW(Sheet(1e9, 36, 100, Language::english), PagesError);
  EXPECT_THROW(Sheet(std::nan(""), 36, 100, Language::english), PagesError);
}

TEST(Sheet, ReturnsTheLinesItDraws) {
  Sheet sheet(300, 300, 150, Language::english);
  // No line without tall letters: dots and accents must not stand apart from their line.
  const Block block = sheet.text("bold hill ball dull kill bell hall held hold tall bald hulk",
                                 serif, {.x = 20, .y = 20, .width = 90, .bottom = 290});
  EXPECT_GT(block.rows.size(), 2U);
  EXPECT_EQ(count_bands(sheet.gray()), static_cast<int>(block.rows.size()));
}

TEST(Sheet, LeavesOutWhatDoesNotFit) {
  Sheet sheet(300, 300, 150, Language::english);
  const Area area{.x = 20, .y = 20, .width = 60, .bottom = 55};
  const Block block = sheet.text("one two three four five six seven eight nine ten", serif, area);
  EXPECT_EQ(block.rows.size(), 2U);
  EXPECT_LE(block.bottom, area.bottom);
}

TEST(Sheet, GivesPlainComposedText) {
  Sheet sheet(300, 60, 150, Language::french);
  const Block block =
      sheet.text("«~e\u0301te\u0301~»  oui", serif, {.x = 5, .y = 5, .width = 280, .bottom = 60});
  ASSERT_EQ(block.rows.size(), 1U);
  EXPECT_EQ(block.rows.front(), "« été » oui");
}

TEST(Sheet, MakesALineFit) {
  Sheet sheet(300, 60, 150, Language::english);
  const Area area{.x = 10, .y = 5, .width = 50, .bottom = 60};
  EXPECT_EQ(sheet.line("a rather long line for so little room", serif, area),
            "a rather long line for so little room");
  const int right = static_cast<int>((area.x + area.width) * 150 / 72) + 2;
  EXPECT_EQ(cv::countNonZero(sheet.gray().colRange(right, 625) < 255), 0);
}

TEST(Sheet, RefusesSubstituteFonts) {
  Sheet sheet(300, 60, 150, Language::english);
  const Area area{.x = 5, .y = 5, .width = 280, .bottom = 60};
  EXPECT_THROW(sheet.text("text", {.family = "No Such Family"}, area), MissingFont);
  EXPECT_THROW(sheet.text("漢字", serif, area), MissingFont);
  try {
    throw MissingFont("EB Garamond");
  } catch (const PagesError& error) {
    EXPECT_STREQ(error.what(),
                 "font 'EB Garamond' is not installed; try: apt-get install fonts-ebgaramond");
  }
}

TEST(Texts, AreThereInBothLanguages) {
  for (const Language language : {Language::english, Language::french}) {
    EXPECT_GE(topics(language).size(), 4U);
    for (const Topic& topic : topics(language)) {
      EXPECT_FALSE(topic.heading.empty());
      EXPECT_FALSE(topic.paragraphs.empty());
    }
    EXPECT_EQ(words(language).table_heads.size(), 5U);
    EXPECT_EQ(words(language).form_labels.size(), static_cast<std::size_t>(FormLabel::clerk) + 1);
  }
}

TEST(Amount, IsWrittenAsTheLanguageDoes) {
  EXPECT_EQ(amount(Language::english, 123450), "1,234.50");
  EXPECT_EQ(amount(Language::french, 123450), "1~234,50");
  EXPECT_EQ(amount(Language::english, 100005), "1,000.05");
  EXPECT_EQ(amount(Language::french, 7), "0,07");
}

}  // namespace
}  // namespace ocrtune::examples
