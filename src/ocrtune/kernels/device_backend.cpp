#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/kernels/adaptive_threshold.h"
#include "ocrtune/kernels/device.h"
#include "ocrtune/kernels/gaussian_kernel.h"
#include "ocrtune/kernels/gray_statistics.h"
#include "ocrtune/kernels/laplacian.h"
#include "ocrtune/kernels/nlm_weights.h"

namespace ocrtune {
namespace {

/// Rows without gaps.
struct OnDevice : Pixels::Held {
  explicit OnDevice(Device::BufferPtr pixels) : buffer(std::move(pixels)) {}
  Device::BufferPtr buffer;
};

/// An image as kernels take it.
struct Plane {
  explicit Plane(const Pixels& pixels)
      : buffer(dynamic_cast<const OnDevice&>(pixels.held()).buffer.get()),
        width(pixels.size().width),
        height(pixels.size().height) {}
  const Device::Buffer* buffer;
  std::int32_t width;
  std::int32_t height;

  [[nodiscard]] Extent extent() const {
    return {static_cast<std::size_t>(width), static_cast<std::size_t>(height)};
  }
  [[nodiscard]] std::size_t total() const { return extent()[0] * extent()[1]; }
  [[nodiscard]] cv::Size size() const { return {width, height}; }
};

constexpr Extent kBeside{64, 1};
constexpr Extent kWords{8, 8};

// As kernels/device/statistics.h has them.
constexpr std::size_t kGroups = 64;
constexpr Extent kStatisticsGroup{256, 1};
constexpr Extent kStatisticsItems{kGroups * kStatisticsGroup[0], 1};

// As kernels/device/nlm.h has them.
constexpr std::size_t kNlmItems = 64;
constexpr std::size_t kNlmColumns = 58;
constexpr std::size_t kNlmRows = 8;

/// Windows that OpenCV has to look at take no more than this.
constexpr std::size_t kWindowBytes = 64U << 20U;

/// What each place of a line and `half` more on either side are read from.
std::vector<std::int32_t> source_of(int length, int half, cv::BorderTypes border) {
  std::vector<std::int32_t> source;
  for (int i = -half; i < length + half; ++i) {
    source.push_back(cv::borderInterpolate(i, length, border));
  }
  return source;
}

class DeviceBackend final : public Backend {
 public:
  explicit DeviceBackend(std::unique_ptr<Device> device) : device_(std::move(device)) {}

  [[nodiscard]] const BackendInfo& info() const override { return device_->info(); }

  Pixels hold(const cv::Mat& gray) override {
    const cv::Mat whole = gray.isContinuous() ? gray : gray.clone();
    const Device::BufferPtr buffer = device_->room(whole.total());
    device_->write(*buffer, whole.data, whole.total());
    return pixels(buffer, gray.size());
  }

  cv::Mat gray(const Pixels& pixels) override {
    const Plane from(pixels);
    cv::Mat out(from.size(), CV_8UC1);
    device_->read(*from.buffer, out.data, out.total());
    return out;
  }

  ContentHash pixel_hash(const Pixels& pixels) override {
    const Plane of(pixels);
    const auto [first, second] = sums_of<std::uint64_t>("hash_pixels", of);
    return content_hash(
        fmt::format("{}x{} {:x} {:x} on a device", of.width, of.height, first, second));
  }

  Pixels line_mask(const Pixels& in, const LineSizes& sizes) override {
    return painted(Plane(in), sizes, true);
  }

  Pixels without_lines(const Pixels& in, const LineSizes& sizes) override {
    return painted(Plane(in), sizes, false);
  }

  Pixels divided_by_blur(const Pixels& in, int kernel) override;
  Pixels denoise_nlm(const Pixels& in, float h, int search) override;
  double laplacian_variance(const Pixels& in) override;
  Pixels adaptive_threshold_gaussian(const Pixels& in, int block, double c) override;

 private:
  /// A kernel's weights and where they look, along one side of an image.
  struct Taps {
    std::int32_t count;
    Device::BufferPtr weights;
    Device::BufferPtr source;
  };

  /// How far bits are spread.
  struct Spread {
    std::int32_t before;
    std::int32_t after;
  };

  static Pixels pixels(Device::BufferPtr buffer, cv::Size size) {
    return {size, std::make_shared<OnDevice>(std::move(buffer))};
  }

  template <typename T>
  Device::BufferPtr with(const std::vector<T>& values) {
    Device::BufferPtr buffer = device_->room(values.size() * sizeof(T));
    device_->write(*buffer, values.data(), values.size() * sizeof(T));
    return buffer;
  }

  /// The totals of a kernel that gives two sums for each group.
  template <typename T>
  std::pair<T, T> sums_of(const char* kernel, const Plane& in) {
    std::vector<T> sums(2 * kGroups);
    const Device::BufferPtr of_groups = device_->room(sums.size() * sizeof(T));
    device_->run(kernel, kStatisticsItems, kStatisticsGroup,
                 {in.buffer, in.width, in.width, in.height, std::int32_t{kGroups},
                  of_groups.get()});
    device_->read(*of_groups, sums.data(), sums.size() * sizeof(T));
    std::pair<T, T> total{0, 0};
    for (std::size_t i = 0; i < sums.size(); i += 2) {
      total.first += sums[i];
      total.second += sums[i + 1];
    }
    return total;
  }

  int otsu_threshold(const Plane& in) {
    Histogram levels{};
    const Device::BufferPtr counts = device_->room(sizeof(levels));
    device_->write(*counts, levels.data(), sizeof(levels));
    device_->run("count_levels", kStatisticsItems, kStatisticsGroup,
                 {in.buffer, in.width, in.width, in.height, std::int32_t{kGroups}, counts.get()});
    device_->read(*counts, levels.data(), sizeof(levels));
    return ocrtune::otsu_threshold(levels);
  }

  Taps taps(const std::vector<std::int32_t>& weights, int length, cv::BorderTypes border) {
    const auto count = static_cast<std::int32_t>(weights.size());
    return {count, with(weights), with(source_of(length, count / 2, border))};
  }

  /// The weighted sums down the columns, of 32 bits.
  Device::BufferPtr weighed_down(const Plane& in, const Taps& taps) {
    Device::BufferPtr sums = device_->room(in.total() * sizeof(std::uint32_t));
    device_->run("weigh_columns", in.extent(), kBeside,
                 {in.buffer, in.width, in.width, in.height, taps.weights.get(), taps.count,
                  taps.source.get(), sums.get()});
    return sums;
  }

  Pixels painted(const Plane& in, const LineSizes& sizes, bool only_lines);
  std::optional<Pixels> thresholded(const Plane& in, int block, int offset);
  void decide(const Plane& in, const std::vector<std::uint32_t>& listed, int block, int offset,
              const Device::Buffer& out);

  std::unique_ptr<Device> device_;
};

/// An opening of two iterations, as line_mask.cpp has it.
Pixels DeviceBackend::painted(const Plane& in, const LineSizes& sizes, bool only_lines) {
  CV_Assert(sizes.h_size >= 1 && sizes.v_size >= 1 && sizes.dilate_iter >= 0);
  const std::int32_t threshold = otsu_threshold(in);
  const std::int32_t columns = (in.width + 63) / 64;
  const Extent words{static_cast<std::size_t>(columns), in.extent()[1]};
  const std::size_t count = words[0] * words[1];
  const auto bits = [&] { return device_->room(count * sizeof(std::uint64_t)); };
  const auto twice = [](int length, std::int32_t extent) {
    const int before = length / 2 * 2;
    return Spread{std::min(before, extent), std::min(2 * length - 2 - before, extent)};
  };
  const auto spread = [&](const char* kernel, const Device::BufferPtr& from, Spread by,
                          bool inverted) {
    Device::BufferPtr to = bits();
    device_->run(kernel, words, kWords,
                 {from.get(), columns, in.width, in.height, by.before, by.after,
                  std::int32_t{inverted}, to.get()});
    return to;
  };
  const Device::BufferPtr paper = bits();
  device_->run("pack_paper", words, kWords,
               {in.buffer, in.width, in.width, in.height, threshold, paper.get(), columns});
  const auto opened = [&](const char* kernel, Spread by) {
    return spread(kernel, spread(kernel, paper, by, true), by, false);
  };
  const Device::BufferPtr across = opened("spread_rows", twice(sizes.h_size, in.width));
  Device::BufferPtr lines = opened("spread_columns", twice(sizes.v_size, in.height));
  device_->run("join_bits", {count, 1}, kBeside,
               {across.get(), static_cast<std::int32_t>(count), lines.get()});
  const std::int32_t dilate = std::min(sizes.dilate_iter, std::max(in.width, in.height));
  if (dilate > 0) {
    lines = spread("spread_rows", spread("spread_columns", lines, {dilate, dilate}, false),
                   {dilate, dilate}, false);
  }
  const Device::BufferPtr out = device_->room(in.total());
  device_->run("paint_bits", in.extent(), kBeside,
               {in.buffer, in.width, in.width, in.height, lines.get(), columns,
                std::int32_t{only_lines}, out.get(), in.width});
  return pixels(out, in.size());
}

Pixels DeviceBackend::divided_by_blur(const Pixels& pixels_in, int kernel) {
  CV_Assert(kernel >= 3 && kernel <= 2001 && kernel % 2 == 1);
  const Plane in(pixels_in);
  const auto along = [&](int length) {
    // OpenCV, too, leaves a side of one pixel as it is.
    return taps(gaussian_kernel_fixed(length == 1 ? 1 : kernel), length, cv::BORDER_REFLECT_101);
  };
  const Device::BufferPtr sums = weighed_down(in, along(in.height));
  const Taps across = along(in.width);
  const Device::BufferPtr out = device_->room(in.total());
  device_->run("divide_by_blur", in.extent(), kBeside,
               {in.buffer, in.width, in.width, in.height, across.weights.get(), across.count,
                across.source.get(), sums.get(), out.get(), in.width});
  return pixels(out, in.size());
}

Pixels DeviceBackend::denoise_nlm(const Pixels& pixels_in, float h, int search) {
  CV_Assert(h >= 0 && search >= 1 && search <= 2 * nlm::kMaxReach + 1 && search % 2 == 1);
  const Plane in(pixels_in);
  const nlm::Weights weights = nlm::weights_for(h, search);
  const std::int32_t reach = search / 2;
  const int border = reach + static_cast<int>(nlm::kHalf);
  const Device::BufferPtr columns = with(source_of(in.width, border, cv::BORDER_REFLECT_101));
  const Device::BufferPtr rows = with(source_of(in.height, border, cv::BORDER_REFLECT_101));
  const Device::BufferPtr table = with(nlm::whole_weights(weights));
  const Device::BufferPtr out = device_->room(in.total());
  const auto groups = [](std::int32_t size, std::size_t each) {
    return (static_cast<std::size_t>(size) + each - 1) / each;
  };
  device_->run("denoise_nlm",
               {groups(in.width, kNlmColumns) * kNlmItems, groups(in.height, kNlmRows)},
               {kNlmItems, 1},
               {in.buffer, in.width, in.width, in.height, reach, columns.get(), rows.get(),
                table.get(), static_cast<std::int32_t>(weights.cutoff), out.get(), in.width});
  return pixels(out, in.size());
}

double DeviceBackend::laplacian_variance(const Pixels& pixels_in) {
  const Plane in(pixels_in);
  const auto [sum, squares] = sums_of<std::int64_t>("sum_laplacian", in);
  return ocrtune::laplacian_variance(sum, squares, in.total());
}

Pixels DeviceBackend::adaptive_threshold_gaussian(const Pixels& pixels_in, int block, double c) {
  CV_Assert(block >= 3 && block <= 2001 && block % 2 == 1);
  CV_Assert(c >= -255 && c <= 255);
  const Plane in(pixels_in);
  // OpenCV filters a line of pixels another way.
  if (in.width > 1 && in.height > 1) {
    if (auto found = thresholded(in, block, cvCeil(c))) return *std::move(found);
  }
  return Backend::adaptive_threshold_gaussian(pixels_in, block, c);
}

/// Nothing where too many pixels hang on OpenCV's roundings.
std::optional<Pixels> DeviceBackend::thresholded(const Plane& in, int block, int offset) {
  constexpr double kUnit = 1 << 24;
  const cv::Mat exact = cv::getGaussianKernel(block, 0, CV_32F);
  std::vector<std::int32_t> weights;
  for (int i = 0; i < block; ++i) {
    weights.push_back(static_cast<std::int32_t>(std::lround(exact.at<float>(i) * kUnit)));
  }
  const Device::BufferPtr sums = weighed_down(in, taps(weights, in.height, cv::BORDER_REPLICATE));
  const Taps across = taps(weights, in.width, cv::BORDER_REPLICATE);
  // What OpenCV's sums may be wrong by, and those of weights that were rounded.
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
  device_->run("threshold_by_mean", in.extent(), kBeside,
               {in.buffer, in.width, in.width, in.height, across.weights.get(), across.count,
                across.source.get(), sums.get(), limit, in_units(error), near.get(),
                static_cast<std::uint32_t>(room), out.get(), in.width});
  device_->read(*near, listed.data(), listed.size() * sizeof(std::uint32_t));
  const std::size_t count = listed.front();
  if (count > room) return std::nullopt;
  listed.erase(listed.begin());
  listed.resize(count);
  if (count > 0) decide(in, listed, block, offset, *out);
  return pixels(out, in.size());
}

/// Sets the listed pixels to what OpenCV makes of them.
void DeviceBackend::decide(const Plane& in, const std::vector<std::uint32_t>& listed, int block,
                           int offset, const Device::Buffer& out) {
  const auto side = static_cast<std::size_t>(block);
  const auto count = static_cast<std::int32_t>(listed.size());
  const Device::BufferPtr at = with(listed);
  const Device::BufferPtr windows = device_->room(listed.size() * side * side);
  device_->run("copy_windows", {side, listed.size()}, kBeside,
               {in.buffer, in.width, in.width, in.height, at.get(), count, std::int32_t{block},
                windows.get()});
  std::vector<std::uint8_t> there(listed.size() * side * side);
  device_->read(*windows, there.data(), there.size());
  std::vector<std::uint8_t> values;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const cv::Mat around(block, block, CV_8UC1, there.data() + i * side * side);
    values.push_back(lighter_than_mean(around, offset) ? 255 : 0);
  }
  const Device::BufferPtr decided = with(values);
  device_->run("set_listed", {listed.size(), 1}, kBeside,
               {at.get(), decided.get(), count, in.width, &out, in.width});
}

}  // namespace

std::unique_ptr<Backend> backend_of(std::unique_ptr<Device> device) {
  return std::make_unique<DeviceBackend>(std::move(device));
}

}  // namespace ocrtune
