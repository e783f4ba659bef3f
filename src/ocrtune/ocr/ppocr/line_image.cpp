#include "ocrtune/ocr/ppocr/line_image.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

namespace ocrtune::ppocr {
namespace {

/// Larger reductions are not averaged over all pixels.
constexpr int kMaxOversampling = 8;
/// px around a line that interpolation may read.
constexpr int kMargin = 2;

/// The number of samples per pixel along one axis for a reduction by `scale`.
int oversampling(double scale) {
  return std::clamp(static_cast<int>(std::ceil(scale - 0.25)), 1, kMaxOversampling);
}

}  // namespace

int line_width(const LineBox& box) {
  const double width = box.length * kLineHeight / std::max(box.thickness, 1.0);
  return std::clamp(static_cast<int>(std::lround(width)), kStep, kMaxLineWidth);
}

int width_bucket(int width) {
  // Steps of a sixteenth to an eighth of the width.
  unsigned step = 32;
  while (step * 16 < static_cast<unsigned>(width)) step *= 2;
  return cv::roundUp(width, step);
}

cv::Mat line_image(const cv::Mat& gray, const LineBox& box, int width) {
  const int across = oversampling(box.thickness / kLineHeight);
  const int along = oversampling(box.length / width);
  const cv::Size size(width * along, kLineHeight * across);
  const cv::Point2d right = box.along * (box.length / size.width);
  const cv::Point2d down = box.across() * (box.thickness / size.height);
  // The centre of a pixel is at half of it.
  cv::Point2d origin = box.corners()[0] + (right + down) * 0.5 - cv::Point2d(0.5, 0.5);
  // OpenCV warps images of up to 32766 px a side alone.
  const cv::Rect2d bounds = box.bounds();
  const cv::Rect around =
      cv::Rect(cvFloor(bounds.x) - kMargin, cvFloor(bounds.y) - kMargin,
               cvCeil(bounds.width) + 2 * kMargin + 1, cvCeil(bounds.height) + 2 * kMargin + 1) &
      cv::Rect({}, gray.size());
  origin -= cv::Point2d(around.tl());
  const cv::Matx23d map(right.x, down.x, origin.x, right.y, down.y, origin.y);
  cv::Mat samples;
  cv::warpAffine(around.empty() ? gray : gray(around), samples, map, size,
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  if (along == 1 && across == 1) return samples;
  cv::Mat image;
  cv::resize(samples, image, {width, kLineHeight}, 0, 0, cv::INTER_AREA);
  return image;
}

void fill_line_input(std::span<float> planes, const cv::Mat& line, int width) {
  const std::size_t plane = planes.size() / 3;
  std::ranges::fill(planes, 0.0F);
  for (int y = 0; y < line.rows; ++y) {
    const auto* row = line.ptr<std::uint8_t>(y);
    float* to = planes.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    for (int x = 0; x < line.cols; ++x) to[x] = static_cast<float>(row[x] / 127.5 - 1);
  }
  for (std::size_t c = 1; c < 3; ++c)
    std::copy_n(planes.begin(), plane, planes.begin() + static_cast<std::ptrdiff_t>(c * plane));
}

}  // namespace ocrtune::ppocr
