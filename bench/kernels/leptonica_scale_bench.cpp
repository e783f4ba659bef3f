#include <leptonica/allheaders.h>

#include <algorithm>
#include <cstddef>
#include <opencv2/core.hpp>

#include "kernels/comparison.h"
#include "ocrtune/image/pix.h"
#include "ocrtune/kernels/leptonica_scale.h"

namespace ocrtune::bench {
namespace {

constexpr float kHeight = 36;  // px, to which the networks of Tesseract's languages get their lines

/// A strip of the page, as high as a line of text.
cv::Mat line_of(const cv::Mat& page) {
  constexpr int kLine = 46;  // px
  const int top = std::max(0, page.rows / 2 - kLine / 2);
  return page.rowRange(top, std::min(page.rows, top + kLine)).clone();
}

float factor_of(const cv::Mat& line) { return kHeight / static_cast<float>(line.rows); }

cv::Mat by_leptonica(const cv::Mat& line) {
  const float factor = factor_of(line);
  const PixPtr scaled(pixScale(to_pix(line).get(), factor, factor));
  cv::Mat out(pixGetHeight(scaled.get()), pixGetWidth(scaled.get()), CV_8UC1);
  pixEndianByteSwap(scaled.get());
  for (int y = 0; y < out.rows; ++y) {
    const l_uint32* const row =
        pixGetData(scaled.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(scaled.get());
    std::copy_n(reinterpret_cast<const uchar*>(row), out.cols, out.ptr(y));
  }
  return out;
}

const Registered kLine(
    {.kernel = "leptonica_scale of a line",
     .ours = [](const cv::Mat& line) { return scaled_as_leptonica(line, factor_of(line)).value(); },
     .library = by_leptonica,
     .prepare = line_of});

}  // namespace
}  // namespace ocrtune::bench
