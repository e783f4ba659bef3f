#include <leptonica/allheaders.h>

#include <algorithm>
#include <opencv2/core.hpp>

#include "kernels/comparison.h"
#include "ocrtune/image/pix.h"
#include "ocrtune/kernels/filter/leptonica_scale.h"

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

/// With the conversion of the line, which recognition would need too; the result stays Leptonica's.
cv::Mat by_leptonica(const cv::Mat& line) {
  const float factor = factor_of(line);
  const PixPtr scaled(pixScale(to_pix(line).get(), factor, factor));
  return {1, 1, CV_32SC1, cv::Scalar(pixGetWidth(scaled.get()))};
}

const Registered kLine(
    {.kernel = "leptonica_scale of a line",
     .ours = [](const cv::Mat& line) { return scaled_as_leptonica(line, factor_of(line)).value(); },
     .library = by_leptonica,
     .prepare = line_of});

}  // namespace
}  // namespace ocrtune::bench
