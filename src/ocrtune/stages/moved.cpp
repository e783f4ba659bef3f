#include "ocrtune/stages/moved.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/measure/paper_level.h"

namespace ocrtune {

Image moved(const Image& in, const cv::Matx33d& to_input, const cv::Size& size) {
  if (std::max({size.width, size.height, in.gray.cols, in.gray.rows}) > kLongestMoved) return in;
  // OpenCV's origin is the centre of the first pixel.
  const cv::Matx33d from_middles(1, 0, 0.5, 0, 1, 0.5, 0, 0, 1);
  const cv::Matx33d to_middles(1, 0, -0.5, 0, 1, -0.5, 0, 0, 1);
  Image out{.gray = {}, .dpi = in.dpi, .to_page = to_input};
  cv::warpPerspective(in.gray, out.gray, to_middles * to_input * from_middles, size,
                      cv::INTER_CUBIC | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT,
                      cv::Scalar(paper_level(in.gray)));
  return out;
}

}  // namespace ocrtune
