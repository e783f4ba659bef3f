#include "ocrtune/stages/line_mask.h"

#include <opencv2/imgproc.hpp>

namespace ocrtune {
namespace {

cv::Mat opened_twice(const cv::Mat& ink, int width, int height) {
  const cv::Mat element = cv::getStructuringElement(cv::MORPH_RECT, {width, height});
  cv::Mat result;
  cv::morphologyEx(ink, result, cv::MORPH_OPEN, element, {-1, -1}, 2);
  return result;
}

}  // namespace

cv::Mat line_mask(const cv::Mat& gray, const LineSizes& sizes) {
  cv::Mat ink;
  cv::threshold(gray, ink, 0, 255, cv::THRESH_BINARY_INV + cv::THRESH_OTSU);
  const cv::Mat lines = opened_twice(ink, sizes.h_size, 1) | opened_twice(ink, 1, sizes.v_size);
  cv::Mat mask;
  cv::dilate(lines, mask, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}), {-1, -1},
             sizes.dilate_iter);
  return mask;
}

}  // namespace ocrtune
