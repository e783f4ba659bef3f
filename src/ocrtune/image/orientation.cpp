#include "ocrtune/image/orientation.h"

#include <opencv2/core.hpp>

namespace ocrtune {

cv::Mat upright(const cv::Mat& stored, int orientation) {
  constexpr int kBothAxes = -1;
  cv::Mat image = stored;
  if (swaps_sides(orientation)) cv::transpose(stored, image);
  cv::Mat result;
  switch (orientation) {
    case 2:
    case 6:
      cv::flip(image, result, 1);
      return result;
    case 3:
    case 7:
      cv::flip(image, result, kBothAxes);
      return result;
    case 4:
    case 8:
      cv::flip(image, result, 0);
      return result;
    default:
      return image;
  }
}

}  // namespace ocrtune
