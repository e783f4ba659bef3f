#include "ocrtune/ocr/columns/text_blocks.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace ocrtune::columns {
namespace {

// Lines of a block: how far one is below the other, and how different in height, in heights of the
// lower one.
constexpr double kNextLine = 0.4;
constexpr double kMaxGap = 1.3;
constexpr double kMaxRatio = 2;
/// Of the shorter one's width.
constexpr double kCommonWidth = 0.5;

/// Where no letter has a capital form, nothing tells cells from text but the number of lines.
constexpr std::size_t kMinLinesWithoutCase = 8;

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

  std::vector<TextBlock> blocks() {
    for (const auto& [distance, line, lower] : candidates()) {
      if (below_[line] || is_below_[lower]) continue;
      below_[line] = lower;
      is_below_[lower] = true;
    }
    std::vector<TextBlock> blocks;
    for (std::size_t i = 0; i < sorted_.size(); ++i) {
      if (is_below_[i]) continue;
      TextBlock& block = blocks.emplace_back();
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

}  // namespace

std::vector<TextBlock> text_blocks(const std::vector<PlacedLine>& lines) {
  return BlockBuilder(lines).blocks();
}

bool is_running_text(const TextBlock& lines, const std::vector<std::u32string>& texts,
                     const RunningText& least) {
  const bool cased = std::ranges::any_of(
      lines, [&](const PlacedLine* line) { return has_case(texts[line->index]); });
  if (lines.size() < (cased ? least.lines : std::max(least.lines, kMinLinesWithoutCase)))
    return false;
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
  return length >= least.length * count && small >= least.small * count &&
         digits <= least.max_digits * characters &&
         widths[widths.size() / 2] >= least.filled * widths.back();
}

double right_edge(const TextBlock& block) {
  return (*std::ranges::max_element(block, {}, &PlacedLine::right))->right;
}

double left_edge(const TextBlock& block) {
  return (*std::ranges::min_element(block, {}, &PlacedLine::left))->left;
}

}  // namespace ocrtune::columns
