#include <fmt/format.h>

#include <opencv2/photo.hpp>

#include "kernels/comparison.h"
#include "ocrtune/kernels/nlm.h"

namespace ocrtune::bench {
namespace {

Comparison nlm(float h, int search) {
  return {.kernel = fmt::format("denoise_nlm h={} search={}", h, search),
          .ours = [=](const cv::Mat& page) { return denoise_nlm_exact(page, h, search); },
          .opencv =
              [=](const cv::Mat& page) {
                cv::Mat out;
                cv::fastNlMeansDenoising(page, out, h, 7, search);
                return out;
              }};
}

const Registered kFar(nlm(9, 21));
const Registered kNear(nlm(9, 15));
const Registered kStrong(nlm(18, 21));

}  // namespace
}  // namespace ocrtune::bench
