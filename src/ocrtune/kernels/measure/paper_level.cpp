#include "ocrtune/kernels/measure/paper_level.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "ocrtune/kernels/measure/gray_statistics.h"

namespace ocrtune {

int paper_level(const cv::Mat& gray) {
  CV_Assert(!gray.empty() && gray.type() == CV_8UC1);
  const Histogram levels = histogram(gray);
  const int threshold = otsu_threshold(levels);
  const std::int64_t dark = gray_sums(levels, 0, threshold).count;
  const std::int64_t light = gray_sums(levels, threshold + 1, 255).count;
  int level = dark > light ? 0 : threshold + 1;
  std::int64_t left = std::max(dark, light) / 2;
  while (left >= levels[static_cast<std::size_t>(level)]) {
    left -= levels[static_cast<std::size_t>(level)];
    ++level;
  }
  return level;
}

}  // namespace ocrtune
