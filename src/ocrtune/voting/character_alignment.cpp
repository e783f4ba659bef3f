#include "ocrtune/voting/character_alignment.h"

#include <unicode/normalizer2.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

/// Most cells of the table for the alignment of a line.
constexpr std::size_t kMaxCells = 4'000'000;
constexpr double kMinConfidence = 0.01;

constexpr double kInsert = 0.8;
constexpr double kSpaceForCharacter = 2.5;
constexpr double kOtherDiacritic = 0.3;
constexpr double kOtherCase = 0.5;
constexpr double kPerHeight = 0.5;
constexpr double kFreeHeights = 0.25;
constexpr double kMaxHeights = 2;

double mean_place(const std::vector<Glyph>& glyphs) {
  double sum = 0;
  double count = 0;
  for (const Glyph& glyph : glyphs) {
    if (glyph.character == kNoCharacter) continue;
    sum += glyph.x();
    ++count;
  }
  return sum / count;
}

/// Those of one code point, each once, without the character itself.
std::vector<GlyphChoice> alternatives_of(const Character& character, char32_t own) {
  std::vector<GlyphChoice> choices;
  choices.reserve(character.alternatives.size());
  for (const CharacterChoice& choice : character.alternatives) {
    const std::u32string text = code_points(choice.text);
    if (text.size() != 1 || text.front() == own || !(choice.probability > 0)) continue;
    if (std::ranges::find(choices, text.front(), &GlyphChoice::character) == choices.end())
      choices.push_back(
          {.character = text.front(), .probability = std::min(choice.probability, 1.0)});
  }
  return choices;
}

/// The code points of the word's characters, without boxes.
std::vector<Glyph> own_glyphs_of(const Word& word) {
  std::vector<Glyph> glyphs;
  for (const Character& character : word.characters) {
    const std::u32string text = code_points(character.text);
    for (const char32_t code : text)
      glyphs.push_back({.character = code, .confidence = character.probability, .box = {}});
    if (text.size() == 1) glyphs.back().alternatives = alternatives_of(character, text.front());
  }
  return glyphs;
}

std::vector<Glyph> glyphs_of_word(const Word& word) {
  const std::u32string text = normalized_code_points(word.text);
  std::vector<Glyph> own = own_glyphs_of(word);
  const bool has_own = own.size() == text.size();
  const auto count = static_cast<std::int64_t>(text.size());
  std::vector<Glyph> glyphs;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    Box box = box_of(word);
    const std::int64_t left = box.left + box.width() * i / count;
    box.right = box.left + box.width() * (i + 1) / count;
    box.left = left;
    const double confidence = has_own ? own[at].confidence : word.confidence / 100.0;
    glyphs.push_back({.character = text[at],
                      .confidence = std::clamp(confidence, kMinConfidence, 1.0),
                      .box = box});
    if (has_own) glyphs.back().alternatives = std::move(own[at].alternatives);
  }
  return glyphs;
}

double substitution(char32_t a, char32_t b) {
  if (a == b) return 0;
  if ((a == U' ') != (b == U' ')) return kSpaceForCharacter;
  if (base_letter(a) == base_letter(b)) return kOtherDiacritic;
  if (case_folded(a) == case_folded(b)) return kOtherCase;
  return 1;
}

}  // namespace

char32_t base_letter(char32_t character) {
  if (character < 0x80) return character;
  UErrorCode failure = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFDInstance(failure);
  icu::UnicodeString parts;
  if (U_FAILURE(failure) != 0 ||
      form->getDecomposition(static_cast<UChar32>(character), parts) == 0)
    return character;
  return static_cast<char32_t>(parts.char32At(0));
}

std::vector<Glyph> glyphs_of(const std::vector<const Word*>& words) {
  std::vector<Glyph> glyphs;
  for (const Word* word : words) {
    std::vector<Glyph> own = glyphs_of_word(*word);
    if (own.empty()) continue;
    if (!glyphs.empty() && word->space_before) {
      const Glyph& last = glyphs.back();
      glyphs.push_back({.character = U' ',
                        .confidence = std::min(last.confidence, own.front().confidence),
                        .box = {.left = last.box.right,
                                .top = last.box.top,
                                .right = own.front().box.left,
                                .bottom = last.box.bottom}});
    }
    glyphs.insert(glyphs.end(), own.begin(), own.end());
  }
  return glyphs;
}

void CharacterAlignment::add(std::size_t engine, const std::vector<Glyph>& glyphs) {
  const std::size_t width = glyphs.size() + 1;
  if ((columns_.size() + 1) * width > kMaxCells) return;
  std::vector<double> above(width);
  std::vector<double> row(width);
  std::vector<Step> steps((columns_.size() + 1) * width, Step::glyph);
  for (std::size_t j = 0; j < width; ++j) row[j] = kInsert * static_cast<double>(j);
  for (std::size_t i = 1; i <= columns_.size(); ++i) {
    std::swap(above, row);
    Step* step = &steps[i * width];
    row[0] = kInsert * static_cast<double>(i);
    step[0] = Step::column;
    for (std::size_t j = 1; j < width; ++j) {
      const double both = above[j - 1] + match(columns_[i - 1], glyphs[j - 1]);
      const double column = above[j] + kInsert;
      const double glyph = row[j - 1] + kInsert;
      row[j] = std::min({both, column, glyph});
      step[j] = row[j] == both ? Step::both : row[j] == column ? Step::column : Step::glyph;
    }
  }
  trace(engine, glyphs, steps);
}

double CharacterAlignment::match(const AlignedColumn& column, const Glyph& glyph) const {
  double sum = 0;
  double count = 0;
  for (const Glyph& other : column.glyphs) {
    if (other.character == kNoCharacter) continue;
    sum += substitution(other.character, glyph.character);
    ++count;
  }
  const double away = std::abs(column.x - glyph.x()) / height_ - kFreeHeights;
  return sum / count + kPerHeight * std::clamp(away, 0.0, kMaxHeights);
}

AlignedColumn CharacterAlignment::column_of(std::size_t engine, const Glyph& glyph) const {
  AlignedColumn column{.glyphs = std::vector<Glyph>(engines_), .x = glyph.x()};
  column.glyphs[engine] = glyph;
  return column;
}

void CharacterAlignment::trace(std::size_t engine, const std::vector<Glyph>& glyphs,
                               const std::vector<Step>& steps) {
  const std::size_t width = glyphs.size() + 1;
  std::vector<AlignedColumn> merged;
  std::size_t i = columns_.size();
  std::size_t j = glyphs.size();
  while (i > 0 || j > 0) {
    const Step step = steps[i * width + j];
    if (step == Step::glyph) {
      merged.push_back(column_of(engine, glyphs[--j]));
      continue;
    }
    AlignedColumn column = std::move(columns_[--i]);
    if (step == Step::both) {
      column.glyphs[engine] = glyphs[--j];
      column.x = mean_place(column.glyphs);
    }
    merged.push_back(std::move(column));
  }
  std::ranges::reverse(merged);
  columns_ = std::move(merged);
}

}  // namespace ocrtune
