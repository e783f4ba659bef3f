#include "ocrtune/kernels/measure/skew.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "ocrtune/kernels/measure/ink.h"
#include "ocrtune/kernels/measure/letters.h"

namespace ocrtune {

namespace {

constexpr std::size_t kFewest = 12;
/// More points do not improve the accuracy.
constexpr std::size_t kMaxFeet = 6000;
constexpr double kCoarseStep = 1.0 / 512;
constexpr double kFineStep = 1.0 / 8192;
/// Width of a line of the profile, in heights of letters.
constexpr double kCoarseWidth = 1.0 / 3;
constexpr double kFineWidth = 1.0 / 10;
/// Bins over which a line of the profile slides, so that the positions of their edges matter
/// little.
constexpr int kBins = 4;

struct Point {
  double x = 0;
  double y = 0;
};

std::vector<ComponentBox> letters_of(const cv::Mat& mask) {
  const std::vector<ComponentBox> boxes = component_boxes(mask);
  std::vector<ComponentBox> letters;
  const std::vector<std::size_t> chosen = letters_among(boxes);
  letters.reserve(chosen.size());
  for (const std::size_t letter : chosen) letters.push_back(boxes[letter]);
  return letters;
}

/// Projects points along slopes onto lines of a given width, and measures how unevenly they fall.
class Profile {
 public:
  Profile(const std::vector<Point>& points, double width) : points_(points), bin_(width / kBins) {
    double across = 0;
    double down = 0;
    for (const Point& point : points) {
      across = std::max(across, std::abs(point.x));
      down = std::max(down, std::abs(point.y));
    }
    reach_ = down + (kSteepestSkew + kCoarseStep) * across;
    bins_.resize(static_cast<std::size_t>(2 * reach_ / bin_) + 2 + kBins);
  }

  /// The sum of the squares of the counts of lines.
  double sharpness(double slope) {
    std::ranges::fill(bins_, 0.0);
    for (const Point& point : points_) {
      const double place = (point.y - slope * point.x + reach_) / bin_;
      const auto bin = static_cast<std::size_t>(place);
      const double part = place - static_cast<double>(bin);
      bins_[bin] += 1 - part;
      bins_[bin + 1] += part;
    }
    double sum = 0;
    for (std::size_t bin = kBins; bin <= bins_.size(); ++bin) {
      double line = 0;
      for (std::size_t back = 1; back <= kBins; ++back) line += bins_[bin - back];
      sum += line * line;
    }
    return sum;
  }

 private:
  const std::vector<Point>& points_;
  double bin_;
  double reach_ = 0;
  std::vector<double> bins_;
};

/// The lower ends of letters, relative to the centre of all.
std::vector<Point> feet(const std::vector<ComponentBox>& letters) {
  const std::size_t step = (letters.size() + kMaxFeet - 1) / kMaxFeet;
  std::vector<Point> points;
  points.reserve(letters.size());
  Point middle;
  for (std::size_t i = 0; i < letters.size(); i += step) {
    const ComponentBox& box = letters[i];
    points.push_back({0.5 * (box.left + box.right), static_cast<double>(box.bottom)});
    middle.x += points.back().x;
    middle.y += points.back().y;
  }
  const auto count = static_cast<double>(points.size());
  for (Point& point : points) {
    point.x -= middle.x / count;
    point.y -= middle.y / count;
  }
  return points;
}

}  // namespace

PageLetters page_letters(const InkMasks& ink) {
  PageLetters dark{.boxes = letters_of(ink.dark)};
  PageLetters light{.boxes = letters_of(ink.light), .light = true};
  return dark.boxes.size() >= light.boxes.size() ? dark : light;
}

std::vector<ComponentBox> letter_boxes(const cv::Mat& gray) {
  return page_letters(ink_masks(gray)).boxes;
}

Skew text_skew(const std::vector<ComponentBox>& letters) {
  if (letters.size() < kFewest) return {};
  const std::vector<Point> points = feet(letters);
  const double height = median_height(letters);

  Profile coarse(points, std::max(1.0, kCoarseWidth * height));
  const int steps = static_cast<int>(kSteepestSkew / kCoarseStep);
  double best = 0;
  double sum = 0;
  double slope = 0;
  for (int step = -steps; step <= steps; ++step) {
    const double sharpness = coarse.sharpness(step * kCoarseStep);
    sum += sharpness;
    if (sharpness <= best) continue;
    best = sharpness;
    slope = step * kCoarseStep;
  }
  const double confidence = best * (2 * steps + 1) / sum;

  Profile fine(points, std::max(1.0, kFineWidth * height));
  const int around = static_cast<int>(kCoarseStep / kFineStep);
  double finest = 0;
  double found = slope;
  for (int step = -around; step <= around; ++step) {
    const double sharpness = fine.sharpness(slope + step * kFineStep);
    if (sharpness <= finest) continue;
    finest = sharpness;
    found = slope + step * kFineStep;
  }
  return {found, confidence};
}

}  // namespace ocrtune
