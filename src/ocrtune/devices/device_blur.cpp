#include <algorithm>
#include <cmath>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/devices/device_backend.h"
#include "ocrtune/kernels/filter/gaussian_kernel.h"
#include "ocrtune/kernels/threshold/adaptive_threshold.h"

namespace ocrtune {
namespace {

/// Greatest memory for windows that OpenCV has to decide.
constexpr std::size_t kWindowBytes = 64U << 20U;

// As in devices/kernels/blur.h.
constexpr unsigned kRun = 8;
constexpr unsigned kStretch = 512;
constexpr WorkItems kItems{kStretch / kRun, 1};

/// The number of work-items for the runs of each row.
WorkItems along_rows(const Plane& in) {
  return {cv::roundUp(in.extent()[0], kStretch) / kRun, in.extent()[1]};
}

}  // namespace

DeviceBackend::Taps DeviceBackend::taps(const std::vector<std::int32_t>& weights, int length,
                                        int border) {
  const auto half = static_cast<int>(weights.size() / 2);
  std::vector<std::int32_t> padded = weights;
  padded.resize(cv::roundUp(weights.size() + kRun - 1, kRun));
  std::vector<std::int32_t> source = source_of(length, half, border);
  source.resize(source.size() + padded.size() + kStretch, source.back());
  return {static_cast<std::int32_t>(padded.size()), with(padded), with(source)};
}

/// The weighted sums along the columns, with 32 bits.
Device::BufferPtr DeviceBackend::weighed_down(const Plane& in, const Taps& taps) {
  Device::BufferPtr sums = device_->room(in.total() * sizeof(std::uint32_t));
  device_->run("weigh_columns", {in.extent()[0], cv::roundUp(in.extent()[1], kRun) / kRun}, kBeside,
               {in.buffer, in.width, in.height, taps.weights.get(), taps.count, taps.source.get(),
                sums.get()});
  return sums;
}

Pixels DeviceBackend::divided_by_blur(const Pixels& pixels_in, int kernel) {
  CV_Assert(kernel >= 3 && kernel <= 2001 && kernel % 2 == 1);
  const Plane in(pixels_in);
  const auto along = [&](int length) {
    // As in OpenCV, a side of one pixel is not blurred.
    return taps(gaussian_kernel_fixed(length == 1 ? 1 : kernel), length, cv::BORDER_REFLECT_101);
  };
  const Device::BufferPtr sums = weighed_down(in, along(in.height));
  const Taps across = along(in.width);
  const Device::BufferPtr out = device_->room(in.total());
  device_->run("divide_by_blur", along_rows(in), kItems,
               {in.buffer, in.width, across.weights.get(), across.count, across.source.get(),
                sums.get(), out.get()});
  return pixels(out, in.size());
}

Pixels DeviceBackend::adaptive_threshold_gaussian(const Pixels& pixels_in, int block, double c) {
  CV_Assert(block >= 3 && block <= 2001 && block % 2 == 1);
  CV_Assert(c >= -255 && c <= 255);
  const Plane in(pixels_in);
  // OpenCV filters a line of pixels in another way.
  if (in.width > 1 && in.height > 1) {
    if (auto found = thresholded(in, block, cvCeil(c))) return *std::move(found);
  }
  return Backend::adaptive_threshold_gaussian(pixels_in, block, c);
}

/// Nothing if too many pixels depend on OpenCV's rounding errors.
std::optional<Pixels> DeviceBackend::thresholded(const Plane& in, int block, int offset) {
  constexpr double kUnit = 1 << 24;
  const cv::Mat exact = cv::getGaussianKernel(block, 0, CV_32F);
  std::vector<std::int32_t> weights;
  weights.reserve(static_cast<std::size_t>(block));
  for (int i = 0; i < block; ++i) {
    weights.push_back(static_cast<std::int32_t>(std::lround(exact.at<float>(i) * kUnit)));
  }
  const Device::BufferPtr sums = weighed_down(in, taps(weights, in.height, cv::BORDER_REPLICATE));
  const Taps across = taps(weights, in.width, cv::BORDER_REPLICATE);
  // Errors of OpenCV's sums, and of sums with rounded weights.
  const double error = rounding_of_means(block) + block * 255 / kUnit;
  const auto in_units = [](double level) {
    return static_cast<std::uint64_t>(std::llround(std::ldexp(level, 48)));
  };
  const std::uint64_t limit = (std::uint64_t{1} << 60U) + in_units(offset - 0.5);
  const auto side = static_cast<std::size_t>(block);
  const std::size_t room = std::clamp<std::size_t>(kWindowBytes / (side * side), 16, 4096);
  std::vector<std::uint32_t> listed(room + 1);
  const Device::BufferPtr near = with(listed);
  const Device::BufferPtr out = device_->room(in.total());
  device_->run(
      "threshold_by_mean", along_rows(in), kItems,
      {in.buffer, in.width, across.weights.get(), across.count, across.source.get(), sums.get(),
       limit, in_units(error), near.get(), static_cast<std::uint32_t>(room), out.get()});
  fetch(*near, listed);
  const std::size_t count = listed.front();
  if (count > room) return std::nullopt;
  listed.erase(listed.begin());
  listed.resize(count);
  if (count > 0) decide(in, listed, block, offset, *out);
  return pixels(out, in.size());
}

/// Sets the listed pixels to OpenCV's results.
void DeviceBackend::decide(const Plane& in, const std::vector<std::uint32_t>& listed, int block,
                           int offset, const Device::Buffer& out) {
  const auto side = static_cast<std::size_t>(block);
  const auto count = static_cast<std::int32_t>(listed.size());
  const Device::BufferPtr at = with(listed);
  const Device::BufferPtr windows = device_->room(listed.size() * side * side);
  device_->run(
      "copy_windows", {side, listed.size()}, kBeside,
      {in.buffer, in.width, in.height, at.get(), count, std::int32_t{block}, windows.get()});
  std::vector<std::uint8_t> there(listed.size() * side * side);
  fetch(*windows, there);
  std::vector<std::uint8_t> values;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const cv::Mat around(block, block, CV_8UC1, there.data() + i * side * side);
    values.push_back(lighter_than_mean(around, offset) ? 255 : 0);
  }
  const Device::BufferPtr decided = with(values);
  device_->run("set_listed", {listed.size(), 1}, kBeside,
               {at.get(), decided.get(), count, in.width, &out});
}

}  // namespace ocrtune
