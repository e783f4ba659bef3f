#include "ocrtune/kernels/measure/text_bend.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

#include "ocrtune/kernels/measure/letters.h"

namespace ocrtune {

namespace {

constexpr std::size_t kMinLettersOfLine = 8;
constexpr std::size_t kMinLines = 5;
/// In heights of letters: the widest gap between words of a line, the greatest vertical distance of
/// the next letter of a line, and that of a letter from the surface, for each round of fitting.
constexpr double kWidestGap = 3;
constexpr double kGreatestStep = 0.7;
constexpr std::array kReach{1.5, 0.8, 0.5, 0.4, 0.4, 0.4};
/// Least fraction of the letters that lie on the surface, and how near half of them must be.
constexpr double kMinShare = 0.6;
constexpr double kNear = 0.12;

constexpr int kTerms = Bend::kAcross * Bend::kDown;
using Terms = Eigen::Matrix<double, kTerms, 1>;
using Square = Eigen::Matrix<double, kTerms, kTerms>;

struct TextLine {
  std::vector<cv::Point2d> feet;
  double level = 0;  ///< the line's position when it is level
};

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// Chains of letters, each beside the one before.
std::vector<TextLine> chained(std::vector<ComponentBox> letters, double height) {
  std::ranges::stable_sort(letters, {}, &ComponentBox::left);
  std::vector<TextLine> lines;
  std::vector<ComponentBox> last;
  for (const ComponentBox& box : letters) {
    std::size_t best = lines.size();
    double nearest = kGreatestStep * height;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (box.left - last[i].right > kWidestGap * height || box.right <= last[i].right) continue;
      const double step = std::abs(box.bottom - last[i].bottom);
      if (step >= nearest) continue;
      nearest = step;
      best = i;
    }
    if (best == lines.size()) {
      lines.emplace_back();
      last.emplace_back();
    }
    lines[best].feet.emplace_back(0.5 * (box.left + box.right), box.bottom);
    last[best] = box;
  }
  std::erase_if(lines, [](const TextLine& line) { return line.feet.size() < kMinLettersOfLine; });
  return lines;
}

/// The terms of Bend::at() for a position.
Terms terms_at(const Bend& bend, const cv::Point2d& place) {
  Terms terms;
  Bend one = bend;
  for (int i = 0; i < kTerms; ++i) {
    one.weights = {};
    one.weights.at(static_cast<std::size_t>(i)) = 1;
    terms[i] = one.at(place);
  }
  return terms;
}

/// One round of least squares: the surface, and the levels of the lines.
void fit(std::span<TextLine> lines, double reach, bool first, Bend& bend) {
  Square squares = Square::Zero();
  Terms products = Terms::Zero();
  double count = 0;
  struct Row {
    Terms terms;
    double y = 0;
    double weight = 0;
  };
  for (TextLine& line : lines) {
    std::vector<Row> rows;
    rows.reserve(line.feet.size());
    Terms mean = Terms::Zero();
    double mean_y = 0;
    double all = 0;
    for (const cv::Point2d& foot : line.feet) {
      Row row{terms_at(bend, {foot.x, line.level}), foot.y};
      const double away = first ? 0 : (foot.y - line.level - bend.at({foot.x, line.level})) / reach;
      row.weight = std::abs(away) < 1 ? (1 - away * away) * (1 - away * away) : 0;
      mean += row.weight * row.terms;
      mean_y += row.weight * row.y;
      all += row.weight;
      rows.push_back(row);
    }
    if (all == 0) continue;
    mean /= all;
    mean_y /= all;
    for (const Row& row : rows) {
      const Terms from_mean = row.terms - mean;
      squares += row.weight * from_mean * from_mean.transpose();
      products += row.weight * (row.y - mean_y) * from_mean;
    }
    count += all;
  }
  // A small regularization, for what the lines do not determine.
  squares.diagonal().array() += 1e-4 * count + 1e-9;
  const Terms weights = squares.ldlt().solve(products);
  for (int i = 0; i < kTerms; ++i)
    bend.weights.at(static_cast<std::size_t>(i)) = std::round(weights[i] * 64) / 64;
}

/// The levels of the lines below the surface, by the medians of their letters.
void settle_levels(std::span<TextLine> lines, const Bend& bend) {
  for (TextLine& line : lines) {
    std::vector<double> levels;
    levels.reserve(line.feet.size());
    for (const cv::Point2d& foot : line.feet)
      levels.push_back(foot.y - bend.at({foot.x, line.level}));
    line.level = median(levels);
  }
}

cv::Rect2d bounding_box(const std::vector<TextLine>& lines) {
  cv::Point2d low = lines.front().feet.front();
  cv::Point2d high = low;
  for (const TextLine& line : lines) {
    for (const cv::Point2d& foot : line.feet) {
      low = {std::min(low.x, foot.x), std::min(low.y, foot.y)};
      high = {std::max(high.x, foot.x), std::max(high.y, foot.y)};
    }
  }
  return {low, high};
}

bool lies_on_lines(const std::vector<TextLine>& lines, const Bend& bend, double height) {
  std::vector<double> distances;
  for (const TextLine& line : lines) {
    for (const cv::Point2d& foot : line.feet)
      distances.push_back(std::abs(foot.y - line.level - bend.at({foot.x, line.level})));
  }
  const auto near = std::ranges::count_if(
      distances, [&](double distance) { return distance < 2 * kNear * height; });
  const auto all = static_cast<double>(distances.size());
  return static_cast<double>(near) >= kMinShare * all && median(distances) <= kNear * height;
}

/// The greatest distance of the text from straight lines: the part that is not proportional to the
/// horizontal position.
double greatest_bend(const std::vector<TextLine>& lines, const Bend& bend) {
  Bend bent = bend;
  for (std::size_t i = 0; i < std::size_t{Bend::kDown}; ++i) bent.weights.at(i) = 0;
  double most = 0;
  for (const TextLine& line : lines) {
    double low = 1e9;
    double high = -1e9;
    for (const cv::Point2d& foot : line.feet) {
      const double shift = bent.at({foot.x, line.level});
      low = std::min(low, shift);
      high = std::max(high, shift);
    }
    most = std::max(most, high - low);
  }
  return most;
}

}  // namespace

std::optional<TextBend> text_bend(const std::vector<ComponentBox>& letters, const cv::Size& size) {
  if (letters.size() < kMinLettersOfLine * kMinLines) return {};
  const double height = median_height(letters);
  std::vector<TextLine> lines = chained(letters, height);
  if (lines.size() < kMinLines) return {};
  Bend bend{.size = cv::Size2d(size.width, size.height), .known = bounding_box(lines)};
  settle_levels(lines, bend);
  bool first = true;
  for (const double reach : kReach) {
    fit(lines, reach * height, first, bend);
    settle_levels(lines, bend);
    first = false;
  }
  // Lines must not overlap.
  double steepest = 0;
  for (std::size_t i = 1; i < bend.weights.size(); i += Bend::kDown)
    steepest += std::abs(bend.weights.at(i));
  if (steepest > 0.1 * size.height || !lies_on_lines(lines, bend, height)) return {};
  return TextBend{bend, greatest_bend(lines, bend), height};
}

}  // namespace ocrtune
