#include "ocrtune/ocr/columns/columns.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/columns/text_blocks.h"

namespace ocrtune::columns {
namespace {

/// Between columns of running text, in heights of a line.
constexpr double kMaxWidth = 10;

/// Of text beside a sidebar more is asked: nothing is known of what the sidebar holds.
constexpr RunningText kBesideSidebar{
    .lines = 5, .length = 9, .filled = 0.6, .small = 0.3, .max_digits = 0.15};
constexpr std::size_t kMinSidebar = 4;  ///< lines
/// Two baselines agree, in heights of the lower line.
constexpr double kAgree = 0.2;
constexpr double kMaxAgreement = 0.4;  ///< beyond chance

/// The lines of a block that are beside another block.
TextBlock beside(const TextBlock& block, const TextBlock& other) {
  TextBlock lines;
  for (const PlacedLine* line : block) {
    if (line->bottom() > other.front()->top() && line->top() < other.back()->bottom())
      lines.push_back(line);
  }
  return lines;
}

/// Where the lines of a block are, or half-way to the next, where cells of two lines have what is
/// centred beside them. px.
std::vector<double> heights(const TextBlock& block, bool half_way) {
  std::vector<double> all;
  all.reserve(block.size());
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (!half_way)
      all.push_back(block[i]->y);
    else if (i > 0)
      all.push_back((block[i - 1]->y + block[i]->y) / 2);
  }
  return all;
}

/// How much more often lines are at the heights of a block than if they stood anywhere: 1 if all
/// are.
double agreement(const TextBlock& lines, const TextBlock& block, bool half_way) {
  const std::vector<double> known = heights(block, half_way);
  const auto agreeing = std::ranges::count_if(lines, [&](const PlacedLine* line) {
    const double near = kAgree * std::min(line->height, block.front()->height);
    return std::ranges::any_of(known, [&](double y) { return std::abs(line->y - y) <= near; });
  });
  double height = 0;
  for (const PlacedLine* line : block) height += line->height;
  const double chance =
      std::min(0.9, 2 * kAgree * height / std::max(1.0, block.back()->y - block.front()->y));
  const double observed = static_cast<double>(agreeing) / static_cast<double>(lines.size());
  return (observed - chance) / (1 - chance);
}

/// Finds the gutters of one page.
class GutterFinder {
 public:
  GutterFinder(const std::vector<PlacedLine>& lines, const std::vector<std::string>& texts)
      : lines_(lines), blocks_(text_blocks(lines)) {
    texts_.reserve(texts.size());
    for (const std::string& text : texts) texts_.push_back(code_points(text));
    std::erase_if(blocks_,
                  [](const TextBlock& block) { return block.size() < RunningText{}.lines; });
  }

  std::vector<Gutter> gutters() {
    for (const TextBlock& left : blocks_) {
      for (const TextBlock& right : blocks_) {
        if (&left != &right) add_between(left, right);
      }
    }
    for (const TextBlock& block : blocks_) {
      if (!is_running_text(block, texts_, kBesideSidebar)) continue;
      add_sidebar(block, true);
      add_sidebar(block, false);
    }
    return std::move(gutters_);
  }

 private:
  void add_between(const TextBlock& left, const TextBlock& right) {
    if (left.back()->bottom() <= right.front()->top() ||
        right.back()->bottom() <= left.front()->top())
      return;
    const TextBlock of_left = beside(left, right);
    const TextBlock of_right = beside(right, left);
    if (!is_running_text(of_left, texts_) || !is_running_text(of_right, texts_)) return;
    const double from = right_edge(of_left);
    const double to = left_edge(of_right);
    const double height = of_left.front()->height;
    if (to < from - height || to > from + kMaxWidth * height) return;
    add({.x = (from + to) / 2,
         .top = std::max(of_left.front()->top(), of_right.front()->top()),
         .bottom = std::min(of_left.back()->bottom(), of_right.back()->bottom())},
        of_left.size() + of_right.size(), height,
        {.left = left_edge(left),
         .right = right_edge(right),
         .top = std::min(left.front()->top(), right.front()->top()),
         .bottom = std::max(left.back()->bottom(), right.back()->bottom())});
  }

  /// Whether a block has a gutter on one side.
  [[nodiscard]] bool has_gutter(const TextBlock& block, bool on_the_left) const {
    const double height = block.front()->height;
    return std::ranges::any_of(gutters_, [&](const Gutter& gutter) {
      return gutter.top < block.back()->bottom() && gutter.bottom > block.front()->top() &&
             (on_the_left ? gutter.x <= left_edge(block) + height
                          : gutter.x >= right_edge(block) - height);
    });
  }

  /// Adds the gutter between a block and what is on one side of it.
  void add_sidebar(const TextBlock& block, bool on_the_left) {
    if (has_gutter(block, on_the_left)) return;
    const double left = left_edge(block);
    const double right = right_edge(block);
    const double height = block.front()->height;
    TextBlock sidebar;
    for (const PlacedLine& line : lines_) {
      const bool is_outside =
          on_the_left ? line.right <= left + height / 2 : line.left >= right - height / 2;
      if (is_outside && line.y >= block.front()->top() && line.y <= block.back()->bottom())
        sidebar.push_back(&line);
    }
    if (sidebar.size() < kMinSidebar || agreement(sidebar, block, false) > kMaxAgreement ||
        agreement(sidebar, block, true) > kMaxAgreement)
      return;
    const double x =
        on_the_left ? (right_edge(sidebar) + left) / 2 : (left_edge(sidebar) + right) / 2;
    add({.x = x, .top = block.front()->top(), .bottom = block.back()->bottom()},
        block.size() + sidebar.size(), height,
        {.left = std::min(left, left_edge(sidebar)),
         .right = std::max(right, right_edge(sidebar)),
         .top = block.front()->top(),
         .bottom = block.back()->bottom()});
  }

  void add(const Gutter& gutter, std::size_t beside, double height, const GutterReach& reach) {
    if (is_free(gutter, lines_, beside))
      add_gutter(extended(gutter, lines_, reach), 2 * height, lines_, gutters_);
  }

  const std::vector<PlacedLine>& lines_;
  std::vector<TextBlock> blocks_;
  std::vector<std::u32string> texts_;
  std::vector<Gutter> gutters_;
};

}  // namespace

std::vector<Gutter> gutters_between_columns(const std::vector<PlacedLine>& lines,
                                            const std::vector<std::string>& texts) {
  return GutterFinder(lines, texts).gutters();
}

bool is_in_earlier_column(const PlacedLine& line, const PlacedLine& other,
                          const std::vector<Gutter>& gutters) {
  return std::ranges::any_of(gutters, [&](const Gutter& gutter) {
    return gutter.reaches(line) && gutter.reaches(other) && line.x < gutter.x && other.x > gutter.x;
  });
}

}  // namespace ocrtune::columns
