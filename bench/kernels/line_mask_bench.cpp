#include <fmt/format.h>

#include <opencv2/imgproc.hpp>

#include "kernels/comparison.h"
#include "ocrtune/kernels/lines/line_mask.h"

namespace ocrtune::bench {
namespace {

cv::Mat opencv_without_lines(const cv::Mat& gray, const LineSizes& sizes) {
  cv::Mat ink;
  cv::Mat across;
  cv::Mat down;
  cv::Mat mask;
  cv::threshold(gray, ink, 0, 255, cv::THRESH_BINARY_INV + cv::THRESH_OTSU);
  const auto element = [](int width, int height) {
    return cv::getStructuringElement(cv::MORPH_RECT, {width, height});
  };
  cv::morphologyEx(ink, across, cv::MORPH_OPEN, element(sizes.h_size, 1), {-1, -1}, 2);
  cv::morphologyEx(ink, down, cv::MORPH_OPEN, element(1, sizes.v_size), {-1, -1}, 2);
  cv::add(across, down, mask);
  cv::dilate(mask, mask, element(3, 3), {-1, -1}, sizes.dilate_iter);
  cv::Mat out = gray.clone();
  out.setTo(255, mask);
  return out;
}

Comparison line_removal(const LineSizes& sizes) {
  return {.kernel = fmt::format("without_lines h={} v={} dilate={}", sizes.h_size, sizes.v_size,
                                sizes.dilate_iter),
          .ours = [=](const cv::Mat& page) { return without_lines(page, sizes); },
          .library = [=](const cv::Mat& page) { return opencv_without_lines(page, sizes); }};
}

const Registered kUsual(line_removal({.h_size = 45, .v_size = 50, .dilate_iter = 2}));
const Registered kShort(line_removal({.h_size = 20, .v_size = 20, .dilate_iter = 1}));
const Registered kLong(line_removal({.h_size = 100, .v_size = 120, .dilate_iter = 4}));

}  // namespace
}  // namespace ocrtune::bench
