#include "ocrtune/ocr/lstm/decoder.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "support/decoding.h"
#include "support/errors.h"

namespace ocrtune::lstm {
namespace {

using test::kTiny;

/// Each letter at `probability` for one step, a step of null before each and two in the end.
LineOutput written(const std::string& text, float probability) {
  std::vector<std::vector<std::pair<int, float>>> steps;
  for (const int id : kTiny.ids(text)) {
    steps.emplace_back();
    steps.push_back({{id, probability}});
  }
  steps.resize(steps.size() + 2);
  return test::output_of(steps, kTiny.size(), kTiny.kNull);
}

Decoder decoder_of(const Dictionary* dictionary) {
  return {kTiny.unicharset, kTiny.recoder, dictionary, kTiny.kNull, false};
}

/// The probability of a class at a step.
float& probability_of(LineOutput& output, std::size_t step, int code) {
  return output.probabilities[step * static_cast<std::size_t>(output.classes) +
                              static_cast<std::size_t>(code)];
}

std::string text_of(const std::vector<DecodedWord>& words) {
  std::string text;
  for (const DecodedWord& word : words) text += "[" + word.text + "]";
  return text;
}

TEST(Decoder, SplitsWordsAtSpaces) {
  Decoder decoder = decoder_of(nullptr);
  const auto& words = decoder.decode(written("ab c 12", 0.9F));
  EXPECT_EQ(text_of(words), "[ab][c][12]");
  EXPECT_EQ(words[2].chars[0].unichar, kTiny.ids("1")[0]);
}

TEST(Decoder, NothingOfTheBlacklistIsRecognized) {
  LineOutput output = written("ab", 0.6F);
  // The second-best class where "b" is the best.
  std::size_t step = 0;
  while (probability_of(output, step, kTiny.ids("b")[0]) < 0.6F) ++step;
  probability_of(output, step, kTiny.ids("c")[0]) = 0.35F;
  probability_of(output, step, kTiny.kNull) = 0.05F;
  const auto read = [&](std::string_view blacklist) {
    Decoder decoder(kTiny.unicharset, kTiny.recoder, nullptr, kTiny.kNull, false, blacklist);
    return text_of(decoder.decode(output));
  };
  EXPECT_EQ(read(""), "[ab]");
  EXPECT_EQ(read("b"), "[ac]");
  EXPECT_EQ(read("b\u0416"), "[ac]") << "what the model does not have does not matter";
}

TEST(Decoder, ASpaceInFrontStays) {
  const Dictionary dictionary = kTiny.dictionary({"ab"});
  Decoder decoder = decoder_of(nullptr);
  EXPECT_EQ(text_of(decoder.decode(written(" ab", 0.9F))), "[ ab]");
  EXPECT_EQ(text_of(decoder_of(&dictionary).decode(written(" ab", 0.9F))), "[ ][ab]");
  EXPECT_EQ(text_of(decoder.decode(written("ab ", 0.9F))), "[ab]");
  EXPECT_EQ(text_of(decoder.decode(written("", 0.9F))), "");
}

TEST(Decoder, CharactersMeetInTheMiddle) {
  Decoder decoder = decoder_of(nullptr);
  const auto a = std::pair{kTiny.ids("a")[0], 0.9F};
  const auto b = std::pair{kTiny.ids("b")[0], 0.9F};
  const auto& words = decoder.decode(
      test::output_of({{}, {a}, {a}, {}, {}, {}, {}, {b}, {}}, kTiny.size(), kTiny.kNull));
  ASSERT_EQ(text_of(words), "[ab]");
  EXPECT_EQ(words[0].chars[0].begin, 0);
  EXPECT_EQ(words[0].chars[0].end, 5);
  EXPECT_EQ(words[0].chars[1].begin, 5);
  EXPECT_EQ(words[0].chars[1].end, 9);
}

TEST(Decoder, CertaintyIsThatOfTheWorstStep) {
  const auto outside = [](float probability) { return 2.25F * (std::log(probability) - 0.085F); };
  Decoder decoder = decoder_of(nullptr);
  LineOutput output = written("ab", 0.9F);
  probability_of(output, 3, kTiny.ids("b")[0]) = 0.6F;
  probability_of(output, 3, kTiny.kNull) = 0;
  const auto& words = decoder.decode(output);
  ASSERT_EQ(text_of(words), "[ab]");
  const float null = outside(1.0F);
  EXPECT_FLOAT_EQ(words[0].chars[0].certainty, outside(0.9F));
  EXPECT_FLOAT_EQ(words[0].chars[0].rating, -null - outside(0.9F));
  EXPECT_FLOAT_EQ(words[0].chars[1].certainty, outside(0.6F));
  EXPECT_FLOAT_EQ(words[0].chars[1].rating, -3 * null - outside(0.6F)) << "null after it too";
  EXPECT_FLOAT_EQ(words[0].certainty, 7 * outside(0.6F));
  EXPECT_FLOAT_EQ(words[0].rating, words[0].chars[0].rating + words[0].chars[1].rating);
  EXPECT_EQ(words[0].space_certainty, 0);
}

TEST(Decoder, NullBeforeASpaceCountsForTheCharacterBeforeIt) {
  Decoder decoder = decoder_of(nullptr);
  LineOutput output = written("a b", 0.9F);
  probability_of(output, 2, kTiny.kNull) = 0.7F;
  const auto& words = decoder.decode(output);
  ASSERT_EQ(text_of(words), "[a][b]");
  const auto outside = [](float probability) { return 2.25F * (std::log(probability) - 0.085F); };
  EXPECT_FLOAT_EQ(words[0].chars[0].certainty, outside(0.7F));
  EXPECT_FLOAT_EQ(words[0].rating, -outside(1) - outside(0.9F) - outside(0.7F));
  EXPECT_FLOAT_EQ(words[0].space_certainty, outside(0.9F)) << "without that null";
}

TEST(Decoder, AnUnsureSpaceMakesItsNeighboursUnsure) {
  const Dictionary dictionary = kTiny.dictionary({"ab", "c"});
  Decoder decoder = decoder_of(&dictionary);
  LineOutput output = written("ab c", 0.9F);
  probability_of(output, 5, tessdata::kSpaceUnichar) = 0.5F;
  probability_of(output, 5, kTiny.kNull) = 0.1F;
  probability_of(output, 5, kTiny.ids("a")[0]) = 0.4F;
  const auto& words = decoder.decode(output);
  ASSERT_EQ(text_of(words), "[ab][c]");
  for (const DecodedWord& word : words) {
    EXPECT_EQ(word.permuter, static_cast<int>(Permuter::word));
    EXPECT_FLOAT_EQ(word.space_certainty, std::log(0.5F) - 0.085F);
    EXPECT_FLOAT_EQ(word.certainty, 7 * (std::log(0.5F) - 0.085F));
  }
}

TEST(Decoder, SaysWhereWordsComeFrom) {
  const Dictionary dictionary = kTiny.dictionary({"ab"}, {" ", "-"}, {"  "});
  Decoder decoder = decoder_of(&dictionary);
  const auto& words = decoder.decode(written("ab - 12 cb", 0.9F));
  ASSERT_EQ(text_of(words), "[ab][-][12][cb]");
  EXPECT_EQ(words[0].permuter, 8);
  EXPECT_EQ(words[1].permuter, 1);
  EXPECT_EQ(words[2].permuter, 6);
  EXPECT_EQ(words[3].permuter, 2);
}

TEST(Decoder, WordsWithoutSpacesBetweenThem) {
  const std::string lines =
      "6\nNULL 0 Common 0\na 1 0,255,0,255,0,0,0,0,0,0 Han 1 0 1 a\t# a\n"
      "n 1 0,255,0,255,0,0,0,0,0,0 Common 2 0 2 n\t# n\nb 1 0,255,0,255,0,0,0,0,0,0 Han 3 0 3 b\t# "
      "b\n"
      "c 1 0,255,0,255,0,0,0,0,0,0 Han 4 0 4 c\t# c\nd 1 0,255,0,255,0,0,0,0,0,0 Han 5 0 5 d\t# "
      "d\n";
  const auto set = tessdata::Unicharset::parse(test::model_bytes_of(lines), "unicharset");
  const test::ModelBytes codes = test::recoder_bytes({{0}, {1}, {2}, {3}, {4}, {5}});
  tessdata::ByteReader reader(codes, "recoder");
  const Recoder recoder = Recoder::parse(reader);
  const test::ModelBytes words = test::dawg_bytes({{1, 3}, {4, 5}}, 6);
  const Dictionary dictionary =
      Dictionary::parse({.words = words, .punctuation = {}, .numbers = {}}, set, "tiny");
  Decoder decoder(set, recoder, &dictionary, kTiny.kNull, false);
  const auto read = [&](const std::vector<int>& classes) {
    std::vector<std::vector<std::pair<int, float>>> steps;
    steps.reserve(classes.size());
    for (const int code : classes) steps.push_back({{code, 0.9F}});
    return text_of(decoder.decode(test::output_of(steps, 6, kTiny.kNull)));
  };
  EXPECT_EQ(read({1, 3, 4, 5}), "[ab][cd]");
  EXPECT_EQ(read({5, 4, 3}), "[d][c][b]") << "outside the dictionary each stands alone";
}

bool same(const std::vector<DecodedWord>& one, const std::vector<DecodedWord>& other) {
  if (text_of(one) != text_of(other)) return false;
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (one[i].certainty != other[i].certainty || one[i].rating != other[i].rating) return false;
  }
  return true;
}

RC_GTEST_PROP(Decoder, RandomOutputsGiveOrderedWords, ()) {
  const Dictionary dictionary = kTiny.dictionary({"ab", "ba", "c"}, {" ", "-", "( ("}, {"  "});
  const auto codes = *rc::gen::element(
      std::vector<std::vector<int>>{},
      std::vector<std::vector<int>>{{0}, {1}, {2}, {3, 4}, {3, 5}, {3, 3, 4}, {6}, {7, 8}, {9}});
  const Recoder recoder = kTiny.recoder_of(codes);
  Decoder decoder(kTiny.unicharset, recoder, &dictionary, kTiny.kNull, false);
  for (int round = 0; round < 2; ++round) {
    const LineOutput output = test::random_output(*rc::gen::inRange(0, 60), recoder.classes(),
                                                  *rc::gen::element(0.0, 3.0, 100.0),
                                                  *rc::gen::arbitrary<std::uint64_t>());
    const auto words = decoder.decode(output);
    int end = 0;
    for (const DecodedWord& word : words) {
      RC_ASSERT(!word.chars.empty());
      RC_ASSERT(word.certainty <= 0);
      RC_ASSERT(word.space_certainty <= 0);
      for (const DecodedChar& character : word.chars) {
        RC_ASSERT(character.begin >= end);
        RC_ASSERT(character.end > character.begin);
        RC_ASSERT(character.certainty <= 0 && character.rating >= 0);
        end = character.end;
      }
      RC_ASSERT(end <= output.steps);
    }
    Decoder fresh(kTiny.unicharset, recoder, &dictionary, kTiny.kNull, false);
    RC_ASSERT(same(words, fresh.decode(output)));
  }
}

TEST(Decoder, HoldsOutOnLongUnitsAndStrangeNumbers) {
  const Dictionary dictionary = kTiny.dictionary({"ab", "ba", "c"}, {" ", "-"}, {"  "});
  Decoder decoder = decoder_of(&dictionary);
  LineOutput output = test::random_output(20'000, kTiny.size(), 1, 3);
  EXPECT_FALSE(decoder.decode(output).empty());
  output.probabilities.assign(output.probabilities.size(), std::numeric_limits<float>::quiet_NaN());
  decoder.decode(output);
  EXPECT_TRUE(decoder.decode({.steps = 0, .classes = kTiny.size(), .probabilities = {}}).empty());
}

TEST(Decoder, RefusesPartsThatDoNotGoTogether) {
  const auto message = [](auto action) { return test::error_of(Errc::dependency_missing, action); };
  EXPECT_TRUE(test::contains(
      message([] { Decoder(kTiny.unicharset, kTiny.recoder, nullptr, -1, false); }), "classes"));
  EXPECT_TRUE(test::contains(
      message([] { Decoder(kTiny.unicharset, kTiny.recoder, nullptr, 99, false); }), "classes"));
  const tessdata::Unicharset small =
      tessdata::Unicharset::parse(test::model_bytes_of(test::unicharset_text({"a"})), "small");
  EXPECT_TRUE(test::contains(
      message([&] { Decoder(small, kTiny.recoder, nullptr, kTiny.kNull, false); }), "characters"));
  Decoder decoder = decoder_of(nullptr);
  EXPECT_TRUE(
      test::contains(message([&] { decoder.decode(test::random_output(2, 5, 0, 1)); }), "5"));
  EXPECT_TRUE(test::contains(
      message([&] { decoder.decode({.steps = 2, .classes = kTiny.size(), .probabilities = {}}); }),
      "network"));
}

}  // namespace
}  // namespace ocrtune::lstm
