#include <fmt/format.h>

#include <cstdint>
#include <opencv2/imgproc.hpp>
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

/// The page divided by its blur, as it comes from normalize_division; kept from call to call, so
/// that only what follows is timed.
const cv::Mat& divided(const cv::Mat& page) {
  static const std::uint8_t* last = nullptr;
  static cv::Mat result;
  if (last != page.data) {
    last = page.data;
    cv::Mat background;
    cv::GaussianBlur(page, background, {151, 151}, 0);
    cv::divide(page, background, result, 255);
  }
  return result;
}

Comparison on_divided(const Comparison& comparison) {
  return {.kernel = comparison.kernel + " divided",
          .ours = [=](const cv::Mat& page) { return comparison.ours(divided(page)); },
          .opencv = [=](const cv::Mat& page) { return comparison.opencv(divided(page)); }};
}

const Registered kFar(nlm(9, 21));
const Registered kNear(nlm(9, 15));
const Registered kStrong(nlm(18, 21));
const Registered kFarDivided(on_divided(nlm(9, 21)));
const Registered kNearDivided(on_divided(nlm(9, 15)));

}  // namespace
}  // namespace ocrtune::bench
