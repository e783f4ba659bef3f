#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Height of a font's letters above and below the baseline, in thousandths of its size.
struct Extent {
  int ascent = 0;
  int descent = 0;
};

/// What a code of a font stands for: a letter with its marks, or a combining mark alone, which has
/// no width as it stands above or below the letter before it.
struct FontCharacter {
  std::u16string text;
  bool has_width = true;

  bool operator<(const FontCharacter& other) const {
    return std::tie(text, has_width) < std::tie(other.text, other.has_width);
  }
};

/// The words of a page as invisible text for a PDF.
struct TextLayer {
  /// Operators of PDF, in px from the lower left corner of the page. "F0" is the first font; codes
  /// of characters have two bytes.
  std::string content;
  std::vector<Extent> fonts;
  std::vector<FontCharacter> characters;  ///< those of codes from 1 on
};

/// Width of every character that has one, in thousandths of the font's size.
constexpr int kCharacterWidth = 500;

/// The fonts and the codes of characters of a text layer, which all pages of a document share.
class TextFonts {
 public:
  TextFonts();

  /// The number of the font with this extent; it is added if there is none.
  std::size_t font(const Extent& extent);

  /// The code of a character; that of the space if it has nothing visible, or if there are no more
  /// codes.
  std::uint16_t code(const FontCharacter& character);

  /// All fonts, by number.
  [[nodiscard]] const std::vector<Extent>& extents() const { return extents_; }
  /// The characters of the codes from 1 on.
  [[nodiscard]] const std::vector<FontCharacter>& characters() const { return characters_; }

 private:
  std::vector<Extent> extents_;
  std::vector<FontCharacter> characters_;
  std::map<std::pair<int, int>, std::size_t> fonts_;  // by ascent and descent
  std::map<FontCharacter, std::uint16_t> codes_;
};

/// The text of one page of a document.
struct PageText {
  std::string content;          ///< as that of a TextLayer
  std::set<std::size_t> fonts;  ///< the fonts that it uses
};

/// The text layer of a page; `names`: what the names of fonts begin with. Every word fills its box,
/// in reading order, with spaces between the words of a line; words without a visible character are
/// left out. Lines may run in any of four directions.
PageText page_text(const OcrResult& ocr_result, TextFonts& fonts, const std::string& names);

/// The name of the font of a one_font_layer(): where OCRmyPDF looks for that of a page's text.
constexpr const char* kOnlyFont = "f-0-0";

/// The extent of that font: together an em.
constexpr Extent kOnlyExtent{.ascent = 800, .descent = 200};

/// The same with one font for all pages, called kOnlyFont, for programs that put the text of
/// several pages together with the font of the first: codes are UTF-16 units (`characters` is
/// empty), and every word is as high as its line. Pure; thread-safe.
TextLayer one_font_layer(const OcrResult& ocr_result);

}  // namespace ocrtune
