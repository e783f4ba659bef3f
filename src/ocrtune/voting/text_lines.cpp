#include "ocrtune/voting/text_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include "ocrtune/documents/box.h"

namespace ocrtune {
namespace {

constexpr double kMinHeight = 4;
constexpr double kSteepest = 0.15;
/// Of shorter lines the slope is not known.
constexpr double kSlopedFrom = 6;
constexpr double kNearLine = 0.5;
/// How far, in line heights, a word may be beside a line that the first result lacks.
constexpr double kBesideLine = 3;
constexpr double kCostOfGap = 0.02;
// How far, in line heights, a part of a line may be from the next, to the side and in height.
constexpr double kBetweenParts = 10;
constexpr double kPartsAside = 0.8;

struct Point2 {
  double x = 0;
  double y = 0;
};

Point2 middle(const Word& word) {
  const Box box = box_of(word);
  return {static_cast<double>(box.middle_x()) / 2, static_cast<double>(box.middle_y()) / 2};
}

/// A line with its place on the page: its middle is at a height of start + slope * x.
struct PlacedLine {
  TextLine line;
  double start = 0;
  double slope = 0;
  double left = std::numeric_limits<double>::infinity();
  double right = -std::numeric_limits<double>::infinity();

  [[nodiscard]] double height_at(double x) const { return start + slope * x; }
};

/// Fits a line to the middles of words (least squares, weighted by their widths).
void place(PlacedLine& placed, const std::vector<const Word*>& words) {
  double n = 0;
  double x = 0;
  double y = 0;
  double xx = 0;
  double xy = 0;
  std::vector<double> heights;
  for (const Word* word : words) {
    const Point2 at = middle(*word);
    const auto weight = static_cast<double>(box_of(*word).width());
    n += weight;
    x += weight * at.x;
    y += weight * at.y;
    xx += weight * at.x * at.x;
    xy += weight * at.x * at.y;
    heights.push_back(static_cast<double>(box_of(*word).height()));
    placed.left = std::min(placed.left, static_cast<double>(word->left));
    placed.right = std::max(placed.right, static_cast<double>(word->right));
  }
  const auto median = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::ranges::nth_element(heights, median);
  placed.line.height = std::max(kMinHeight, *median);
  const double spread = n * xx - x * x;
  const bool is_long = placed.right - placed.left > kSlopedFrom * placed.line.height;
  if (words.size() > 2 && is_long && spread > 0)
    placed.slope = std::clamp((n * xy - x * y) / spread, -kSteepest, kSteepest);
  placed.start = (y - placed.slope * x) / n;
}

/// Whether `next`, the following line of the same result, is beside the end of `line`: engines that
/// find pieces of text by themselves return a line with wide spaces as several.
bool goes_on(const PlacedLine& line, const PlacedLine& next) {
  const double height = std::max(line.line.height, next.line.height);
  const double gap = next.left - line.right;
  if (gap < -height / 2 || gap > kBetweenParts * height) return false;
  return std::abs(line.height_at(next.left) - next.height_at(next.left)) <
         kPartsAside * std::min(line.line.height, next.line.height);
}

/// The lines of one result, those that go on in the next joined with it.
std::vector<PlacedLine> joined_lines(std::vector<PlacedLine> lines, std::size_t result) {
  std::vector<PlacedLine> joined;
  for (PlacedLine& line : lines) {
    if (joined.empty() || !goes_on(joined.back(), line)) {
      joined.push_back(std::move(line));
      continue;
    }
    PlacedLine whole{.line = std::move(joined.back().line)};
    std::vector<const Word*>& words = whole.line.words[result];
    const std::vector<const Word*>& more = line.line.words[result];
    words.insert(words.end(), more.begin(), more.end());
    place(whole, words);
    joined.back() = std::move(whole);
  }
  return joined;
}

/// The words of results that are in no line yet.
class LineBuilder {
 public:
  explicit LineBuilder(const std::vector<const OcrResult*>& results) : results_(results) {
    for (const OcrResult* result : results) {
      std::vector<const Word*>& words = left_.emplace_back();
      for (const Word& word : result->words) {
        if (has_box(word)) words.push_back(&word);
      }
    }
  }

  std::vector<TextLine> lines() {
    for (std::size_t from = 0; from < results_.size(); ++from) {
      std::vector<PlacedLine> fresh = lines_of(from);
      for (std::size_t i = from + 1; i < results_.size(); ++i) assign(i, from, fresh);
      for (PlacedLine& line : fresh) {
        for (std::size_t i = from + 1; i < results_.size(); ++i)
          std::ranges::stable_sort(line.line.words[i], {}, &Word::left);
        if (from == 0) {
          lines_.push_back(std::move(line));
        } else {
          insert(std::move(line));
        }
      }
    }
    std::vector<TextLine> lines;
    lines.reserve(lines_.size());
    for (PlacedLine& line : lines_) lines.push_back(std::move(line.line));
    return lines;
  }

 private:
  /// The lines of a result's words that are left, which are taken.
  std::vector<PlacedLine> lines_of(std::size_t result) {
    std::vector<PlacedLine> lines;
    const auto key = [](const Word& word) {
      return std::tuple(word.block, word.paragraph, word.line);
    };
    const Word* last = nullptr;
    for (const Word* word : left_[result]) {
      if (last == nullptr || key(*last) != key(*word)) {
        PlacedLine& line = lines.emplace_back();
        line.line.words.resize(results_.size());
        line.line.block = word->block;
        line.line.paragraph = word->paragraph;
      }
      lines.back().line.words[result].push_back(word);
      last = word;
    }
    left_[result].clear();
    for (PlacedLine& line : lines) place(line, line.line.words[result]);
    return joined_lines(std::move(lines), result);
  }

  /// Moves the words of a result that are left to the lines they belong to.
  void assign(std::size_t result, std::size_t from, std::vector<PlacedLine>& lines) {
    std::erase_if(left_[result], [&](const Word* word) {
      PlacedLine* line = nearest(*word, from, lines);
      if (line == nullptr) return false;
      line->line.words[result].push_back(word);
      return true;
    });
  }

  static PlacedLine* nearest(const Word& word, std::size_t from, std::vector<PlacedLine>& lines) {
    const Point2 at = middle(word);
    const auto height = static_cast<double>(box_of(word).height());
    PlacedLine* best = nullptr;
    double least = std::numeric_limits<double>::infinity();
    for (PlacedLine& line : lines) {
      const double unit = std::max(line.line.height, std::min(height, 1.5 * line.line.height));
      const double away = std::abs(line.height_at(at.x) - at.y) / unit;
      if (away > kNearLine) continue;
      const double gap = std::max({0.0, line.left - at.x, at.x - line.right}) / line.line.height;
      if (from > 0 && gap > kBesideLine) continue;
      const double cost = away + kCostOfGap * gap;
      if (cost >= least) continue;
      least = cost;
      best = &line;
    }
    return best;
  }

  /// Puts a line that the first result lacks after the nearest line above it.
  void insert(PlacedLine line) {
    const double x = (line.left + line.right) / 2;
    const double y = line.height_at(x);
    auto after = lines_.begin();
    double lowest = -std::numeric_limits<double>::infinity();
    for (auto at = lines_.begin(); at != lines_.end(); ++at) {
      const double height = at->height_at(x);
      if (height >= y || height <= lowest) continue;
      lowest = height;
      after = at + 1;
    }
    if (after != lines_.begin()) {
      line.line.block = (after - 1)->line.block;
      line.line.paragraph = (after - 1)->line.paragraph;
    } else if (!lines_.empty()) {
      line.line.block = lines_.front().line.block;
      line.line.paragraph = lines_.front().line.paragraph;
    }
    lines_.insert(after, std::move(line));
  }

  const std::vector<const OcrResult*>& results_;
  std::vector<std::vector<const Word*>> left_;
  std::vector<PlacedLine> lines_;
};

}  // namespace

std::vector<TextLine> common_lines(const std::vector<const OcrResult*>& results) {
  return LineBuilder(results).lines();
}

}  // namespace ocrtune
