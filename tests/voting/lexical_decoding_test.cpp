#include "ocrtune/voting/lexical_decoding.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

/// A line that is certain, with other candidates at some places: the place, the character ('.' for
/// nothing) and the evidence that it lacks.
struct Other {
  std::size_t place = 0;
  char32_t character = 0;
  double loss = 0;
};

ConfusionNetwork network_of(const std::u32string& line, const std::vector<Other>& others) {
  constexpr double kEvidence = 5;
  ConfusionNetwork network;
  for (const char32_t character : line)
    network.push_back({{.character = character == U'.' ? 0 : character, .evidence = kEvidence}});
  for (const Other& other : others)
    network[other.place].push_back({.character = other.character == U'.' ? 0 : other.character,
                                    .evidence = kEvidence - other.loss});
  return network;
}

const IsWord kIsWord = [](std::string_view word) {
  static const std::set<std::string_view> kWords{
      "ordinateur", "obtenir", "maximum", "mon",   "les",   "originated", "idea", "sand",
      "is",         "can't",   "cant",    "sands", "हिन्दी", "ह",          "न",    "द"};
  return kWords.contains(word);
};

std::string text_of(const ConfusionNetwork& network, const std::vector<std::size_t>& chosen) {
  std::u32string text;
  for (std::size_t i = 0; i < network.size(); ++i) {
    const char32_t character = network[i][chosen[i]].character;
    if (character != 0) text += character;
  }
  return utf8(text);
}

std::string decoded(const std::u32string& line, const std::vector<Other>& others) {
  const ConfusionNetwork network = network_of(line, others);
  return text_of(network, decode_with_lexicon(network, kIsWord));
}

TEST(DecodeWithLexicon, AWordOfTheLexiconIsTakenForLittleEvidence) {
  EXPECT_EQ(decoded(U"l'erdinateur, mon", {{2, U'o', 1.5}}), "l'ordinateur, mon");
  EXPECT_EQ(decoded(U"l'erdinateur", {{2, U'o', 9}}), "l'erdinateur");
  EXPECT_EQ(decoded(U"l'erdinateur", {{2, U'a', 0.1}}), "l'erdinateur");
}

TEST(DecodeWithLexicon, TheCheapestWordIsTaken) {
  EXPECT_EQ(decoded(U"iaea", {{1, U'd', 2}, {0, U's', 0.1}, {2, U'n', 0.1}, {3, U'd', 0.1}}),
            "sand");
}

TEST(DecodeWithLexicon, CharactersAreAddedAndLeftOut) {
  EXPECT_EQ(decoded(U"maxim.m", {{5, U'u', 1}}), "maximum");
  EXPECT_EQ(decoded(U"obtenirr", {{7, U'.', 1}}), "obtenir");
}

TEST(DecodeWithLexicon, WordsOfTheLexiconAndNumbersAreKept) {
  EXPECT_EQ(decoded(U"sand", {{0, U'i', 0.1}}), "sand");
  EXPECT_EQ(decoded(U"s4n0", {{1, U'a', 0.1}, {3, U'd', 0.1}}), "s4n0");
  EXPECT_EQ(decoded(U"sa9d", {{2, U'n', 0.1}}), "sand");
  EXPECT_EQ(decoded(U"lss", {{1, U'e', 0.1}}), "lss") << "too short";
}

TEST(DecodeWithLexicon, PartsOfAWordAreJoined) {
  EXPECT_EQ(decoded(U"mon ori gi nated", {{7, U'.', 1}, {10, U'.', 1}}), "mon originated");
  EXPECT_EQ(decoded(U"ori ginated", {{3, U'.', 9}}), "ori ginated");
  EXPECT_EQ(decoded(U"is sand", {{2, U'.', 0.1}}), "is sand");
}

TEST(DecodeWithLexicon, SpacesBesidePunctuationStay) {
  EXPECT_EQ(decoded(U"mon : sand", {{3, U'.', 0.1}, {5, U'.', 0.1}}), "mon : sand");
  EXPECT_EQ(decoded(U"is - sand", {{2, U'.', 0.1}, {4, U'.', 0.1}}), "is - sand");
  EXPECT_EQ(decoded(U"- sand", {{1, U'.', 0.1}}), "- sand");
}

TEST(DecodeWithLexicon, PossessivesAndContractionsAreWords) {
  EXPECT_EQ(decoded(U"can't", {{3, U'.', 0.5}}), "can't");
  EXPECT_EQ(decoded(U"(sand's)", {{5, U'.', 0.5}}), "(sand's)");
}

TEST(DecodeWithLexicon, VowelSignsArePartOfAWord) {
  EXPECT_EQ(decoded(U"हिन्दी", {{1, U'.', 0.1}}), "हिन्दी");
}

TEST(DecodeWithLexicon, NeitherSpacesAtTheEndsNorNothingMatter) {
  EXPECT_EQ(decoded(U"", {}), "");
  EXPECT_EQ(decoded(U"  ", {}), "  ");
  EXPECT_EQ(decoded(U" ...", {}), " ");
}

RC_GTEST_PROP(DecodeWithLexicon, OnlyWordsChangeAndLoseNoMoreThanAllowed, ()) {
  const auto letters = *rc::gen::container<std::string>(rc::gen::element('a', 'b', ' ', '1', '\''));
  ConfusionNetwork network;
  for (const char letter : letters) {
    auto& place = network.emplace_back();
    place.push_back({.character = static_cast<char32_t>(letter), .evidence = 5});
    const auto others = *rc::gen::container<std::string>(rc::gen::element('a', 'b', ' ', '\0'));
    for (const char other : others)
      place.push_back({.character = static_cast<char32_t>(other),
                       .evidence = 5 - *rc::gen::inRange(0, 40) / 10.0});
  }
  const LexicalWeights weights;
  const auto is_word = [](std::string_view word) { return word.find("ab") == 0; };
  const auto chosen = decode_with_lexicon(network, is_word, weights);
  RC_ASSERT(chosen.size() == network.size());
  double loss = 0;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    RC_ASSERT(chosen[i] < network[i].size());
    loss += network[i].front().evidence - network[i][chosen[i]].evidence;
  }
  const auto spaces = std::ranges::count(letters, ' ');
  RC_ASSERT(loss <= static_cast<double>(spaces + 1) * (weights.word + weights.join));
  const auto none = decode_with_lexicon(network, [](std::string_view) { return false; });
  RC_ASSERT(std::ranges::all_of(none, [](std::size_t i) { return i == 0; }));
}

}  // namespace
}  // namespace ocrtune
