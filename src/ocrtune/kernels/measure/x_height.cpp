#include "ocrtune/kernels/measure/x_height.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/kernels/measure/component_boxes.h"
#include "ocrtune/kernels/measure/ink.h"
#include "ocrtune/kernels/measure/letters.h"

namespace ocrtune {

namespace {

/// Ratio of small letters to capitals and digits, in most typefaces.
constexpr double kSmallToCapital = 0.7;
/// Range of the ratio of taller letters to small ones, ascenders and descenders included.
constexpr double kTallFrom = 1.28;
constexpr double kTallTo = 1.65;
/// Greatest reduction at which components are searched, for dotted print or print with gaps.
constexpr int kCoarsest = 4;
constexpr int kMinSide = 128;

/// The number of letters of each height.
class Heights {
 public:
  Heights(const std::vector<ComponentBox>& boxes, const std::vector<std::size_t>& letters) {
    for (const std::size_t letter : letters) {
      const ComponentBox& box = boxes[letter];
      const auto height = static_cast<std::size_t>(box.height());
      if (height >= counts_.size()) counts_.resize(height + 1);
      // Letters that touch are in one box.
      counts_[height] += std::clamp(box.width() / box.height(), 1, 4);
    }
  }

  [[nodiscard]] int tallest() const { return static_cast<int>(counts_.size()) - 1; }

  /// Letters near a height, weighted by their distance from it; their mean height.
  struct Peak {
    int height = 0;
    double weight = 0;
    double mean = 0;
  };

  [[nodiscard]] Peak peak_at(int height) const {
    const int reach = std::max(1, (height + 5) / 10);
    Peak peak{height};
    double moment = 0;
    for (int h = std::max(0, height - reach); h <= std::min(tallest(), height + reach); ++h) {
      const double weight = (1 - std::abs(h - height) / (reach + 1.0)) *
                            static_cast<double>(counts_[static_cast<std::size_t>(h)]);
      peak.weight += weight;
      moment += weight * h;
    }
    if (peak.weight > 0) peak.mean = moment / peak.weight;
    return peak;
  }

  /// The greatest peak of the heights from `low` to `high`.
  [[nodiscard]] Peak greatest_peak(double low, double high) const {
    Peak greatest;
    const int last = std::min(tallest(), static_cast<int>(high));
    for (int height = static_cast<int>(std::ceil(low)); height <= last; ++height) {
      const Peak peak = peak_at(height);
      if (peak.weight > greatest.weight) greatest = peak;
    }
    return greatest;
  }

  /// Whether a peak is distinct from another.
  [[nodiscard]] bool apart(const Peak& peak, const Peak& other) const {
    return peak.weight >= 1.2 * peak_at((peak.height + other.height) / 2).weight;
  }

 private:
  std::vector<std::int64_t> counts_{0};
};

/// The height of small letters. In text of both cases most letters have that height and some are
/// taller; forms and lists may have more letters that are taller.
double small_height(const Heights& heights) {
  const Heights::Peak main = heights.greatest_peak(1, heights.tallest());
  const auto tall = heights.greatest_peak(kTallFrom * main.mean, kTallTo * main.mean);
  if (tall.weight >= 0.2 * main.weight) return main.mean;
  if (tall.weight >= 0.16 * main.weight && heights.apart(tall, main)) return main.mean;
  const auto small = heights.greatest_peak(main.mean / kTallTo, main.mean / kTallFrom);
  if (small.weight >= 0.3 * main.weight && heights.apart(small, main)) return small.mean;
  return kSmallToCapital * main.mean;
}

struct Finding {
  double height = 0;
  std::size_t letters = 0;
  std::int64_t ink = 0;  ///< pixels of the letters
};

Finding find(const cv::Mat& mask) {
  const std::vector<ComponentBox> boxes = component_boxes(mask);
  const std::vector<std::size_t> letters = letters_among(boxes);
  if (letters.size() < 3) return {};
  Finding finding{small_height(Heights(boxes, letters)), letters.size()};
  for (const std::size_t letter : letters) finding.ink += boxes[letter].area;
  return finding;
}

Finding find_dark_or_light(const cv::Mat& gray) {
  const InkMasks ink = ink_masks(gray);
  const Finding dark = find(ink.dark);
  const Finding light = find(ink.light);
  return dark.letters >= light.letters ? dark : light;
}

}  // namespace

double x_height(const cv::Mat& gray) {
  CV_Assert(!gray.empty() && gray.type() == CV_8UC1);
  Finding best = find_dark_or_light(gray);
  cv::Mat page = gray;
  for (int scale = 2; scale <= kCoarsest && std::min(page.rows, page.cols) >= kMinSide;
       scale *= 2) {
    const cv::Size half(page.cols / 2, page.rows / 2);
    cv::Mat coarse;
    cv::resize(page({0, 0, 2 * half.width, 2 * half.height}), coarse, half, 0, 0, cv::INTER_AREA);
    page = coarse;
    const Finding finding = find_dark_or_light(page);
    // The same ink in far fewer and taller components: the fine ones were parts of letters.
    const std::int64_t ink = std::int64_t{scale} * scale * finding.ink;
    const bool whole = scale * finding.height > 2 * best.height && 10 * ink > 7 * best.ink &&
                       25 * finding.letters > best.letters;
    if (whole) best = {scale * finding.height, finding.letters, ink};
  }
  return best.height;
}

}  // namespace ocrtune
