#include "ocrtune/kernels/x_height.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "ocrtune/kernels/component_boxes.h"

namespace ocrtune {

namespace {

/// Side of the tiles for which, with their neighbours, paper and ink are estimated.
constexpr int kTile = 64;
/// Share of the pixels around a tile that its text covers at least, in 1/1000.
constexpr int kLeastInk = 5;
/// Gray levels between paper and ink at least.
constexpr int kLeastContrast = 16;
/// Pixels of the smallest letters.
constexpr int kLeastHeight = 4;
/// Small letters to capitals and digits, in most typefaces.
constexpr double kSmallToCapital = 0.7;
/// Taller letters to small ones, ascenders and descenders included: from and to.
constexpr double kTallFrom = 1.28;
constexpr double kTallTo = 1.65;
/// A coarser look is taken for print in dots or with gaps, down to a quarter of the size.
constexpr int kCoarsest = 4;
constexpr int kLeastSide = 128;

using TileHistogram = std::array<std::int32_t, 256>;

class TileHistograms {
 public:
  explicit TileHistograms(const cv::Mat& gray)
      : size_((gray.cols + kTile - 1) / kTile, (gray.rows + kTile - 1) / kTile),
        tiles_(static_cast<std::size_t>(size_.area())) {
    for (int y = 0; y < gray.rows; ++y) {
      const std::uint8_t* row = gray.ptr<std::uint8_t>(y);
      for (int tile = 0; tile < size_.width; ++tile) {
        TileHistogram& counts = tiles_[index(tile, y / kTile)];
        const int end = std::min((tile + 1) * kTile, gray.cols);
        for (int x = tile * kTile; x < end; ++x) ++counts[row[x]];
      }
    }
  }

  [[nodiscard]] cv::Size size() const { return size_; }

  /// The histogram of a tile and its neighbours.
  [[nodiscard]] TileHistogram around(int column, int row) const {
    TileHistogram sum{};
    for (int y = std::max(row - 1, 0); y <= std::min(row + 1, size_.height - 1); ++y) {
      for (int x = std::max(column - 1, 0); x <= std::min(column + 1, size_.width - 1); ++x) {
        const TileHistogram& tile = tiles_[index(x, y)];
        for (std::size_t level = 0; level < sum.size(); ++level) sum[level] += tile[level];
      }
    }
    return sum;
  }

 private:
  [[nodiscard]] std::size_t index(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(size_.width) +
           static_cast<std::size_t>(column);
  }

  cv::Size size_;
  std::vector<TileHistogram> tiles_;
};

/// The level that `share` of the pixels are below or at, in 1/1000.
int quantile(const TileHistogram& counts, int share) {
  std::int64_t all = 0;
  for (const std::int32_t count : counts) all += count;
  std::int64_t seen = 0;
  for (std::size_t level = 0; level < counts.size(); ++level) {
    seen += counts[level];
    if (seen * 1000 > all * share) return static_cast<int>(level);
  }
  return 255;
}

/// For each tile the levels that dark ink is below and light ink above; 0 and 255 where the tile
/// has no such ink.
struct Limits {
  cv::Mat below;
  cv::Mat above;
};

Limits ink_limits(const cv::Mat& gray) {
  const TileHistograms tiles(gray);
  Limits limits{cv::Mat(tiles.size(), CV_8UC1), cv::Mat(tiles.size(), CV_8UC1)};
  for (int row = 0; row < tiles.size().height; ++row) {
    for (int column = 0; column < tiles.size().width; ++column) {
      const TileHistogram counts = tiles.around(column, row);
      const int paper = quantile(counts, 500);
      const int dark = paper - quantile(counts, kLeastInk);
      const int light = quantile(counts, 1000 - kLeastInk) - paper;
      // Noise goes as far to both sides.
      const bool has_dark = dark >= kLeastContrast && 2 * dark > 3 * light;
      const bool has_light = light >= kLeastContrast && 2 * light > 3 * dark;
      limits.below.at<uchar>(row, column) = static_cast<uchar>(has_dark ? paper - dark / 2 : 0);
      limits.above.at<uchar>(row, column) = static_cast<uchar>(has_light ? paper + light / 2 : 255);
    }
  }
  return limits;
}

template <typename IsInk>
cv::Mat ink_mask(const cv::Mat& gray, const cv::Mat& limits, IsInk is_ink) {
  cv::Mat mask(gray.size(), CV_8UC1);
  for (int y = 0; y < gray.rows; ++y) {
    const uchar* row = gray.ptr(y);
    const uchar* limit = limits.ptr(y / kTile);
    uchar* to = mask.ptr(y);
    for (int tile = 0; tile < limits.cols; ++tile) {
      const int end = std::min((tile + 1) * kTile, gray.cols);
      for (int x = tile * kTile; x < end; ++x) to[x] = is_ink(row[x], limit[tile]) ? 255 : 0;
    }
  }
  return mask;
}

bool may_be_letter(const ComponentBox& box) {
  const int width = box.width();
  const int height = box.height();
  const std::int64_t frame = std::int64_t{width} * height;
  const bool stroke = height >= 3 * width;
  return height >= kLeastHeight && width >= 2 && height <= 8 * width && width <= 5 * height &&
         100 * box.area >= 12 * frame && (stroke || 100 * box.area <= 95 * frame);
}

/// Beside each other on a line.
bool are_neighbours(const ComponentBox& a, const ComponentBox& b) {
  const int shorter = std::min(a.height(), b.height());
  const int taller = std::max(a.height(), b.height());
  const int overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  const int gap = std::max(a.left, b.left) - std::min(a.right, b.right);
  return 10 * taller <= 22 * shorter && 10 * overlap >= 6 * shorter && gap <= taller;
}

/// The boxes that look like letters and have such a neighbour.
std::vector<ComponentBox> letters_among(std::vector<ComponentBox> boxes) {
  constexpr int kBand = 32;
  constexpr std::size_t kLookedAt = 12;
  std::erase_if(boxes, [](const ComponentBox& box) { return !may_be_letter(box); });
  std::ranges::sort(boxes, {}, [](const ComponentBox& box) {
    return std::pair{box.left, box.top};
  });
  int bottom = 0;
  for (const ComponentBox& box : boxes) bottom = std::max(bottom, box.bottom);
  // For each band of rows the boxes in it that begin further to the left.
  std::vector<std::vector<std::size_t>> bands(static_cast<std::size_t>(bottom / kBand + 1));
  std::vector<bool> has_neighbour(boxes.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (int band = boxes[i].top / kBand; band <= (boxes[i].bottom - 1) / kBand; ++band) {
      std::vector<std::size_t>& before = bands[static_cast<std::size_t>(band)];
      const std::size_t first = before.size() - std::min(before.size(), kLookedAt);
      for (std::size_t other = first; other < before.size(); ++other) {
        if (!are_neighbours(boxes[before[other]], boxes[i])) continue;
        has_neighbour[i] = true;
        has_neighbour[before[other]] = true;
      }
      before.push_back(i);
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (has_neighbour[i]) boxes[kept++] = boxes[i];
  }
  boxes.resize(kept);
  return boxes;
}

/// How many letters there are of each height.
class Heights {
 public:
  explicit Heights(const std::vector<ComponentBox>& letters) {
    for (const ComponentBox& box : letters) {
      const auto height = static_cast<std::size_t>(box.height());
      if (height >= counts_.size()) counts_.resize(height + 1);
      // Letters that touch lie in one box.
      counts_[height] += std::clamp(box.width() / box.height(), 1, 4);
    }
  }

  [[nodiscard]] int tallest() const { return static_cast<int>(counts_.size()) - 1; }

  /// Letters about as tall as a height, counted the less the less they are so; their mean height.
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

  /// Does a peak stand apart from another?
  [[nodiscard]] bool apart(const Peak& peak, const Peak& other) const {
    return peak.weight >= 1.2 * peak_at((peak.height + other.height) / 2).weight;
  }

 private:
  std::vector<std::int64_t> counts_{0};
};

/// The height of small letters. Text of both cases has most letters at that height and some that
/// are taller; forms and lists may have more that are taller.
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
  const std::vector<ComponentBox> letters = letters_among(component_boxes(mask));
  if (letters.size() < 3) return {};
  Finding finding{small_height(Heights(letters)), letters.size()};
  for (const ComponentBox& box : letters) finding.ink += box.area;
  return finding;
}

Finding find_dark_or_light(const cv::Mat& gray) {
  const Limits limits = ink_limits(gray);
  const Finding dark =
      find(ink_mask(gray, limits.below, [](uchar level, uchar limit) { return level < limit; }));
  const Finding light =
      find(ink_mask(gray, limits.above, [](uchar level, uchar limit) { return level > limit; }));
  return dark.letters >= light.letters ? dark : light;
}

}  // namespace

double x_height(const cv::Mat& gray) {
  CV_Assert(!gray.empty() && gray.type() == CV_8UC1);
  Finding best = find_dark_or_light(gray);
  cv::Mat page = gray;
  for (int scale = 2; scale <= kCoarsest && std::min(page.rows, page.cols) >= kLeastSide;
       scale *= 2) {
    const cv::Size half(page.cols / 2, page.rows / 2);
    cv::Mat coarse;
    cv::resize(page({0, 0, 2 * half.width, 2 * half.height}), coarse, half, 0, 0, cv::INTER_AREA);
    page = coarse;
    const Finding finding = find_dark_or_light(page);
    // The same ink in far fewer and taller pieces: the fine ones were pieces of letters.
    const bool whole = scale * finding.height > 2 * best.height &&
                       10 * scale * scale * finding.ink > 7 * best.ink &&
                       25 * finding.letters > best.letters;
    if (whole) best = {scale * finding.height, finding.letters, scale * scale * finding.ink};
  }
  return best.height;
}

}  // namespace ocrtune
