#include "ocrtune/devices/operation_times.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/base/duration.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/kernels/lines/line_mask.h"

namespace ocrtune {
namespace {

struct Operation {
  std::string name;
  std::function<void(Backend&, const Pixels&)> run;
};

std::vector<Operation> operations() {
  return {
      {"without_lines 45 50 2",
       [](Backend& b, const Pixels& in) { b.without_lines(in, {.h_size = 45, .v_size = 50}); }},
      {"line_mask 40 40 1",
       [](Backend& b, const Pixels& in) {
         b.line_mask(in, {.h_size = 40, .v_size = 40, .dilate_iter = 1});
       }},
      {"divided_by_blur 151", [](Backend& b, const Pixels& in) { b.divided_by_blur(in, 151); }},
      {"laplacian_variance", [](Backend& b, const Pixels& in) { b.laplacian_variance(in); }},
      {"denoise_nlm 9 21", [](Backend& b, const Pixels& in) { b.denoise_nlm(in, 9, 21); }},
      {"adaptive_threshold_gaussian 121 15",
       [](Backend& b, const Pixels& in) { b.adaptive_threshold_gaussian(in, 121, 15); }},
      {tr_noop("standard, one after the other"),
       [](Backend& b, const Pixels& in) {
         const Pixels clean = b.without_lines(in, {.h_size = 45, .v_size = 50});
         const Pixels even = b.divided_by_blur(clean, 151);
         b.laplacian_variance(even);
         b.adaptive_threshold_gaussian(b.denoise_nlm(even, 9, 21), 121, 15);
       }},
      {"distance_from_paper 7 21",
       [](Backend& b, const Pixels& in) { b.distance_from_paper(in, 7, 21); }},
      {"stretched", [](Backend& b, const Pixels& in) { b.stretched(in); }},
      {"equalised 2 8", [](Backend& b, const Pixels& in) { b.equalised(in, 2, 8); }},
  };
}

using Clock = std::chrono::steady_clock;

double median_ms(double seconds, const std::function<void()>& work) {
  constexpr std::size_t kFewest = 3;
  constexpr std::size_t kMax = 101;
  work();  // the first call also does one-time work
  std::vector<double> times;
  const auto start = Clock::now();
  while (times.size() < kFewest || (times.size() < kMax && seconds_since(start) < seconds)) {
    const auto begun = Clock::now();
    work();
    times.push_back(1000 * seconds_since(begun));
  }
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  return *middle;
}

}  // namespace

std::vector<OperationTime> operation_times(Backend& backend, const cv::Mat& gray, double seconds,
                                           const std::atomic<bool>& stop) {
  const Pixels held = backend.hold(gray);
  const auto measured = [&](const std::function<void()>& work) {
    return median_ms(seconds, [&] {
      if (!stop) work();
    });
  };
  const double transfers = measured([&] { backend.gray(backend.hold(gray)); });
  std::vector<OperationTime> times;
  for (const Operation& operation : operations()) {
    const double ms = measured([&] {
      operation.run(backend, held);
      backend.wait();
    });
    if (stop) break;
    times.push_back({.operation = operation.name, .ms = ms, .transfers_ms = transfers});
  }
  return times;
}

cv::Mat page_to_measure(cv::Size size) {
  cv::RNG rng(1);
  cv::Mat page(size, CV_8UC1);
  rng.fill(page, cv::RNG::NORMAL, 215, 9);
  const int pixels = size.area();
  for (int i = 0; i < pixels / 3000; ++i) {
    const cv::Point at(rng.uniform(0, size.width), rng.uniform(0, size.height));
    const cv::Size axes(rng.uniform(2, 9), rng.uniform(4, 14));
    cv::ellipse(page, at, axes, rng.uniform(0, 180), 0, 360, rng.uniform(20, 80), 3);
  }
  for (int y = 60; y < size.height; y += 90) {
    cv::line(page, {size.width / 20, y}, {size.width - size.width / 20, y}, 60, 2);
  }
  return page;
}

}  // namespace ocrtune
