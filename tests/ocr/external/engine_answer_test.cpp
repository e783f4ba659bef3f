#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/external/engine_protocol.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using nlohmann::json;

template <typename Action>
std::string answer_refusal(Action action) {
  return test::error_of(Errc::invalid_argument, action);
}

EngineRequest request() { return {.id = 5, .size = {100, 60}, .dpi = 0, .lang = "eng"}; }

EngineAnswer parsed(const json& answer) { return parse_answer(answer.dump(), request()); }

OcrResult result_of(const json& lines) { return parsed({{"id", 5}, {"lines", lines}}).result; }

std::string refusal_of_lines(const json& lines) {
  return answer_refusal([&] { (void)result_of(lines); });
}

json word(const char* text, int left, int right) {
  return {{"text", text}, {"box", {left, 10, right, 20}}, {"confidence", 0.5}};
}

std::vector<std::string> texts_of(const OcrResult& result) {
  std::vector<std::string> texts;
  for (const Word& one : result.words) texts.push_back(one.text);
  return texts;
}

/// Block, paragraph, line and index of each word.
std::vector<std::array<int, 4>> numbers_of(const OcrResult& result) {
  std::vector<std::array<int, 4>> numbers;
  for (const Word& one : result.words)
    numbers.push_back({one.block, one.paragraph, one.line, one.index});
  return numbers;
}

TEST(ParseAnswer, TakesWordsWithTheirBoxes) {
  const OcrResult result = result_of({{{"words", {word("Total", 4, 30), word("12.50", 35, 60)}}}});
  EXPECT_EQ(texts_of(result), (std::vector<std::string>{"Total", "12.50"}));
  EXPECT_EQ(result.width, 100);
  EXPECT_EQ(result.height, 60);
  const Word& second = result.words[1];
  EXPECT_EQ(second.left, 35);
  EXPECT_EQ(second.top, 10);
  EXPECT_EQ(second.right, 60);
  EXPECT_EQ(second.bottom, 20);
  EXPECT_EQ(second.confidence, 50);
  EXPECT_EQ(second.index, 2);
}

TEST(ParseAnswer, NumbersLinesParagraphsAndBlocksWithoutGaps) {
  const auto line = [](const char* text, int block, int paragraph) {
    return json{{"text", text}, {"block", block}, {"paragraph", paragraph}};
  };
  const OcrResult result =
      result_of({line("a b", 3, 1), line("", 3, 1), line("c", 3, 1), line("d", 3, 2),
                 line(" ", 4, 1), line("e", 5, 7), json{{"text", "f"}}});
  EXPECT_EQ(
      numbers_of(result),
      (std::vector<std::array<int, 4>>{
          {1, 1, 1, 1}, {1, 1, 1, 2}, {1, 1, 2, 1}, {1, 2, 1, 1}, {2, 1, 1, 1}, {2, 1, 2, 1}}));
}

TEST(ParseAnswer, DividesTheBoxOfALineAmongItsWords) {
  const OcrResult result =
      result_of({{{"text", "  abcd   ef "}, {"box", {10, 5, 80, 15}}, {"confidence", 0.257}}});
  ASSERT_EQ(texts_of(result), (std::vector<std::string>{"abcd", "ef"}));
  EXPECT_EQ(result.words[0].left, 10);
  EXPECT_EQ(result.words[0].right, 50);
  EXPECT_EQ(result.words[1].left, 60);
  EXPECT_EQ(result.words[1].right, 80);
  EXPECT_EQ(result.words[1].bottom, 15);
  EXPECT_EQ(result.words[1].confidence, 26);
}

TEST(ParseAnswer, ClipsBoxesAndPolygonsToTheImage) {
  const OcrResult result =
      result_of({{{"words",
                   {{{"text", "a"}, {"box", {-5.5, -3, 200.2, 1e8}}},
                    {{"text", "b"}, {"polygon", {{10.4, 20}, {30.2, 18.7}, {31, 40}}}}}}}});
  EXPECT_EQ(result.words[0].left, 0);
  EXPECT_EQ(result.words[0].top, 0);
  EXPECT_EQ(result.words[0].right, 100);
  EXPECT_EQ(result.words[0].bottom, 60);
  EXPECT_EQ(result.words[1].left, 10);
  EXPECT_EQ(result.words[1].top, 18);
  EXPECT_EQ(result.words[1].right, 31);
  EXPECT_EQ(result.words[1].bottom, 40);
}

TEST(ParseAnswer, TextWithoutPositionsHasEmptyBoxes) {
  const OcrResult result = parsed({{"id", 5}, {"text", "Dear Sir,\n\nwe thank you"}}).result;
  EXPECT_EQ(plain_text(result), "Dear Sir,\nwe thank you\n");
  for (const Word& one : result.words) EXPECT_EQ(one.right - one.left, 0);
}

TEST(ParseAnswer, EveryLineEndIsWhiteSpace) {
  const OcrResult page = parsed({{"id", 5}, {"text", "Dear Sir,\r\nwe\tthank you\r\n"}}).result;
  EXPECT_EQ(plain_text(page), "Dear Sir,\nwe thank you\n");
  EXPECT_EQ(texts_of(result_of({{{"text", "12\r\n34\t56\r"}}})),
            (std::vector<std::string>{"12", "34", "56"}));
}

TEST(ParseAnswer, RoundsConfidencesToTheNearestPercent) {
  const auto confidence = [](double stated) {
    return result_of({{{"text", "a"}, {"confidence", stated}}}).words.at(0).confidence;
  };
  // The products with 100 are slightly below 57 and 29.
  EXPECT_EQ(confidence(0.57), 57);
  EXPECT_EQ(confidence(0.29), 29);
  EXPECT_EQ(confidence(0.004), 0);
  EXPECT_EQ(confidence(1), 100);
}

TEST(ParseAnswer, KeepsCharactersAndTheirAlternatives) {
  json one = word("a1", 0, 10);
  one["characters"] = {
      {{"text", "a"},
       {"probability", 0.9},
       {"alternatives", json::array({json::array({"o", 0.05}), json::array({"e", 0.01})})}},
      {{"text", "1"}, {"probability", 0.6}}};
  const OcrResult result = result_of({{{"words", {one}}}});
  const std::vector<Character>& characters = result.words.at(0).characters;
  ASSERT_EQ(characters.size(), 2U);
  EXPECT_EQ(characters[0].probability, 0.9);
  ASSERT_EQ(characters[0].alternatives.size(), 2U);
  EXPECT_EQ(characters[0].alternatives[1].text, "e");
}

TEST(ParseAnswer, IgnoresUnknownFields) {
  EXPECT_TRUE(parsed({{"id", 5}, {"lines", json::array()}, {"seconds", 1.5}}).result.words.empty());
}

TEST(ParseAnswer, ReturnsTheEnginesOwnError) {
  EXPECT_EQ(parsed({{"id", 5}, {"error", "no\x07 image\n"}}).error, "no? image");
}

TEST(ParseAnswer, RefusesAnotherRequestsAnswer) {
  const auto refusal = [](const json& answer) {
    return answer_refusal([&] { (void)parsed(answer); });
  };
  EXPECT_NE(refusal({{"id", 4}, {"lines", json::array()}}).find("`id`"), std::string::npos);
  EXPECT_NE(refusal({{"lines", json::array()}}).find("`id`"), std::string::npos);
  EXPECT_NE(refusal({{"id", 5}}).find("`lines`"), std::string::npos);
  EXPECT_NE(refusal({{"id", 5}, {"error", " "}}).find("`error`"), std::string::npos);
}

TEST(ParseAnswer, NamesTheFieldThatIsInvalid) {
  const auto with = [](const char* field, const json& value) {
    json one = word("a", 0, 10);
    one[field] = value;
    return refusal_of_lines({{{"words", {word("x", 0, 5), one}}}});
  };
  const auto is_named = [](const std::string& message, const std::string& field) {
    return message.find("`lines[0].words[1]." + field) != std::string::npos;
  };
  EXPECT_TRUE(is_named(with("text", 5), "text"));
  EXPECT_TRUE(is_named(with("text", "two words"), "text"));
  EXPECT_TRUE(is_named(with("text", "a\r"), "text"));
  EXPECT_TRUE(is_named(with("text", "a\x1b[2J"), "text"));
  EXPECT_TRUE(is_named(with("text", std::string(1001, 'a')), "text"));
  EXPECT_TRUE(is_named(with("box", json{1, 2, 3}), "box"));
  EXPECT_TRUE(is_named(with("box", json{10, 2, 3, 4}), "box"));
  EXPECT_TRUE(is_named(with("box", json{1, 2, 3, "4"}), "box"));
  EXPECT_TRUE(is_named(with("box", json{1, 2, 1e300, 4}), "box"));
  EXPECT_TRUE(is_named(with("polygon", json{{1, 2}, {3, 4}}), "polygon"));
  EXPECT_TRUE(is_named(with("confidence", 50), "confidence"));
  EXPECT_TRUE(is_named(with("characters", json{{{"text", "a"}}}), "characters[0].probability"));
  EXPECT_TRUE(is_named(
      with("characters", json{{{"text", "a"}, {"probability", 1}, {"alternatives", {"b"}}}}),
      "characters[0].alternatives"));
}

TEST(ParseAnswer, RefusesMoreThanItsLimits) {
  json lines = json::array();
  for (int i = 0; i < 20'001; ++i) lines.push_back(json{{"text", "a"}});
  EXPECT_NE(refusal_of_lines(lines).find("`lines`"), std::string::npos);
  json words = json::array();
  for (int i = 0; i < 60'000; ++i) words.push_back(json{{"text", "a"}});
  EXPECT_NE(refusal_of_lines({{{"words", words}}, {{"words", words}}}).find("`lines`"),
            std::string::npos);
  EXPECT_NE(answer_refusal([] {
              (void)parse_answer("{\"id\":5,\"lines\":" + std::string(100'000, '['), request());
            }),
            "");
}

}  // namespace
}  // namespace ocrtune
