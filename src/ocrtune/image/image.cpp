#include "ocrtune/image/image.h"

#include <fmt/format.h>

#include <span>

namespace ocrtune {

cv::Mat standalone(const cv::Mat& gray) { return gray.isSubmatrix() ? gray.clone() : gray; }

ContentHash pixel_hash(const cv::Mat& gray) {
  const cv::Mat whole = gray.isContinuous() ? gray : gray.clone();
  const ContentHash pixels = content_hash(std::as_bytes(std::span(whole.data, whole.total())));
  return content_hash(fmt::format("{}x{} {}", whole.cols, whole.rows, pixels.text()));
}

}  // namespace ocrtune
