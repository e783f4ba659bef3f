#include "ocrtune/kernels/measure/dark_regions.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/kernels/measure/component_boxes.h"
#include "ocrtune/kernels/measure/gray_statistics.h"
#include "ocrtune/kernels/measure/letters.h"
#include "ocrtune/kernels/measure/local_moments.h"

namespace ocrtune {

namespace {

/// Least number of light components that look like letters in a region with text.
constexpr int kMinLetters = 3;
/// Least difference of letters to the ground: in gray levels, and as a share of the difference
/// between light and dark on the page. Noise about the threshold has less.
constexpr double kMinContrast = 24;
constexpr double kContrastShare = 0.35;
/// Windows per height of the smallest letters; the dots of a halftone are smaller.
constexpr int kSmallestLetter = 8;

/// 255 where more than this share of the surroundings is dark.
cv::Mat mostly_dark(const cv::Mat& dark, DarkRegionLimits limits) {
  LocalMoments moments(dark, limits.window);
  cv::Mat out(dark.size(), CV_8UC1);
  for (int y = 0; y < dark.rows; ++y) {
    moments.next_row();
    std::uint8_t* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < dark.cols; ++x) {
      to[x] = moments.at(x).mean() > 255 * limits.share ? 255 : 0;
    }
  }
  return out;
}

/// The number of marked pixels of each component.
std::vector<std::int64_t> marked_pixels(const Components& parts, const cv::Mat& marks) {
  std::vector<std::int64_t> counts(parts.boxes.size());
  for (const ComponentRun& run : parts.runs) {
    const std::uint8_t* row = marks.ptr<std::uint8_t>(run.y);
    for (int x = run.begin; x < run.end; ++x) {
      if (row[x] != 0) ++counts[run.component];
    }
  }
  return counts;
}

/// Paints the components for which `chosen` is true.
template <typename Chosen>
void paint(const Components& parts, Chosen chosen, cv::Mat& mask) {
  for (const ComponentRun& run : parts.runs) {
    if (!chosen(run.component)) continue;
    std::fill_n(mask.ptr<std::uint8_t>(run.y) + run.begin, run.end - run.begin, std::uint8_t{255});
  }
}

/// The dark parts of regions: of components with much mostly dark ground, the pixels no further
/// from that ground than the window reaches; and other components that are mostly in such ground,
/// such as those that letters enclose.
cv::Mat dark_ground(const cv::Mat& dark, const cv::Mat& most, int window) {
  const Components parts = components(dark);
  const std::vector<std::int64_t> inside = marked_pixels(parts, most);
  const std::int64_t least = std::max<std::int64_t>(std::int64_t{window} * window / 4, 1);
  const auto is_ground = [&](std::size_t part) { return inside[part] >= least; };
  cv::Mat ground(dark.size(), CV_8UC1, cv::Scalar(0));
  paint(parts, is_ground, ground);
  if (cv::countNonZero(ground) == 0) return {};
  cv::Mat near;
  cv::dilate(ground & most, near, cv::Mat::ones(window, window, CV_8UC1));
  ground &= near;
  paint(
      parts,
      [&](std::size_t part) {
        return !is_ground(part) && 2 * inside[part] > parts.boxes[part].area;
      },
      ground);
  return ground;
}

/// How much lighter components are than the dark pixels to the left and right of them.
std::vector<double> contrasts(const Components& light, const cv::Mat& gray, const cv::Mat& dark) {
  struct Levels {
    GraySums inside;
    GraySums beside;
  };
  std::vector<Levels> levels(light.boxes.size());
  for (const ComponentRun& run : light.runs) {
    const std::uint8_t* row = gray.ptr<std::uint8_t>(run.y);
    const std::uint8_t* is_dark = dark.ptr<std::uint8_t>(run.y);
    Levels& part = levels[run.component];
    for (int x = run.begin; x < run.end; ++x) part.inside.sum += row[x];
    part.inside.count += run.end - run.begin;
    // Beyond the soft edge.
    for (const int x : {run.begin - 2, run.end + 1}) {
      if (x < 0 || x >= gray.cols || is_dark[x] == 0) continue;
      part.beside.sum += row[x];
      ++part.beside.count;
    }
  }
  std::vector<double> result;
  result.reserve(levels.size());
  for (const Levels& part : levels) {
    result.push_back(part.beside.count == 0 ? 0 : part.inside.mean() - part.beside.mean());
  }
  return result;
}

/// The component of a pixel, which must be in one.
std::size_t component_at(const Components& parts, int y, int x) {
  const auto after =
      std::ranges::upper_bound(parts.runs, std::pair{y, x}, {}, [](const ComponentRun& run) {
        return std::pair{run.y, run.begin};
      });
  return std::prev(after)->component;
}

}  // namespace

cv::Mat dark_text_regions(const cv::Mat& gray, DarkRegionLimits limits) {
  CV_Assert(!gray.empty() && gray.type() == CV_8UC1);
  const Histogram levels = histogram(gray);
  const int threshold = otsu_threshold(levels);
  const cv::Mat dark = gray <= threshold;
  const cv::Mat most = mostly_dark(dark, limits);
  cv::Mat mask = dark_ground(dark, most, limits.window);
  if (mask.empty()) return {};

  const Components light = components(255 - dark, Connectivity::four);
  const std::vector<std::int64_t> surrounded = marked_pixels(light, most);
  const auto in_region = [&](std::size_t part) {
    return 2 * surrounded[part] > light.boxes[part].area;
  };
  paint(light, in_region, mask);

  const double distance =
      gray_sums(levels, threshold + 1, 255).mean() - gray_sums(levels, 0, threshold).mean();
  const double least = std::max(kMinContrast, kContrastShare * distance);
  const std::vector<double> contrast = contrasts(light, gray, dark);
  std::vector<bool> is_letter(light.boxes.size());
  for (const std::size_t letter : letters_among(light.boxes)) {
    is_letter[letter] = in_region(letter) && contrast[letter] >= least &&
                        kSmallestLetter * light.boxes[letter].height() >= limits.window;
  }
  const Components regions = components(mask);
  std::vector<int> letters(regions.boxes.size());
  for (const ComponentRun& run : light.runs) {
    if (!is_letter[run.component]) continue;
    is_letter[run.component] = false;
    ++letters[component_at(regions, run.y, run.begin)];
  }
  mask.setTo(0);
  paint(
      regions, [&](std::size_t region) { return letters[region] >= kMinLetters; }, mask);
  return cv::countNonZero(mask) == 0 ? cv::Mat() : mask;
}

}  // namespace ocrtune
