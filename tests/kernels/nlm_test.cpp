#include "ocrtune/kernels/nlm.h"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>
#include <string>

namespace ocrtune {
namespace {

cv::Mat opencv_nlm(const cv::Mat& gray, float h, int search) {
  cv::Mat out;
  cv::fastNlMeansDenoising(gray, out, h, 7, search);
  return out;
}

/// Makes each instruction set that this machine has the one dispatched to, in turn.
template <typename Check>
void on_every_target(const Check& check) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    SCOPED_TRACE(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    check();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace
}  // namespace ocrtune
