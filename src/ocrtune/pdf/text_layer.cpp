#include "ocrtune/pdf/text_layer.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/documents/glyph_clusters.h"
#include "ocrtune/documents/page_tree.h"

namespace ocrtune {
namespace {

constexpr std::uint16_t kSpace = 1;
constexpr std::size_t kMaxCharacters = 0xFFFE;

struct Place {
  int x = 0;
  int y = 0;
};

/// Along a line and down from it, by the number of quarter turns clockwise.
constexpr std::array<Place, 4> kAlong{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
Place along(int turns) { return kAlong.at(static_cast<std::size_t>(turns)); }
Place down(int turns) { return along((turns + 1) % 4); }

/// A word's box in its line's coordinates.
struct Span {
  double begin = 0;
  double end = 0;
  double top = 0;
  double bottom = 0;
};

Span span_of(const Word& word, int turns) {
  const auto project = [&](const Place& axis) {
    const int a = axis.x * word.left + axis.y * word.top;
    const int b = axis.x * word.right + axis.y * word.bottom;
    return std::pair<double, double>(std::minmax(a, b));
  };
  const auto [begin, end] = project(along(turns));
  const auto [top, bottom] = project(down(turns));
  return {begin, std::max(end, begin + 1), top, std::max(bottom, top + 1)};
}

struct Line {
  std::vector<const Word*> words;
  bool right_to_left = false;
};

bool is_visible(const Word& word) { return !normalized_code_points(word.text).empty(); }

std::vector<Line> lines_of(const OcrResult& ocr_result) {
  std::vector<Line> lines;
  for (const BlockOfParagraphs& block : page_tree(ocr_result)) {
    for (const ParagraphOfLines& paragraph : block.paragraphs) {
      for (const LineOfWords& words : paragraph.lines) {
        Line line;
        int right_to_left = 0;
        for (const Word& word : words.words) {
          if (!is_visible(word)) continue;
          line.words.push_back(&word);
          right_to_left += right_to_left_letters(word.text);
        }
        line.right_to_left = right_to_left > 0;
        if (!line.words.empty()) lines.push_back(line);
      }
    }
  }
  return lines;
}

/// The direction in which the words of a line follow each other.
std::optional<int> turns_of(const Line& line) {
  const Word& first = *line.words.front();
  const Word& last = *line.words.back();
  int x = last.left + last.right - first.left - first.right;
  int y = last.top + last.bottom - first.top - first.bottom;
  if (x == 0 && y == 0) return std::nullopt;
  if (line.right_to_left) {
    x = -x;
    y = -y;
  }
  // Words of a horizontal line may be above each other by mistake.
  if (std::abs(y) > 2 * std::abs(x)) return y > 0 ? 1 : 3;
  return x > 0 ? 0 : 2;
}

/// The direction of every line: its own; if it has none, that of most words; or the opposite one,
/// which digits in right-to-left text may suggest.
std::vector<int> directions(const std::vector<Line>& lines) {
  std::array<std::size_t, 4> votes{};
  for (const Line& line : lines) {
    if (const auto turns = turns_of(line))
      votes.at(static_cast<std::size_t>(*turns)) += line.words.size() - 1;
  }
  const auto usual = static_cast<int>(std::ranges::max_element(votes) - votes.begin());
  std::vector<int> result;
  result.reserve(lines.size());
  for (const Line& line : lines) {
    const int turns = turns_of(line).value_or(usual);
    result.push_back(turns == (usual + 2) % 4 ? usual : turns);
  }
  return result;
}

/// With as many decimals as it needs, at most three.
std::string number(double value) {
  std::string text = fmt::format("{:.3f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

/// All words of a line have the same size and baseline, since viewers form lines from text that
/// agrees in both; how far a word's box extends above and below is a property of its font.
class LineGrid {
 public:
  explicit LineGrid(const std::vector<Span>& spans) {
    std::vector<double> heights;
    std::vector<double> bottoms;
    for (const Span& span : spans) {
      heights.push_back(span.bottom - span.top);
      bottoms.push_back(span.bottom);
    }
    std::ranges::sort(heights);
    std::ranges::sort(bottoms);
    // If most words consist of small letters, an em is about 1.4 times their height.
    size_ = std::max(1.4 * heights[heights.size() / 2], heights.back());
    baseline_ = bottoms[bottoms.size() / 4];
    // Heights are rounded, by at most a px, so that few fonts are needed.
    constexpr std::array kSteps{50, 25, 10, 5, 2};
    const auto* found = std::ranges::find_if(kSteps, [&](int s) { return s * size_ <= 2000; });
    step_ = found == kSteps.end() ? 1 : *found;
  }

  [[nodiscard]] double size() const { return size_; }

  /// Poppler accepts no descent above 0.4, and treats a descent of 0 as unknown.
  [[nodiscard]] Extent extent(const Span& span) const {
    const double height = span.bottom - span.top;
    const double below =
        std::clamp(span.bottom - baseline_, 0.0, std::min(0.39 * size_, height / 2));
    const int tenths = static_cast<int>(std::lround(10 * below / size_));
    const int descent = std::clamp(100 * tenths, 1, 390);
    const double above = 1000 * height / size_ - descent;
    return {std::max(step_, static_cast<int>(std::lround(above / step_)) * step_), descent};
  }

 private:
  double size_ = 1;
  double baseline_ = 0;
  int step_ = 1;
};

/// A letter and each of its combining marks: PDF.js takes all that have a mark to have no width.
std::vector<FontCharacter> parts_of(const std::u16string& character) {
  std::vector<FontCharacter> parts;
  for (std::size_t at = 0; at < character.size();) {
    const std::size_t begin = at;
    UChar32 c = 0;
    U16_NEXT(character.data(), at, character.size(), c);
    const std::u16string part = character.substr(begin, at - begin);
    const bool is_mark = !parts.empty() && u_charType(c) == U_NON_SPACING_MARK;
    if (is_mark || parts.empty() || !parts.back().has_width)
      parts.push_back({.text = part, .has_width = !is_mark});
    else
      parts.back().text += part;
  }
  return parts;
}

/// How characters become codes: those of a document in its own fonts, or UTF-16 units.
enum class Coding { of_document, utf16 };

class TextLayerWriter {
 public:
  TextLayerWriter(int page_height, Coding coding, TextFonts& fonts, std::string names)
      : page_height_(page_height), coding_(coding), all_(fonts), names_(std::move(names)) {}

  void line(const Line& line, int turns) {
    std::vector<Span> spans;
    for (const Word* word : line.words) spans.push_back(span_of(*word, turns));
    join_pieces(line, spans);
    if (coding_ == Coding::utf16) make_level(spans);
    const LineGrid grid(spans);
    const double size =
        coding_ == Coding::utf16 ? spans.front().bottom - spans.front().top : grid.size();
    // Poppler sees a gap behind a mark without width that ends a piece.
    const bool apart = std::ranges::all_of(std::span(line.words).subspan(1),
                                           [](const Word* word) { return word->space_before; });
    for (std::size_t i = 0; i < spans.size(); ++i) {
      const Extent extent = coding_ == Coding::utf16 ? kOnlyExtent : grid.extent(spans[i]);
      Codes codes;
      for (const auto& c : clusters_from_left(line.words[i]->text, line.right_to_left))
        add_codes(codes, c, apart);
      show(codes, spans[i], size, extent, turns);
      if (i + 1 == spans.size()) break;
      if (!line.words[i + 1]->space_before) continue;
      Codes space;
      add_codes(space, u" ", false);
      show(space, gap(spans[i], spans[i + 1], line.right_to_left), size, extent, turns);
    }
  }

  PageText finished() {
    if (!page_.content.empty()) page_.content = "BT\n3 Tr\n" + page_.content + "ET\n";
    return std::move(page_);
  }

 private:
  /// The gap between a word and the next one; a sliver after the word if there is no room.
  static Span gap(const Span& word, const Span& next, bool right_to_left) {
    Span span = word;
    span.begin = right_to_left ? next.end : word.end;
    span.end = right_to_left ? word.begin : next.begin;
    if (span.end - span.begin < 1) {
      span.begin = right_to_left ? word.begin - 1 : word.end;
      span.end = span.begin + 1;
    }
    return span;
  }

  /// Pieces of text without spaces reach as far as the next one and are as high as each other:
  /// viewers take gaps, and changes of the font, for spaces.
  static void join_pieces(const Line& line, std::vector<Span>& spans) {
    for (std::size_t begin = 0; begin < spans.size();) {
      std::size_t end = begin + 1;
      for (; end < spans.size() && !line.words[end]->space_before; ++end) {
        Span& piece = spans[end - 1];
        const Span& next = spans[end];
        if (line.right_to_left && next.end < piece.end) piece.begin = next.end;
        if (!line.right_to_left && next.begin > piece.begin) piece.end = next.begin;
      }
      make_level(std::span(spans).subspan(begin, end - begin));
      begin = end;
    }
  }

  /// As high as the highest and the lowest of them.
  static void make_level(std::span<Span> spans) {
    const double top = std::ranges::min(spans, {}, &Span::top).top;
    const double bottom = std::ranges::max(spans, {}, &Span::bottom).bottom;
    for (Span& span : spans) {
      span.top = top;
      span.bottom = bottom;
    }
  }

  /// What a string shows, and how many of it have a width.
  struct Codes {
    std::vector<std::uint16_t> codes;
    std::size_t wide = 0;
  };

  /// `apart`: a letter and its combining marks have codes of their own.
  void add_codes(Codes& codes, const std::u16string& character, bool apart) {
    if (coding_ == Coding::of_document) {
      for (const FontCharacter& part :
           apart ? parts_of(character) : std::vector{FontCharacter{.text = character}}) {
        codes.codes.push_back(all_.code(part));
        codes.wide += part.has_width ? 1 : 0;
      }
    } else {
      codes.codes.insert(codes.codes.end(), character.begin(), character.end());
      codes.wide += character.size();
    }
  }

  void show(const Codes& shown, const Span& span, double size, const Extent& extent, int turns) {
    std::string name = kOnlyFont;
    if (coding_ == Coding::of_document) {
      const std::size_t font = all_.font(extent);
      page_.fonts.insert(font);
      name = fmt::format("{}{}", names_, font);
    }
    set(font_, fmt::format("/{} {} Tf", name, number(size)));
    const double width = static_cast<double>(shown.wide) * size * (kCharacterWidth / 1000.0);
    set(scale_, number(100 * (span.end - span.begin) / width) + " Tz");
    const Place u = along(turns);
    const Place v = down(turns);
    const double base = span.bottom - size * extent.descent / 1000;
    const double x = u.x * span.begin + v.x * base;
    const double y = page_height_ - (u.y * span.begin + v.y * base);
    page_.content +=
        fmt::format("{} {} {} {} {} {} Tm <", u.x, -u.y, -v.x, v.y, number(x), number(y));
    for (const std::uint16_t code : shown.codes) page_.content += fmt::format("{:04x}", code);
    page_.content += "> Tj\n";
  }

  /// Adds an operator if it changes the state.
  void set(std::string& current, const std::string& wanted) {
    if (current == wanted) return;
    current = wanted;
    page_.content += wanted + '\n';
  }

  PageText page_;
  int page_height_;
  Coding coding_;
  TextFonts& all_;
  std::string names_;
  std::string font_;
  std::string scale_;
};

PageText text_of_page(const OcrResult& ocr_result, Coding coding, TextFonts& fonts,
                      const std::string& names) {
  const std::vector<Line> lines = lines_of(ocr_result);
  const std::vector<int> turns = directions(lines);
  TextLayerWriter writer(ocr_result.height, coding, fonts, names);
  for (std::size_t i = 0; i < lines.size(); ++i) writer.line(lines[i], turns[i]);
  return writer.finished();
}

}  // namespace

TextFonts::TextFonts() : characters_{{.text = u" "}} {}

std::size_t TextFonts::font(const Extent& extent) {
  const auto [found, added] =
      fonts_.emplace(std::pair(extent.ascent, extent.descent), extents_.size());
  if (added) extents_.push_back(extent);
  return found->second;
}

std::uint16_t TextFonts::code(const FontCharacter& character) {
  const std::u32string first{character.text.front()};
  if (character.text.size() == 1 && normalized_code_points(utf8(first)).empty()) return kSpace;
  const auto found = codes_.find(character);
  if (found != codes_.end()) return found->second;
  if (characters_.size() == kMaxCharacters) return kSpace;
  characters_.push_back(character);
  return codes_[character] = static_cast<std::uint16_t>(characters_.size());
}

PageText page_text(const OcrResult& ocr_result, TextFonts& fonts, const std::string& names) {
  return text_of_page(ocr_result, Coding::of_document, fonts, names);
}

TextLayer one_font_layer(const OcrResult& ocr_result) {
  TextFonts fonts;
  PageText page = text_of_page(ocr_result, Coding::utf16, fonts, "");
  std::vector<Extent> only;
  if (!page.content.empty()) only.push_back(kOnlyExtent);
  return {std::move(page.content), std::move(only), {}};
}

}  // namespace ocrtune
