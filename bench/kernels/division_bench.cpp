#include <fmt/format.h>

#include <opencv2/imgproc.hpp>

#include "kernels/comparison.h"
#include "ocrtune/kernels/filter/division.h"

namespace ocrtune::bench {
namespace {

Comparison division(int kernel) {
  return {.kernel = fmt::format("divided_by_blur kernel={}", kernel),
          .ours = [=](const cv::Mat& page) { return divided_by_blur(page, kernel); },
          .library =
              [=](const cv::Mat& page) {
                cv::Mat blur;
                cv::Mat out;
                cv::GaussianBlur(page, blur, {kernel, kernel}, 0);
                cv::divide(page, blur, out, 255);
                return out;
              }};
}

const Registered kNarrow(division(81));
const Registered kUsual(division(151));
const Registered kWide(division(201));

}  // namespace
}  // namespace ocrtune::bench
