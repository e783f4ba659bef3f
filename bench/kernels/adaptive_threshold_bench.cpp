#include <fmt/format.h>

#include <opencv2/imgproc.hpp>

#include "kernels/comparison.h"
#include "ocrtune/kernels/filter/division.h"
#include "ocrtune/kernels/nlm/nlm.h"
#include "ocrtune/kernels/threshold/adaptive_threshold.h"

namespace ocrtune::bench {
namespace {

Comparison threshold(int block, double c) {
  return {.kernel = fmt::format("adaptive_threshold block={} c={}", block, c),
          .ours = [=](const cv::Mat& page) { return adaptive_threshold_gaussian(page, block, c); },
          .library =
              [=](const cv::Mat& page) {
                cv::Mat out;
                cv::adaptiveThreshold(page, out, 255, cv::ADAPTIVE_THRESH_GAUSSIAN_C,
                                      cv::THRESH_BINARY, block, c);
                return out;
              }};
}

/// On the page as it comes in a pipeline, divided by its blur and denoised.
Comparison on_cleaned(Comparison comparison) {
  comparison.kernel += " cleaned";
  comparison.prepare = [](const cv::Mat& page) {
    return denoise_nlm_exact(divided_by_blur(page, 151), 9, 15);
  };
  return comparison;
}

const Registered kNarrow(threshold(61, 15));
const Registered kMiddle(threshold(121, 15));
const Registered kWide(threshold(201, 15));
const Registered kNarrowCleaned(on_cleaned(threshold(61, 15)));
const Registered kMiddleCleaned(on_cleaned(threshold(121, 15)));
const Registered kWideCleaned(on_cleaned(threshold(201, 15)));

}  // namespace
}  // namespace ocrtune::bench
