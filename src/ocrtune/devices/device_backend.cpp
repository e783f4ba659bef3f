#include "ocrtune/devices/device_backend.h"

#include <fmt/format.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/measure/laplacian.h"
#include "ocrtune/kernels/nlm/weights.h"

namespace ocrtune {
namespace {

struct OnDevice : Pixels::Held {
  explicit OnDevice(Device::BufferPtr pixels) : buffer(std::move(pixels)) {}
  Device::BufferPtr buffer;
};

// As in devices/kernels/statistics.h.
constexpr WorkItems kGroup{256, 1};

/// Number of groups that share an image's rows: several rows for each, and enough for all compute
/// units of a large device.
std::size_t groups_for(const Plane& in) {
  constexpr std::size_t kRows = 4;
  constexpr std::size_t kMax = 512;
  return std::min((in.extent()[1] + kRows - 1) / kRows, kMax);
}

// As in devices/kernels/nlm.h.
constexpr std::size_t kNlmItems = 64;
constexpr std::size_t kNlmColumns = 128;
constexpr std::size_t kNlmRows = 12;
constexpr std::size_t kNlmNear = 2176;

}  // namespace

std::vector<std::int32_t> source_of(int length, int half, int border) {
  std::vector<std::int32_t> source;
  for (int i = -half; i < length + half; ++i) {
    source.push_back(cv::borderInterpolate(i, length, border));
  }
  return source;
}

Plane::Plane(const Pixels& pixels)
    : buffer(dynamic_cast<const OnDevice&>(pixels.held()).buffer.get()),
      width(pixels.size().width),
      height(pixels.size().height) {}

Pixels DeviceBackend::pixels(Device::BufferPtr buffer, cv::Size size) {
  return {size, std::make_shared<OnDevice>(std::move(buffer))};
}

Pixels DeviceBackend::hold(const cv::Mat& gray) {
  const cv::Mat whole = gray.isContinuous() ? gray : gray.clone();
  return pixels(with(whole.data, whole.total()), gray.size());
}

cv::Mat DeviceBackend::gray(const Pixels& pixels) {
  const Plane from(pixels);
  cv::Mat out(from.size(), CV_8UC1);
  device_->read(*from.buffer, out.data, out.total());
  return out;
}

/// The totals of a kernel that gives two sums for each group.
template <typename T>
std::pair<T, T> DeviceBackend::sums_of(const char* kernel, const Plane& in) {
  const std::size_t groups = groups_for(in);
  std::vector<T> sums(2 * groups);
  const Device::BufferPtr of_groups = device_->room(sums.size() * sizeof(T));
  device_->run(
      kernel, {groups * kGroup[0], 1}, kGroup,
      {in.buffer, in.width, in.height, static_cast<std::int32_t>(groups), of_groups.get()});
  fetch(*of_groups, sums);
  std::pair<T, T> total{0, 0};
  for (std::size_t i = 0; i < sums.size(); i += 2) {
    total.first += sums[i];
    total.second += sums[i + 1];
  }
  return total;
}

ContentHash DeviceBackend::pixel_hash(const Pixels& pixels) {
  const Plane of(pixels);
  const auto [first, second] = sums_of<std::uint64_t>("hash_pixels", of);
  return content_hash(
      fmt::format("{}x{} {:x} {:x} on a device", of.width, of.height, first, second));
}

double DeviceBackend::laplacian_variance(const Pixels& pixels_in) {
  const Plane in(pixels_in);
  const auto [sum, squares] = sums_of<std::int64_t>("sum_laplacian", in);
  return ocrtune::laplacian_variance(sum, squares, in.total());
}

Histogram DeviceBackend::histogram(const Plane& in) {
  Histogram levels{};
  const Device::BufferPtr counts = with(levels);
  const std::size_t groups = groups_for(in);
  device_->run("count_levels", {groups * kGroup[0], 1}, kGroup,
               {in.buffer, in.width, in.height, static_cast<std::int32_t>(groups), counts.get()});
  fetch(*counts, levels);
  return levels;
}

Pixels DeviceBackend::denoise_nlm(const Pixels& pixels_in, float h, int search) {
  CV_Assert(h >= 0 && search >= 1 && search <= 2 * nlm::kMaxReach + 1 && search % 2 == 1);
  const Plane in(pixels_in);
  const nlm::Weights weights = nlm::weights_for(h, search);
  const std::int32_t reach = search / 2;
  const int border = reach + static_cast<int>(nlm::kHalf);
  const Device::BufferPtr columns = with(source_of(in.width, border, cv::BORDER_REFLECT_101));
  const Device::BufferPtr rows = with(source_of(in.height, border, cv::BORDER_REFLECT_101));
  std::vector<std::uint32_t> by_distance = nlm::whole_weights(weights);
  by_distance.push_back(0);
  const Device::BufferPtr table = with(by_distance);
  const Device::BufferPtr out = device_->room(in.total());
  const auto groups = [](std::int32_t size, std::size_t each) {
    return (static_cast<std::size_t>(size) + each - 1) / each;
  };
  device_->run(weights.cutoff < kNlmNear ? "denoise_nlm" : "denoise_nlm_strongly",
               {groups(in.width, kNlmColumns) * kNlmItems, groups(in.height, kNlmRows)},
               {kNlmItems, 1},
               {in.buffer, in.width, in.height, reach, columns.get(), rows.get(), table.get(),
                static_cast<std::int32_t>(weights.cutoff), out.get()});
  return pixels(out, in.size());
}

std::unique_ptr<Backend> backend_of(std::unique_ptr<Device> device) {
  return std::make_unique<DeviceBackend>(std::move(device));
}

}  // namespace ocrtune
