#include "ocrtune/devices/backend.h"

#include <utility>

#include "ocrtune/base/resources.h"
#include "ocrtune/image/image.h"
#include "ocrtune/kernels/filter/background.h"
#include "ocrtune/kernels/filter/contrast.h"
#include "ocrtune/kernels/filter/division.h"
#include "ocrtune/kernels/lines/line_mask.h"
#include "ocrtune/kernels/measure/laplacian.h"
#include "ocrtune/kernels/nlm/nlm.h"
#include "ocrtune/kernels/threshold/adaptive_threshold.h"

namespace ocrtune {
namespace {

struct InMemory : Pixels::Held {
  explicit InMemory(cv::Mat pixels) : gray(std::move(pixels)) {}
  cv::Mat gray;
};

}  // namespace

const BackendInfo& Backend::info() const {
  static const BackendInfo kInfo{
      .name = "cpu", .description = "CPU", .memory_bytes = machine_resources().memory_bytes};
  return kInfo;
}

Pixels Backend::hold(const cv::Mat& gray) {
  return {gray.size(), std::make_shared<InMemory>(gray)};
}

cv::Mat Backend::gray(const Pixels& pixels) {
  return dynamic_cast<const InMemory&>(pixels.held()).gray;
}

ContentHash Backend::pixel_hash(const Pixels& pixels) { return ocrtune::pixel_hash(gray(pixels)); }

Pixels Backend::line_mask(const Pixels& in, const LineSizes& sizes) {
  return hold(ocrtune::line_mask(gray(in), sizes));
}

Pixels Backend::without_lines(const Pixels& in, const LineSizes& sizes) {
  return hold(ocrtune::without_lines(gray(in), sizes));
}

Pixels Backend::divided_by_blur(const Pixels& in, int kernel) {
  return hold(ocrtune::divided_by_blur(gray(in), kernel));
}

Pixels Backend::distance_from_paper(const Pixels& in, int dilate, int blur) {
  return hold(ocrtune::distance_from_paper(gray(in), dilate, blur));
}

Pixels Backend::stretched(const Pixels& in) { return hold(ocrtune::stretched(gray(in))); }

Pixels Backend::equalised(const Pixels& in, double clip, int tiles) {
  return hold(ocrtune::equalised(gray(in), clip, tiles));
}

Pixels Backend::denoise_nlm(const Pixels& in, float h, int search) {
  return hold(denoise_nlm_exact(gray(in), h, search));
}

double Backend::laplacian_variance(const Pixels& in) {
  return ocrtune::laplacian_variance(gray(in));
}

Pixels Backend::adaptive_threshold_gaussian(const Pixels& in, int block, double c) {
  return hold(ocrtune::adaptive_threshold_gaussian(gray(in), block, c));
}

Backend& cpu_backend() {
  static Backend backend;
  return backend;
}

}  // namespace ocrtune
