#include "ocrtune/stages/line_mask.h"

#include <opencv2/imgproc.hpp>
#include <string>

namespace ocrtune {
namespace {

cv::Mat opened_twice(const cv::Mat& ink, int width, int height) {
  const cv::Mat element = cv::getStructuringElement(cv::MORPH_RECT, {width, height});
  cv::Mat result;
  cv::morphologyEx(ink, result, cv::MORPH_OPEN, element, {-1, -1}, 2);
  return result;
}

Parameter length_parameter(const std::string& name, const std::string& direction, double low,
                           double high, double initial) {
  return integer(name, {.low = low,
                        .high = high,
                        .initial = initial,
                        .min = 1,
                        .max = 10000,
                        .unit = "px",
                        .help = "length of the " + direction +
                                " element; lines shorter than about twice this stay"});
}

}  // namespace

Parameter h_size_parameter(double low, double high, double initial) {
  return length_parameter("h_size", "horizontal", low, high, initial);
}

Parameter v_size_parameter(double low, double high, double initial) {
  return length_parameter("v_size", "vertical", low, high, initial);
}

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
