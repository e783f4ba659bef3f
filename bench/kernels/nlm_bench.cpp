#include <fmt/format.h>

#include <opencv2/photo.hpp>

#include "kernels/comparison.h"
#include "ocrtune/kernels/filter/division.h"
#include "ocrtune/kernels/nlm/nlm.h"

namespace ocrtune::bench {
namespace {

Comparison nlm(float h, int search) {
  return {.kernel = fmt::format("denoise_nlm h={} search={}", h, search),
          .ours = [=](const cv::Mat& page) { return denoise_nlm_exact(page, h, search); },
          .library =
              [=](const cv::Mat& page) {
                cv::Mat out;
                cv::fastNlMeansDenoising(page, out, h, 7, search);
                return out;
              }};
}

/// On the page divided by its blur, as it comes from normalize_division.
Comparison on_divided(Comparison comparison) {
  comparison.kernel += " divided";
  comparison.prepare = [](const cv::Mat& page) { return divided_by_blur(page, 151); };
  return comparison;
}

const Registered kFar(nlm(9, 21));
const Registered kNear(nlm(9, 15));
const Registered kStrong(nlm(18, 21));
const Registered kFarDivided(on_divided(nlm(9, 21)));
const Registered kNearDivided(on_divided(nlm(9, 15)));
const Registered kWeakDivided(on_divided(nlm(5, 21)));
const Registered kMediumDivided(on_divided(nlm(13, 21)));
const Registered kStrongDivided(on_divided(nlm(16, 21)));
const Registered kStrongestDivided(on_divided(nlm(20, 21)));

}  // namespace
}  // namespace ocrtune::bench
