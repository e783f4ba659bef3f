#include "ocrtune/ocr/ppocr/line_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/core.hpp>
#include <string>

#include "ocr/ppocr/made_networks.h"
#include "ocrtune/base/error.h"
#include "ocrtune/ocr/ppocr/line_image.h"
#include "support/errors.h"

namespace ocrtune::ppocr {
namespace {

const std::vector<std::string> kOfModel{"", "a", "b", " "};

/// Reads a column of 8 px by its mean: black `a`, gray `b`, white nothing; a darker left end than
/// the right one is read with little confidence.
std::vector<float> classes_of(std::span<const float> plane, int width) {
  std::vector<float> rows;
  const auto columns = static_cast<std::size_t>(width);
  const auto mean = [&](std::size_t first) {
    double sum = 0;
    for (std::size_t at = first; at < plane.size(); at += columns) {
      for (std::size_t x = 0; x < kStep; ++x) sum += plane[at + x];
    }
    return sum / kStep / kLineHeight;
  };
  const float best = mean(0) < -0.5 ? 0.6F : 0.99F;
  for (std::size_t x = 0; x < columns; x += kStep) {
    const double value = mean(x);
    const std::size_t found = value < -0.5 ? 1 : value < 0.25 && value != 0 ? 2 : 0;
    for (std::size_t i = 0; i < kOfModel.size(); ++i)
      rows.push_back(i == found ? best : (1 - best) / 3);
  }
  return rows;
}

class LineReader : public ::testing::Test {
 protected:
  LineReader() {
    page_(cv::Rect(8, 0, 16, 48)) = 0;     // a, two columns
    page_(cv::Rect(48, 0, 8, 48)) = 128;   // b
    page_(cv::Rect(120, 0, 8, 48)) = 128;  // b
  }

  static std::string text_of(const ReadLine& line) {
    std::string text;
    for (const LineCharacter& each : line.characters) text += each.character.text;
    return text;
  }

  static LineRecognition recognition(int columns) {
    static test::Counts counts;
    return {Alphabet{.classes = {0, 1, 2, 3}, .texts = kOfModel},
            std::make_shared<test::MadeModel>(classes_of, columns, counts),
            Precision::f32,
            {}};
  }

  cv::Mat page_{48, 160, CV_8UC1, cv::Scalar(255)};
  LineBox box_{.centre = {80, 24}, .along = {1, 0}, .length = 160, .thickness = 48, .score = 1};
};

TEST_F(LineReader, ReadsFromLeftToRight) {
  LineRecognition abc = recognition(4);
  const ReadLine line = read_line(abc, page_, box_, {});
  EXPECT_EQ(text_of(line), "abb");
  EXPECT_NEAR(line.probability(), 0.99, 1e-6);
  EXPECT_EQ(line.rows, 20);
}

TEST_F(LineReader, ADoubtfulLineIsReadUpsideDownToo) {
  page_(cv::Rect(0, 0, 8, 48)) = 0;
  LineRecognition abc = recognition(4);
  const ReadLine line = read_line(abc, page_, box_, {});
  EXPECT_EQ(text_of(line), "bba");
  EXPECT_NEAR(line.box.along.x, -1, 1e-9);
  const ReadLine kept = read_line(abc, page_, box_, {.space = 0.5, .doubtful = 0.5});
  EXPECT_EQ(text_of(kept), "abb");
}

TEST_F(LineReader, RefusesANetworkWithOtherClasses) {
  LineRecognition abc = recognition(2);
  EXPECT_NE(test::error_of(Errc::limit_reached, [&] { (void)read_line(abc, page_, box_, {}); }),
            "");
}

TEST_F(LineReader, WordsEndAtSpacesAndAreWhereTheirCharactersAre) {
  const auto character = [](const char* text, double probability, int first, int last) {
    return LineCharacter{
        .character = {.text = text, .probability = probability, .alternatives = {}},
        .first = first,
        .last = last};
  };
  const ReadLine line{.box = box_,
                      .characters = {character("a", 0.9, 1, 2), character("b", 0.7, 3, 4),
                                     character(" ", 0.9, 5, 9), character("b", 0.5, 10, 19)},
                      .rows = 20};
  const std::vector<Word> words = words_of(line);
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].text, "ab");
  EXPECT_EQ(words[0].confidence, 80);
  EXPECT_EQ(words[0].left, 8);
  EXPECT_EQ(words[0].right, 40);
  EXPECT_EQ(words[1].text, "b");
  EXPECT_EQ(words[1].left, 80);
  EXPECT_EQ(words[1].right, 160);
  EXPECT_EQ(words[1].characters.size(), 1U);
}

}  // namespace
}  // namespace ocrtune::ppocr
