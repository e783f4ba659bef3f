#include "ocrtune/training/part_search.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/text.h"
#include "support/text_gen.h"

namespace ocrtune::training {
namespace {

std::u32string text_from(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
  return text_of(tokens, begin, end);
}

/// Texts of few letters, in which much is like much else.
rc::Gen<std::string> few_letters() {
  return rc::gen::container<std::string>(rc::gen::element('a', 'a', 'b', 'b', 'c', ' ', '\n'));
}

TEST(TruthTokens, AreWordsAndKnowTheEndsOfLines) {
  const std::vector<Token> tokens = tokens_of("  one two\r\n\r\nthree\rfour");
  ASSERT_EQ(tokens.size(), 4U);
  EXPECT_FALSE(tokens[0].ends_line);
  EXPECT_TRUE(tokens[1].ends_line);
  EXPECT_TRUE(tokens[2].ends_line);
  EXPECT_TRUE(tokens[3].ends_line);
  EXPECT_EQ(utf8(text_from(tokens, 0, 4)), "one two three four");
  EXPECT_TRUE(tokens_of(" \n\r\n").empty());
}

TEST(TruthTokens, AreCharactersWhereThereAreNoSpaces) {
  const std::vector<Token> tokens = tokens_of("漢字 and字\n漢");
  ASSERT_EQ(tokens.size(), 5U);
  EXPECT_EQ(utf8(text_from(tokens, 0, 5)), "漢字 and字 漢");
  EXPECT_EQ(utf8(text_from(tokens, 1, 3)), "字 and");
}

RC_GTEST_PROP(TruthTokens, HaveTheWholeText, ()) {
  const std::string text = *test::utf8_text();
  const std::vector<Token> tokens = tokens_of(text);
  for (const Token& token : tokens) RC_ASSERT(!token.text.empty());
  if (!tokens.empty()) RC_ASSERT(tokens.front().space_before);
  if (!tokens.empty()) RC_ASSERT(tokens.back().ends_line);
}

TEST(PartSearch, PrefersWholeLines) {
  const std::vector<Token> tokens = tokens_of("x ab y\nab\nz ab");
  const auto found = find_part(U"ab", tokens, {.begin = 0, .end = tokens.size()}, 1);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->part.begin, 3U);
  EXPECT_EQ(found->part.end, 4U);
  EXPECT_EQ(found->distance, 0U);
  EXPECT_EQ(found->next_distance, 0U);
}

RC_GTEST_PROP(PartSearch, FindsWhatComparingWithAllPartsFinds, ()) {
  const std::vector<Token> tokens = tokens_of(*few_letters());
  const std::u32string line = normalized_code_points(*few_letters());
  const auto most = *rc::gen::inRange<std::size_t>(0, 12);
  const auto first = *rc::gen::inRange<std::size_t>(0, tokens.size() + 1);
  const auto last = *rc::gen::inRange<std::size_t>(first, tokens.size() + 1);
  std::size_t least = SIZE_MAX;
  for (std::size_t begin = first; begin < last; ++begin) {
    for (std::size_t end = begin + 1; end <= last; ++end)
      least = std::min(least, edit_distance(line, text_from(tokens, begin, end)));
  }
  const auto found = find_part(line, tokens, {.begin = first, .end = last}, most);
  RC_ASSERT(found.has_value() == (least <= most));
  if (!found) return;
  RC_ASSERT(found->distance == least);
  RC_ASSERT(found->part.begin >= first);
  RC_ASSERT(found->part.end <= last);
  RC_ASSERT(edit_distance(line, text_from(tokens, found->part.begin, found->part.end)) == least);
  RC_ASSERT(found->next_distance >= least);
}

}  // namespace
}  // namespace ocrtune::training
