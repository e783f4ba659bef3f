#include "ocrtune/voting/character_alignment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

namespace ocrtune {
namespace {

constexpr double kHeight = 20;

/// Letters of 10 px from the left edge on.
std::vector<Glyph> glyphs_of_text(const std::u32string& text, int left = 0) {
  std::vector<Glyph> glyphs;
  for (const char32_t character : text) {
    glyphs.push_back({.character = character,
                      .confidence = 0.9,
                      .box = {.left = left, .top = 0, .right = left + 10, .bottom = 20}});
    left += 10;
  }
  return glyphs;
}

/// What an engine has, with `.` where it has nothing.
std::u32string row_of(const CharacterAlignment& alignment, std::size_t engine) {
  std::u32string row;
  for (const AlignedColumn& column : alignment.columns()) {
    const char32_t character = column.glyphs[engine].character;
    row += character == kNoCharacter ? U'.' : character;
  }
  return row;
}

/// The rows of two texts.
std::pair<std::u32string, std::u32string> rows_of_texts(const std::u32string& a,
                                                        const std::u32string& b) {
  CharacterAlignment alignment(2, kHeight);
  alignment.add(0, glyphs_of_text(a));
  alignment.add(1, glyphs_of_text(b));
  return {row_of(alignment, 0), row_of(alignment, 1)};
}

using Rows = std::pair<std::u32string, std::u32string>;

TEST(CharacterAlignment, PutsLikeCharactersTogether) {
  EXPECT_EQ(rows_of_texts(U"house", U"house"), Rows(U"house", U"house"));
  EXPECT_EQ(rows_of_texts(U"house", U"hose"), Rows(U"house", U"ho.se"));
  EXPECT_EQ(rows_of_texts(U"hose", U"house"), Rows(U"ho.se", U"house"));
  EXPECT_EQ(rows_of_texts(U"", U"ab"), Rows(U"..", U"ab"));
}

TEST(CharacterAlignment, OtherDiacriticsAndCasesAreNear) {
  EXPECT_EQ(rows_of_texts(U"été", U"ete"), Rows(U"été", U"ete"));
  EXPECT_EQ(rows_of_texts(U"Été", U"ETE"), Rows(U"Été", U"ETE"));
  // Two insertions cost less than a letter for a space.
  EXPECT_EQ(rows_of_texts(U"a b", U"axb"), Rows(U"a. b", U"ax.b"));
}

TEST(CharacterAlignment, CharactersAreAlignedWhereTheyAreOnThePage) {
  CharacterAlignment alignment(2, kHeight);
  alignment.add(0, glyphs_of_text(U"11111111"));
  alignment.add(1, glyphs_of_text(U"1", 60));
  EXPECT_EQ(row_of(alignment, 1), U"......1.");
}

TEST(CharacterAlignment, BaseLettersAreThoseWithoutDiacritics) {
  EXPECT_EQ(base_letter(U'é'), U'e');
  EXPECT_EQ(base_letter(U'Ç'), U'C');
  EXPECT_EQ(base_letter(U'ø'), U'ø');
  EXPECT_EQ(base_letter(U'a'), U'a');
}

TEST(CharacterAlignment, WordsAreCharactersAndSpaces) {
  const Word one{.text = "ab", .confidence = 90, .left = 0, .top = 0, .right = 20, .bottom = 20};
  Word two{.text = "c", .confidence = 40, .left = 30, .top = 0, .right = 40, .bottom = 20};
  two.characters = {{.text = "c", .probability = 0.7}};
  const std::vector<Glyph> glyphs = glyphs_of({&one, &two});
  ASSERT_EQ(glyphs.size(), 4);
  EXPECT_EQ(glyphs[1].box.left, 10);
  EXPECT_EQ(glyphs[2].character, U' ');
  EXPECT_EQ(glyphs[2].confidence, 0.7);
  EXPECT_EQ(glyphs[3].confidence, 0.7);
}

RC_GTEST_PROP(CharacterAlignment, EveryEngineKeepsItsTextInItsOrder, ()) {
  const auto texts = *rc::gen::container<std::vector<std::string>>(
      3, rc::gen::container<std::string>(rc::gen::element('a', 'b', 'A', ' ')));
  CharacterAlignment alignment(texts.size(), kHeight);
  for (std::size_t engine = 0; engine < texts.size(); ++engine)
    alignment.add(engine,
                  glyphs_of_text(std::u32string(texts[engine].begin(), texts[engine].end())));
  for (std::size_t engine = 0; engine < texts.size(); ++engine) {
    std::u32string row = row_of(alignment, engine);
    std::erase(row, U'.');
    RC_ASSERT(row == std::u32string(texts[engine].begin(), texts[engine].end()));
  }
  for (const AlignedColumn& column : alignment.columns())
    RC_ASSERT(std::ranges::any_of(
        column.glyphs, [](const Glyph& glyph) { return glyph.character != kNoCharacter; }));
}

}  // namespace
}  // namespace ocrtune
