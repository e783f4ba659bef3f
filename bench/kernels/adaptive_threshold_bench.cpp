#include <fmt/format.h>

#include <map>
#include <opencv2/imgproc.hpp>

#include "kernels/comparison.h"
#include "ocrtune/kernels/adaptive_threshold.h"
#include "ocrtune/kernels/division.h"
#include "ocrtune/kernels/nlm.h"

namespace ocrtune::bench {
namespace {

/// The page as it comes in a pipeline, divided by its blur and denoised; once per page, so that
/// only the first, untimed run takes longer.
const cv::Mat& cleaned(const cv::Mat& page) {
  static std::map<const uchar*, cv::Mat> all;
  cv::Mat& clean = all[page.data];
  if (clean.empty()) clean = denoise_nlm_exact(divided_by_blur(page, 151), 9, 15);
  return clean;
}

const cv::Mat& as_it_is(const cv::Mat& page) { return page; }

Comparison threshold(const char* input, const cv::Mat& (*prepared)(const cv::Mat&), int block,
                     double c) {
  return {.kernel = fmt::format("adaptive_threshold {} block={} c={}", input, block, c),
          .ours =
              [=](const cv::Mat& page) {
                return adaptive_threshold_gaussian(prepared(page), block, c);
              },
          .opencv =
              [=](const cv::Mat& page) {
                cv::Mat out;
                cv::adaptiveThreshold(prepared(page), out, 255, cv::ADAPTIVE_THRESH_GAUSSIAN_C,
                                      cv::THRESH_BINARY, block, c);
                return out;
              }};
}

const Registered kRawNarrow(threshold("raw", as_it_is, 61, 15));
const Registered kRaw(threshold("raw", as_it_is, 121, 15));
const Registered kRawWide(threshold("raw", as_it_is, 201, 15));
const Registered kCleanNarrow(threshold("cleaned", cleaned, 61, 15));
const Registered kClean(threshold("cleaned", cleaned, 121, 15));
const Registered kCleanWide(threshold("cleaned", cleaned, 201, 15));

}  // namespace
}  // namespace ocrtune::bench
