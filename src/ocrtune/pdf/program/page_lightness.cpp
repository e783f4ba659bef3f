#include "ocrtune/pdf/program/page_lightness.h"

#include <poppler/cpp/poppler-image.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/base/error.h"

namespace ocrtune {
namespace {

/// The longer side of a page, px: enough for lines of text.
constexpr double kSide = 1000;

/// The part of the image of a page, from its upper left corner, from 0 to 1.
PdfBox fractions(const PdfPagePlace& page, const PdfBox& part) {
  const double across = page.box.right - page.box.left;
  const double up = page.box.top - page.box.bottom;
  const double left = (part.left - page.box.left) / across;
  const double right = (part.right - page.box.left) / across;
  const double above = (page.box.top - part.top) / up;
  const double below = (page.box.top - part.bottom) / up;
  switch (page.quarters) {
    case 1:
      return {1 - below, left, 1 - above, right};
    case 2:
      return {1 - right, 1 - below, 1 - left, 1 - above};
    case 3:
      return {above, 1 - right, below, 1 - left};
    default:
      return {left, above, right, below};
  }
}

}  // namespace

std::optional<double> PageLightness::of(int index, const PdfPagePlace& page, const PdfBox& part) {
  if (rendered_ != index) render(index, page);
  if (gray_.empty()) return std::nullopt;
  const PdfBox place = fractions(page, part);
  const auto pixel = [](double fraction, int side) {
    return static_cast<int>(std::lround(std::clamp(fraction, 0.0, 1.0) * side));
  };
  const cv::Rect area(cv::Point(pixel(place.left, gray_.cols), pixel(place.bottom, gray_.rows)),
                      cv::Point(pixel(place.right, gray_.cols), pixel(place.top, gray_.rows)));
  if (area.empty()) return std::nullopt;
  // Some hundred pixels of it are enough, however large it is.
  constexpr int kSamples = 24;
  std::vector<unsigned char> levels;
  for (int y = 0; y < area.height; y += 1 + area.height / kSamples) {
    for (int x = 0; x < area.width; x += 1 + area.width / kSamples)
      levels.push_back(gray_.at<unsigned char>(area.y + y, area.x + x));
  }
  const auto middle = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2);
  std::ranges::nth_element(levels, middle);
  return *middle / 255.0;
}

void PageLightness::render(int index, const PdfPagePlace& page) {
  rendered_ = index;
  gray_.release();
  const double side = std::max(page.box.right - page.box.left, page.box.top - page.box.bottom);
  const double dpi = 72 * kSide / side;
  try {
    constexpr DecodeLimits kLimits{.max_side = 4000, .max_pixels = 16'000'000, .pdf_dpi = 72};
    if (!pages_) pages_.emplace(bytes_, kLimits);
    poppler::image image = pages_->render(index, {.dpi = {dpi, dpi}});
    const cv::Mat pixels(image.height(), image.width(), CV_8UC3, image.data(),
                         static_cast<std::size_t>(image.bytes_per_row()));
    cv::cvtColor(pixels, gray_, cv::COLOR_BGR2GRAY);
  } catch (const Error&) {
    gray_.release();
  }
}

}  // namespace ocrtune
