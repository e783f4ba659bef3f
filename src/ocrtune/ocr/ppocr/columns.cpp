#include "ocrtune/ocr/ppocr/columns.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "ocrtune/base/text.h"

namespace ocrtune::ppocr {
namespace {

// Lines of a block: how far one is below the other, and how different in height, in heights of the
// lower one.
constexpr double kNextLine = 0.4;
constexpr double kMaxGap = 1.3;
constexpr double kMaxRatio = 2;
/// Of the shorter one's width.
constexpr double kCommonWidth = 0.5;

// What running text is.
constexpr std::size_t kMinLines = 4;
constexpr double kMinLength = 7;  ///< in heights of the line
constexpr double kMinFilled = 0.6;
constexpr double kMinSmall = 0.2;
constexpr double kMaxDigits = 0.2;

/// Where no letter has a capital form, nothing tells cells from text but the number of lines.
constexpr std::size_t kMinLinesWithoutCase = 8;

// Of a gutter, in heights of a line.
constexpr double kMaxWidth = 10;
constexpr double kReach = 1.5;
/// Lines across a gutter, of those beside it.
constexpr double kMaxCrossing = 0.05;

/// Lines one below the other.
using Block = std::vector<const PlacedLine*>;

/// Whether `lower` may be the next line of a block below `line`.
bool may_follow(const PlacedLine& line, const PlacedLine& lower) {
  const double smaller = std::min(line.height, lower.height);
  const double common = std::min(line.right, lower.right) - std::max(line.left, lower.left);
  return lower.y > line.y + kNextLine * smaller &&
         std::max(line.height, lower.height) <= kMaxRatio * smaller &&
         lower.top() - line.bottom() <= kMaxGap * smaller &&
         common >= kCommonWidth * std::min(line.right - line.left, lower.right - lower.left);
}

/// Joins each line with the nearest one below it, which has no other above it.
class BlockBuilder {
 public:
  explicit BlockBuilder(const std::vector<PlacedLine>& lines)
      : below_(lines.size()), is_below_(lines.size(), false) {
    for (const PlacedLine& line : lines) sorted_.push_back(&line);
    std::ranges::stable_sort(sorted_, {}, &PlacedLine::y);
  }

  std::vector<Block> blocks() {
    for (const auto& [distance, line, lower] : candidates()) {
      if (below_[line] || is_below_[lower]) continue;
      below_[line] = lower;
      is_below_[lower] = true;
    }
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < sorted_.size(); ++i) {
      if (is_below_[i]) continue;
      Block& block = blocks.emplace_back();
      for (std::optional<std::size_t> at = i; at; at = below_[*at]) block.push_back(sorted_[*at]);
    }
    return blocks;
  }

 private:
  struct Candidate {
    double distance = 0;
    std::size_t line = 0;
    std::size_t lower = 0;
  };

  [[nodiscard]] std::vector<Candidate> candidates() const {
    std::vector<Candidate> all;
    for (std::size_t i = 0; i < sorted_.size(); ++i) {
      const double lowest = sorted_[i]->y + (kMaxGap + kMaxRatio + 1) * sorted_[i]->height;
      for (std::size_t j = i + 1; j < sorted_.size() && sorted_[j]->y <= lowest; ++j) {
        if (may_follow(*sorted_[i], *sorted_[j]))
          all.push_back({.distance = sorted_[j]->y - sorted_[i]->y, .line = i, .lower = j});
      }
    }
    std::ranges::stable_sort(all, {}, &Candidate::distance);
    return all;
  }

  std::vector<const PlacedLine*> sorted_;
  std::vector<std::optional<std::size_t>> below_;
  std::vector<bool> is_below_;
};

/// Whether the first letter of a text, with no digit before it, is not a capital one.
bool begins_small(std::u32string_view text) {
  for (const char32_t c : text) {
    const auto code = static_cast<UChar32>(c);
    if (u_isalpha(code) != 0) return u_isupper(code) == 0 && u_istitle(code) == 0;
    if (u_isdigit(code) != 0) return false;
  }
  return false;
}

bool has_case(std::u32string_view text) {
  return std::ranges::any_of(text, [](char32_t c) {
    const auto code = static_cast<UChar32>(c);
    return u_tolower(code) != code || u_toupper(code) != code;
  });
}

/// Whether lines are running text.
bool is_running_text(const Block& lines, const std::vector<std::u32string>& texts) {
  const bool cased = std::ranges::any_of(
      lines, [&](const PlacedLine* line) { return has_case(texts[line->index]); });
  if (lines.size() < (cased ? kMinLines : kMinLinesWithoutCase)) return false;
  const auto count = static_cast<double>(lines.size());
  double length = 0;
  double small = 0;
  double characters = 0;
  double digits = 0;
  std::vector<double> widths;
  for (const PlacedLine* line : lines) {
    const std::u32string& text = texts[line->index];
    widths.push_back(line->right - line->left);
    length += widths.back() / std::max(line->height, 1.0);
    small += begins_small(text) ? 1 : 0;
    characters += static_cast<double>(text.size());
    digits += static_cast<double>(std::ranges::count_if(
        text, [](char32_t c) { return u_isdigit(static_cast<UChar32>(c)) != 0; }));
  }
  std::ranges::sort(widths);
  return length >= kMinLength * count && small >= kMinSmall * count &&
         digits <= kMaxDigits * characters &&
         widths[widths.size() / 2] >= kMinFilled * widths.back();
}

/// The lines of a block that are beside another block.
Block beside(const Block& block, const Block& other) {
  Block lines;
  for (const PlacedLine* line : block) {
    if (line->bottom() > other.front()->top() && line->top() < other.back()->bottom())
      lines.push_back(line);
  }
  return lines;
}

double right_edge(const Block& block) {
  return (*std::ranges::max_element(block, {}, &PlacedLine::right))->right;
}

double left_edge(const Block& block) {
  return (*std::ranges::min_element(block, {}, &PlacedLine::left))->left;
}

bool crosses(const PlacedLine& line, const Gutter& gutter) {
  return line.left < gutter.x && line.right > gutter.x;
}

/// Whether hardly a line crosses it: two lines side by side may have been found as one.
bool is_free(const Gutter& gutter, const std::vector<PlacedLine>& lines, std::size_t beside) {
  const auto crossing = std::ranges::count_if(
      lines, [&](const PlacedLine& line) { return gutter.reaches(line) && crosses(line, gutter); });
  return static_cast<double>(crossing) <= kMaxCrossing * static_cast<double>(beside);
}

/// Takes the lines above or below along that are near enough, as far as none is in the way; those
/// of the two columns, or of headings between their parts.
class Extension {
 public:
  Extension(Gutter& gutter, const std::vector<PlacedLine>& lines, double left, double right)
      : gutter_(gutter) {
    for (const PlacedLine& line : lines) {
      if (line.right > left && line.left < right) lines_.push_back(&line);
    }
    std::ranges::stable_sort(lines_, {}, &PlacedLine::y);
  }

  /// `top` and `bottom`: as far as running text goes on one side at least.
  void extend(double top, double bottom) {
    for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
      if ((*line)->y >= gutter_.top) continue;
      const double near = gutter_.top - kReach * (*line)->height;
      if (crosses(**line, gutter_) || ((*line)->bottom() < near && (*line)->y < top)) break;
      gutter_.top = std::min(gutter_.top, (*line)->top());
    }
    for (const PlacedLine* line : lines_) {
      if (line->y <= gutter_.bottom) continue;
      const double near = gutter_.bottom + kReach * line->height;
      if (crosses(*line, gutter_) || (line->top() > near && line->y > bottom)) break;
      gutter_.bottom = std::max(gutter_.bottom, line->bottom());
    }
  }

 private:
  Gutter& gutter_;
  std::vector<const PlacedLine*> lines_;
};

/// Adds a gutter, as part of one that is there at about the same place if no line crosses between
/// them.
void add_gutter(const Gutter& gutter, double tolerance, const std::vector<PlacedLine>& lines,
                std::vector<Gutter>& gutters) {
  for (Gutter& known : gutters) {
    if (std::abs(known.x - gutter.x) > tolerance) continue;
    const Gutter both{.x = known.x,
                      .top = std::min(known.top, gutter.top),
                      .bottom = std::max(known.bottom, gutter.bottom)};
    const bool is_crossed = std::ranges::any_of(lines, [&](const PlacedLine& line) {
      return both.reaches(line) && !known.reaches(line) && !gutter.reaches(line) &&
             crosses(line, both);
    });
    if (is_crossed) continue;
    known = both;
    return;
  }
  gutters.push_back(gutter);
}

}  // namespace

std::vector<Gutter> gutters_between_columns(const std::vector<PlacedLine>& lines,
                                            const std::vector<std::string>& texts) {
  std::vector<std::u32string> characters;
  characters.reserve(texts.size());
  for (const std::string& text : texts) characters.push_back(code_points(text));
  std::vector<Block> blocks = BlockBuilder(lines).blocks();
  std::erase_if(blocks, [](const Block& block) { return block.size() < kMinLines; });
  std::vector<Gutter> gutters;
  for (const Block& left : blocks) {
    for (const Block& right : blocks) {
      if (&left == &right) continue;
      const Block of_left = beside(left, right);
      const Block of_right = beside(right, left);
      if (!is_running_text(of_left, characters) || !is_running_text(of_right, characters)) continue;
      const double from = right_edge(of_left);
      const double to = left_edge(of_right);
      const double height = of_left.front()->height;
      if (to < from - height || to > from + kMaxWidth * height) continue;
      Gutter gutter{.x = (from + to) / 2,
                    .top = std::max(of_left.front()->top(), of_right.front()->top()),
                    .bottom = std::min(of_left.back()->bottom(), of_right.back()->bottom())};
      if (!is_free(gutter, lines, of_left.size() + of_right.size())) continue;
      Extension(gutter, lines, left_edge(left), right_edge(right))
          .extend(std::min(left.front()->top(), right.front()->top()),
                  std::max(left.back()->bottom(), right.back()->bottom()));
      add_gutter(gutter, 2 * height, lines, gutters);
    }
  }
  return gutters;
}

bool is_in_earlier_column(const PlacedLine& line, const PlacedLine& other,
                          const std::vector<Gutter>& gutters) {
  return std::ranges::any_of(gutters, [&](const Gutter& gutter) {
    return gutter.reaches(line) && gutter.reaches(other) && line.x < gutter.x && other.x > gutter.x;
  });
}

}  // namespace ocrtune::ppocr
