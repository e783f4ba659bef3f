#include <opencv2/imgcodecs.hpp>

#include "pages/degrade.h"
#include "pages/image_file.h"

namespace ocrtune::examples {

cv::Mat degrade(const cv::Mat& gray, Random& /*random*/, const Jpeg& strength) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  if (strength.loss <= 0) {
    return gray.clone();
  }
  return cv::imdecode(encode_jpeg(gray, 100 - strength.loss, 150), cv::IMREAD_GRAYSCALE);
}

}  // namespace ocrtune::examples
