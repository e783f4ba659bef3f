#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/documents/box.h"
#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Glyph::character where an engine has none.
inline constexpr char32_t kNoCharacter = 0;

/// What else an engine considered.
struct GlyphChoice {
  char32_t character = kNoCharacter;
  double probability = 0;  ///< 0 to 1
};

/// A character that an engine recognized, or a space between two of its words.
struct Glyph {
  char32_t character = kNoCharacter;
  double confidence = 0;  ///< 0.01 to 1
  Box box;                ///< its part of the word's box
  std::vector<GlyphChoice> alternatives = {};

  /// The middle of the box, px.
  [[nodiscard]] double x() const { return static_cast<double>(box.middle_x()) / 2; }
};

/// A place in a line: what each engine has there.
struct AlignedColumn {
  std::vector<Glyph> glyphs;  ///< by engine; at least one has a character
  double x = 0;               ///< mean of their places, px
};

/// The characters of words from left to right, normalized as in error_rate(), with a space between
/// two words. A character has its own probability, or the confidence of its word. Pure;
/// thread-safe.
std::vector<Glyph> glyphs_of(const std::vector<const Word*>& words);

/// The letter without its diacritics; other characters are returned unchanged. Pure; thread-safe.
char32_t base_letter(char32_t character);

/// Aligns the characters that several engines have in a text line, one engine after the other, by
/// the least cost: an insertion costs 0.8, another character 1, the same letter in another case 0.5
/// or with another diacritic 0.3, a space for a character 2.5, and up to 1 more for the distance on
/// the page in line heights.
class CharacterAlignment {
 public:
  /// `engines`: their number; `height`: of the line, px, above 0.
  CharacterAlignment(std::size_t engines, double height) : engines_(engines), height_(height) {}

  /// From left to right.
  [[nodiscard]] const std::vector<AlignedColumn>& columns() const { return columns_; }

  /// Aligns an engine's characters with those that are there; if that takes a table of more than 4
  /// million cells, they are left out.
  void add(std::size_t engine, const std::vector<Glyph>& glyphs);

 private:
  /// What is aligned: a place with a character, or one of them alone.
  enum class Step : unsigned char { both, column, glyph };

  [[nodiscard]] double match(const AlignedColumn& column, const Glyph& glyph) const;
  [[nodiscard]] AlignedColumn column_of(std::size_t engine, const Glyph& glyph) const;
  void trace(std::size_t engine, const std::vector<Glyph>& glyphs, const std::vector<Step>& steps);

  std::size_t engines_;
  double height_;
  std::vector<AlignedColumn> columns_;
};

}  // namespace ocrtune
