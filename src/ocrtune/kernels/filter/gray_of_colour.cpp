#include "ocrtune/kernels/filter/gray_of_colour.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

#include "ocrtune/kernels/filter/steady_power.h"

namespace ocrtune {
namespace {

using Colour = cv::Vec3b;
using Matrix = std::array<std::array<double, 3>, 3>;

void check_colours(const cv::Mat& bgr) { CV_Assert(bgr.type() == CV_8UC3 && !bgr.empty()); }

/// Applies `level` to each pixel.
template <typename Level>
cv::Mat made_of(const cv::Mat& bgr, Level level) {
  check_colours(bgr);
  cv::Mat gray(bgr.size(), CV_8UC1);
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* in = bgr.ptr<Colour>(y);
    auto* out = gray.ptr<uchar>(y);
    for (int x = 0; x < bgr.cols; ++x) out[x] = static_cast<uchar>(level(in[x]));
  }
  return gray;
}

/// Linear light of an sRGB level, which may be fractional.
double linear_light(double level) {
  const double share = level / 255;
  return share <= 0.04045 ? share / 12.92 : steady_power((share + 0.055) / 1.055, 2.4);
}

/// Light has 2^20 steps and is looked up by its upper bits: 64 steps are a fifth of the distance
/// between the two darkest levels.
constexpr int kLightBits = 20;
constexpr int kSkippedBits = 6;

struct LightTables {
  std::array<std::array<std::uint32_t, 256>, 3> light{};  // of each channel's levels, weighted
  std::vector<uchar> level;

  LightTables() : level((std::size_t{1} << (kLightBits - kSkippedBits)) + 1) {
    // Of blue, green and red: the middle row of sRGB's matrix to XYZ.
    constexpr std::array kWeights{0.0722, 0.7152, 0.2126};
    for (std::size_t channel = 0; channel < 3; ++channel) {
      for (std::size_t i = 0; i < 256; ++i) {
        light[channel][i] = static_cast<std::uint32_t>(std::lround(
            kWeights[channel] * linear_light(static_cast<double>(i)) * (1 << kLightBits)));
      }
    }
    std::size_t reached = 0;
    for (int next = 1; next < 256; ++next) {
      const double limit = linear_light(next - 0.5) * (1 << (kLightBits - kSkippedBits));
      while (static_cast<double>(reached) < limit) level[reached++] = static_cast<uchar>(next - 1);
    }
    std::fill(level.begin() + static_cast<std::ptrdiff_t>(reached), level.end(), uchar{255});
  }
};

/// Means and covariances times the square of the number of pixels; exact sums.
struct Spread {
  double count = 0;
  std::array<double, 3> mean{};
  Matrix covariance{};
};

Spread spread_of(const cv::Mat& bgr) {
  std::array<std::int64_t, 3> sums{};
  std::array<std::array<std::int64_t, 3>, 3> products{};
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* in = bgr.ptr<Colour>(y);
    for (int x = 0; x < bgr.cols; ++x) {
      for (int i = 0; i < 3; ++i) {
        const auto at = static_cast<std::size_t>(i);
        sums[at] += in[x][i];
        for (int j = 0; j <= i; ++j)
          products[at][static_cast<std::size_t>(j)] += std::int64_t{in[x][i]} * in[x][j];
      }
    }
  }
  Spread spread{.count = static_cast<double>(bgr.total())};
  for (std::size_t i = 0; i < 3; ++i) {
    spread.mean[i] = static_cast<double>(sums[i]) / spread.count;
    for (std::size_t j = 0; j <= i; ++j) {
      const double product = static_cast<double>(products[i][j]) / spread.count;
      const double mean = static_cast<double>(sums[j]) / spread.count;
      spread.covariance[i][j] = spread.covariance[j][i] = product - spread.mean[i] * mean;
    }
  }
  return spread;
}

/// Rotates rows and columns p and q of a symmetric matrix so that its element there becomes 0, and
/// the columns of `vectors` with them.
void rotate(Matrix& a, Matrix& vectors, std::size_t p, std::size_t q) {
  if (a[p][q] == 0) return;
  const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const double t = (theta < 0 ? -1 : 1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
  const double c = 1 / std::sqrt(t * t + 1);
  const double s = t * c;
  for (std::size_t i = 0; i < 3; ++i) {
    const double ip = a[i][p];
    a[i][p] = c * ip - s * a[i][q];
    a[i][q] = s * ip + c * a[i][q];
  }
  for (std::size_t i = 0; i < 3; ++i) {
    const double pi = a[p][i];
    a[p][i] = c * pi - s * a[q][i];
    a[q][i] = s * pi + c * a[q][i];
    const double vp = vectors[i][p];
    vectors[i][p] = c * vp - s * vectors[i][q];
    vectors[i][q] = s * vp + c * vectors[i][q];
  }
  a[p][q] = a[q][p] = 0;
}

/// The eigenvector of the largest eigenvalue, by Jacobi's rotations: sums, products and square
/// roots only, which are the same on every machine.
std::array<double, 3> main_axis(Matrix a) {
  Matrix vectors{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  for (int sweep = 0; sweep < 12; ++sweep) {
    rotate(a, vectors, 0, 1);
    rotate(a, vectors, 0, 2);
    rotate(a, vectors, 1, 2);
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < 3; ++i) {
    if (a[i][i] > a[best][best]) best = i;
  }
  return {vectors[0][best], vectors[1][best], vectors[2][best]};
}

constexpr int kUnit = 1 << 14;

int place_along(const Colour& colour, const std::array<int, 3>& direction) {
  return colour[0] * direction[0] + colour[1] * direction[1] + colour[2] * direction[2];
}

/// Whether more pixels lie above the mean than below.
bool most_are_above(const cv::Mat& bgr, const Spread& spread, const std::array<int, 3>& direction) {
  double mean = 0;
  for (std::size_t i = 0; i < 3; ++i) mean += spread.mean[i] * direction[i];
  const auto limit = static_cast<int>(std::lround(mean));
  std::int64_t above = 0;
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* in = bgr.ptr<Colour>(y);
    for (int x = 0; x < bgr.cols; ++x) {
      const int place = place_along(in[x], direction);
      above += (place > limit ? 1 : 0) - (place < limit ? 1 : 0);
    }
  }
  return above >= 0;
}

}  // namespace

cv::Mat channel_of(const cv::Mat& bgr, int channel) {
  check_colours(bgr);
  cv::Mat gray;
  cv::extractChannel(bgr, gray, channel);
  return gray;
}

cv::Mat lightest_channel(const cv::Mat& bgr) {
  return made_of(bgr, [](const Colour& c) { return std::max(c[0], std::max(c[1], c[2])); });
}

cv::Mat darkest_channel(const cv::Mat& bgr) {
  return made_of(bgr, [](const Colour& c) { return std::min(c[0], std::min(c[1], c[2])); });
}

cv::Mat gray_of_lightness(const cv::Mat& bgr) {
  static const LightTables kTables;
  return made_of(bgr, [](const Colour& c) {
    const std::uint32_t light =
        kTables.light[0][c[0]] + kTables.light[1][c[1]] + kTables.light[2][c[2]];
    return kTables.level[(light + (1U << (kSkippedBits - 1))) >> kSkippedBits];
  });
}

std::optional<std::array<int, 3>> principal_direction(const cv::Mat& bgr) {
  check_colours(bgr);
  const Spread spread = spread_of(bgr);
  double variance = 0;
  for (std::size_t i = 0; i < 3; ++i) variance += spread.covariance[i][i];
  if (variance < 1e-6) return std::nullopt;
  const std::array<double, 3> axis = main_axis(spread.covariance);
  std::array<int, 3> direction{};
  for (std::size_t i = 0; i < 3; ++i) direction[i] = static_cast<int>(std::lround(kUnit * axis[i]));
  const double luma = 0.114 * axis[0] + 0.587 * axis[1] + 0.299 * axis[2];
  // It is 0.58 along gray; if it is below a third of that, colours differ by their hue.
  const bool by_light = std::abs(luma) > 0.2;
  const bool up = by_light ? luma > 0 : most_are_above(bgr, spread, direction);
  if (!up) std::ranges::transform(direction, direction.begin(), [](int part) { return -part; });
  return direction;
}

cv::Mat gray_along(const cv::Mat& bgr, const std::array<int, 3>& direction) {
  check_colours(bgr);
  // Positions in quarters of a gray level, from the least possible one.
  constexpr int kShift = 12;
  constexpr int kMax = 255 * 4 * 2;
  int least = 0;
  for (const int part : direction) least += std::min(0, part) * 255;
  const auto bin = [&](const Colour& colour) {
    return std::min(kMax, (place_along(colour, direction) - least) >> kShift);
  };
  std::array<std::int64_t, kMax + 1> counts{};
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* in = bgr.ptr<Colour>(y);
    for (int x = 0; x < bgr.cols; ++x) ++counts[static_cast<std::size_t>(bin(in[x]))];
  }
  const auto beyond = static_cast<std::int64_t>(bgr.total() / 1000);
  int low = 0;
  int high = kMax;
  for (std::int64_t passed = 0; (passed += counts[static_cast<std::size_t>(low)]) <= beyond;) ++low;
  for (std::int64_t passed = 0; (passed += counts[static_cast<std::size_t>(high)]) <= beyond;)
    --high;
  if (low >= high) return {};
  std::array<uchar, kMax + 1> levels{};
  for (int i = 0; i <= kMax; ++i) {
    const int inside = std::clamp(i, low, high) - low;
    levels[static_cast<std::size_t>(i)] =
        static_cast<uchar>((2 * 255 * inside + (high - low)) / (2 * (high - low)));
  }
  return made_of(
      bgr, [&](const Colour& colour) { return levels[static_cast<std::size_t>(bin(colour))]; });
}

}  // namespace ocrtune
