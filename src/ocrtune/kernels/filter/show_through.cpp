#include "ocrtune/kernels/filter/show_through.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/filter/background.h"
#include "ocrtune/kernels/measure/gray_statistics.h"

namespace ocrtune {
namespace {

constexpr int kWhole = 256;

/// The depth of the page's ink; 0 if there is none.
int ink_depth(const cv::Mat& depths) {
  const Histogram counts = histogram(depths);
  const int threshold = otsu_threshold(counts);
  std::int64_t ink = 0;
  for (int depth = threshold + 1; depth < 256; ++depth)
    ink += counts[static_cast<std::size_t>(depth)];
  std::int64_t seen = 0;
  for (int depth = threshold + 1; depth < 256; ++depth) {
    seen += counts[static_cast<std::size_t>(depth)];
    if (seen > 0 && 2 * seen >= ink) return depth;
  }
  return 0;
}

/// The share of its depth that a pixel near ink of this depth keeps, of kWhole.
std::array<int, 256> shares_kept(double limit) {
  std::array<int, 256> shares{};
  for (int depth = 0; depth < 256; ++depth) {
    const double share = (depth - 0.75 * limit) / (0.5 * limit);
    shares[static_cast<std::size_t>(depth)] =
        static_cast<int>(std::lround(kWhole * std::clamp(share, 0.0, 1.0)));
  }
  return shares;
}

}  // namespace

cv::Mat without_show_through(const cv::Mat& gray, const ShowThroughSettings& settings) {
  CV_Assert(settings.contrast >= 0 && settings.contrast <= 1 && settings.reach >= 0);
  const cv::Mat paper = median_paper(gray, settings.window);
  cv::Mat depths;
  cv::bitwise_not(divided_by(gray, paper), depths);
  const double limit = settings.contrast * ink_depth(depths);
  if (limit == 0) return gray;
  const std::array<int, 256> shares = shares_kept(limit);
  const int side = 2 * settings.reach + 1;
  cv::Mat around;
  cv::dilate(depths, around, cv::Mat::ones(side, side, CV_8UC1));
  cv::Mat out(gray.size(), CV_8UC1);
  for (int y = 0; y < gray.rows; ++y) {
    const auto* level = gray.ptr<std::uint8_t>(y);
    const auto* white = paper.ptr<std::uint8_t>(y);
    const auto* depth = around.ptr<std::uint8_t>(y);
    auto* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < gray.cols; ++x) {
      const int lost = kWhole - shares[depth[x]];
      const int below = std::max(white[x] - level[x], 0);
      to[x] = static_cast<std::uint8_t>(level[x] + (below * lost + kWhole / 2) / kWhole);
    }
  }
  return out;
}

}  // namespace ocrtune
