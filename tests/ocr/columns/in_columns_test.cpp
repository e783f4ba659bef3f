#include "ocrtune/ocr/columns/in_columns.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ocrtune/ocr/columns/may_be_in_columns.h"

namespace ocrtune {
namespace {

/// A column of lines of three words each.
void add_column(OcrResult& result, int left, int lines, const std::string& text, int slope = 0) {
  const int block = result.words.empty() ? 1 : result.words.back().block + 1;
  for (int line = 1; line <= lines; ++line) {
    for (int word = 0; word < 3; ++word) {
      const int x = left + 100 * word;
      const int top = 30 * line + x * slope / 100;
      result.words.push_back({.text = text,
                              .left = x,
                              .top = top,
                              .right = x + 90,
                              .bottom = top + 20,
                              .block = block,
                              .paragraph = 1,
                              .line = line,
                              .index = word + 1});
    }
  }
}

bool two_columns_are(const std::string& text, int lines, int slope = 0) {
  OcrResult result;
  add_column(result, 0, lines, text, slope);
  add_column(result, 340, lines, text, slope);
  return is_in_columns(result);
}

TEST(InColumns, IfBlocksOfRunningTextAreSideBySide) {
  EXPECT_TRUE(two_columns_are("word", 10));
  EXPECT_TRUE(two_columns_are("word", 10, 3)) << "on a skewed page";
  EXPECT_FALSE(two_columns_are("word", 9));
  EXPECT_FALSE(two_columns_are("1234", 20)) << "tables";
  EXPECT_FALSE(two_columns_are("Word", 20)) << "headings, names";
}

TEST(InColumns, NotInOne) {
  OcrResult result;
  EXPECT_FALSE(is_in_columns(result));
  add_column(result, 0, 20, "word");
  EXPECT_FALSE(is_in_columns(result));
}

/// Lines of words with a space of this width after the third one of six.
OcrResult lines_across(int space, const std::string& rule = "") {
  OcrResult result;
  for (int line = 1; line <= 12; ++line) {
    int left = line % 3 * 4;
    for (int word = 0; word < 6; ++word) {
      const auto add = [&](const std::string& text, int width) {
        result.words.push_back({.text = text,
                                .left = left,
                                .top = 30 * line,
                                .right = left + width,
                                .bottom = 30 * line + 20,
                                .block = 1,
                                .paragraph = 1,
                                .line = line});
        left += width + 6;
      };
      add("word", 94);
      if (word != 2) continue;
      left += space - 6;
      if (!rule.empty()) {
        left -= space / 2 + 2;
        add(rule, 4);
        left += space / 2 - 8;
      }
    }
  }
  return result;
}

/// The same from right to left: mirrored, in reading order.
OcrResult mirrored(OcrResult result) {
  for (Word& word : result.words) {
    const int left = 2000 - word.right;
    word.right = 2000 - word.left;
    word.left = left;
    word.text = "كلمة";
  }
  return result;
}

TEST(OutOfOrder, IfItGoesAcrossColumnsAndHasNone) {
  EXPECT_TRUE(is_out_of_order(lines_across(30)));
  EXPECT_FALSE(is_out_of_order(lines_across(6)));
  OcrResult two;
  add_column(two, 0, 12, "word");
  add_column(two, 340, 12, "word");
  EXPECT_FALSE(is_out_of_order(two)) << "one column after the other";
}

TEST(GoesAcrossColumns, FromRightToLeftToo) {
  OcrResult two;
  add_column(two, 0, 12, "word");
  add_column(two, 340, 12, "word");
  EXPECT_TRUE(is_in_columns(mirrored(two)));
  EXPECT_TRUE(may_be_in_columns(mirrored(lines_across(30))));
  EXPECT_TRUE(goes_across_columns(mirrored(lines_across(30))));
  EXPECT_FALSE(goes_across_columns(mirrored(lines_across(6))));
}

/// Signs without spaces between them, with a wide space after punctuation.
OcrResult signs_across(bool columns) {
  OcrResult result;
  for (int line = 1; line <= 12; ++line) {
    int left = 0;
    for (int sign = 0; sign < 40; ++sign) {
      const bool mark = (sign + 3 * line) % 9 == 0;
      result.words.push_back({.text = mark ? "。" : "字",
                              .left = left,
                              .top = 40 * line,
                              .right = left + (mark ? 8 : 28),
                              .bottom = 40 * line + 28,
                              .block = 1,
                              .paragraph = 1,
                              .line = line,
                              .space_before = sign == 0 || (columns && sign == 20)});
      left += 30 + (mark ? 6 : 0) + (columns && sign == 19 ? 50 : 0);
    }
  }
  return result;
}

TEST(GoesAcrossColumns, OfSignsWithWideSpacesInPunctuation) {
  EXPECT_TRUE(goes_across_columns(signs_across(true)));
  EXPECT_FALSE(goes_across_columns(signs_across(false)));
}

TEST(OutOfOrder, IfWordsAreBrokenWithinLines) {
  OcrResult result;
  const auto add = [&](const std::string& text, int line) {
    const int left = 100 * static_cast<int>(result.words.size() % 2);
    result.words.push_back({.text = text,
                            .left = left,
                            .top = 30 * line,
                            .right = left + 90,
                            .bottom = 30 * line + 20,
                            .block = 1,
                            .paragraph = 1,
                            .line = line});
  };
  for (int line = 1; line <= 4; ++line) {
    add("bro-", line);
    add("harbour", line);
  }
  EXPECT_TRUE(is_out_of_order(result));
  for (int line = 5; line <= 8; ++line) {
    add("harbour", line);
    add("bro-", line);
  }
  EXPECT_FALSE(is_out_of_order(result));
}

TEST(GoesAcrossColumns, IfTheirPartsAreColumnsOfRunningText) {
  EXPECT_TRUE(goes_across_columns(lines_across(30)));
  EXPECT_TRUE(goes_across_columns(lines_across(30, "|"))) << "a ruled line between them";
  EXPECT_FALSE(goes_across_columns(lines_across(6)));
  EXPECT_FALSE(goes_across_columns({}));
  EXPECT_FALSE(is_in_columns(lines_across(30))) << "as the engine found them";
}

}  // namespace
}  // namespace ocrtune
