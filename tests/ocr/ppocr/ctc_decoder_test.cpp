#include "ocrtune/ocr/ppocr/ctc_decoder.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ocrtune::ppocr {
namespace {

const std::vector<std::string> kTexts{"", "a", "b", "c", " "};
constexpr double kSpace = 0.3;

/// OutputRows in which these classes have the probability 0.8, and the others share the rest.
class OutputRows {
 public:
  OutputRows& add(std::size_t best) {
    std::vector<float> row(kTexts.size(), 0.05F);
    row[best] = 0.8F;
    return add(row);
  }
  OutputRows& add(const std::vector<float>& row) {
    values_.insert(values_.end(), row.begin(), row.end());
    return *this;
  }
  [[nodiscard]] std::vector<LineCharacter> decoded() const {
    const int rows = static_cast<int>(values_.size() / kTexts.size());
    return decode_ctc({.values = values_, .rows = rows, .columns = static_cast<int>(kTexts.size())},
                      rows, kTexts, kSpace);
  }

 private:
  std::vector<float> values_;
};

std::string text_of(const std::vector<LineCharacter>& line) {
  std::string text;
  for (const LineCharacter& each : line) text += each.character.text;
  return text;
}

TEST(CtcDecoder, LeavesOutRepetitionsAndBlanks) {
  const auto line = OutputRows().add(0).add(1).add(1).add(0).add(1).add(2).add(0).decoded();
  EXPECT_EQ(text_of(line), "aab");
  EXPECT_EQ(line[0].first, 1);
  EXPECT_EQ(line[0].last, 2);
  EXPECT_EQ(line[1].first, 4);
}

TEST(CtcDecoder, HasTheGreatestProbabilityOfARun) {
  const auto line =
      OutputRows().add({0.1F, 0.6F, 0.2F, 0, 0}).add({0.05F, 0.9F, 0.03F, 0.01F, 0}).decoded();
  ASSERT_EQ(line.size(), 1U);
  EXPECT_FLOAT_EQ(static_cast<float>(line[0].character.probability), 0.9F);
  // Alternatives are those of the same place; none below 0.02, and never a space.
  ASSERT_EQ(line[0].character.alternatives.size(), 1U);
  EXPECT_EQ(line[0].character.alternatives[0].text, "b");
}

TEST(CtcDecoder, TakesAWeakSpaceBetweenCharactersAlone) {
  const std::vector<float> weak{0.6F, 0, 0, 0, 0.4F};
  const std::vector<float> weaker{0.8F, 0, 0, 0, 0.2F};
  EXPECT_EQ(text_of(OutputRows().add(1).add(weak).add(2).decoded()), "a b");
  EXPECT_EQ(text_of(OutputRows().add(1).add(weaker).add(2).decoded()), "ab");
  EXPECT_EQ(text_of(OutputRows().add(weak).add(1).add(weak).decoded()), "a");
  EXPECT_EQ(text_of(OutputRows().add(1).add(4).add(weak).add(2).decoded()), "a b");
}

TEST(CtcDecoder, UsesTheRowsOfTheLineAlone) {
  const std::vector<float> values{0.1F, 0.9F, 0, 0, 0, 0.1F, 0, 0.9F, 0, 0};
  EXPECT_EQ(text_of(decode_ctc({.values = values, .rows = 2, .columns = 5}, 1, kTexts, kSpace)),
            "a");
}

RC_GTEST_PROP(CtcDecoder, CharactersAreInOrderAndApart, ()) {
  const int rows = *rc::gen::inRange(0, 40);
  std::vector<float> values;
  for (int i = 0; i < rows * 5; ++i)
    values.push_back(static_cast<float>(*rc::gen::inRange(0, 1000)) / 1000);
  const auto line =
      decode_ctc({.values = values, .rows = rows, .columns = 5}, rows, kTexts, kSpace);
  int end = -1;
  for (const LineCharacter& each : line) {
    RC_ASSERT(each.first > end);
    RC_ASSERT(each.last >= each.first);
    RC_ASSERT(each.last < rows);
    RC_ASSERT(!each.character.text.empty());
    for (const CharacterChoice& other : each.character.alternatives) {
      RC_ASSERT(other.text != " ");
      RC_ASSERT(other.text != each.character.text);
    }
    end = each.last;
  }
}

}  // namespace
}  // namespace ocrtune::ppocr
