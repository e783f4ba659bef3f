#include "ocrtune/kernels/opencl/opencl_backend.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/core/ocl.hpp>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>

#include "ocrtune/image/image.h"
#include "ocrtune/kernels/adaptive_threshold.h"
#include "ocrtune/kernels/gaussian_kernel.h"
#include "ocrtune/kernels/gray_statistics.h"
#include "ocrtune/kernels/laplacian.h"
#include "ocrtune/kernels/nlm_weights.h"
#include "ocrtune/kernels/opencl/opencl_program.h"

namespace ocrtune {
namespace {

using cv::ocl::KernelArg;

struct OnDevice : Pixels::Held {
  explicit OnDevice(cv::UMat pixels) : gray(std::move(pixels)) {}
  cv::UMat gray;
};

const cv::UMat& held(const Pixels& pixels) {
  return dynamic_cast<const OnDevice&>(pixels.held()).gray;
}

Pixels pixels_of(cv::UMat gray) {
  const cv::Size size = gray.size();
  return {size, std::make_shared<OnDevice>(std::move(gray))};
}

template <typename T>
cv::UMat on_device(const std::vector<T>& values) {
  cv::UMat out;
  const int bytes = static_cast<int>(values.size() * sizeof(T));
  cv::Mat(1, bytes, CV_8UC1, const_cast<T*>(values.data())).copyTo(out);
  return out;
}

cv::UMat room_for(std::size_t bytes) {
  constexpr std::size_t kRow = 1U << 20U;
  const std::size_t rows = (bytes + kRow - 1) / kRow;
  return rows == 1 ? cv::UMat(1, static_cast<int>(bytes), CV_8UC1)
                   : cv::UMat(static_cast<int>(rows), static_cast<int>(kRow), CV_8UC1);
}

/// A group of work-items beside each other, and one below each other too.
constexpr Extent kBeside{64, 1};
constexpr std::size_t kGroups = 64;
constexpr std::size_t kStatisticsGroup = 256;

Extent extent(cv::Size size) {
  return {static_cast<std::size_t>(size.width), static_cast<std::size_t>(size.height)};
}

/// A reflected line's source columns for a kernel of so many taps.
std::vector<int> source_of(int length, int taps, cv::BorderTypes border) {
  std::vector<int> source;
  for (int i = -(taps / 2); i < length + taps / 2; ++i) {
    source.push_back(cv::borderInterpolate(i, length, border));
  }
  return source;
}

/// A kernel's weights and where they look.
struct Taps {
  Taps(const std::vector<int>& of, int length, cv::BorderTypes border)
      : count(static_cast<int>(of.size())),
        weights(on_device(of)),
        source(on_device(source_of(length, count, border))) {}
  int count;
  cv::UMat weights;
  cv::UMat source;
};

class OpenclBackend final : public Backend {
 public:
  OpenclBackend(const cv::ocl::Device& device, BackendInfo info)
      : program_(device), info_(std::move(info)) {}

  [[nodiscard]] const BackendInfo& info() const override { return info_; }

  Pixels hold(const cv::Mat& gray) override {
    return guarded([&] {
      cv::UMat out;
      gray.copyTo(out);
      return pixels_of(std::move(out));
    });
  }

  cv::Mat gray(const Pixels& pixels) override {
    return guarded([&] {
      cv::Mat out;
      held(pixels).copyTo(out);
      return out;
    });
  }

  ContentHash pixel_hash(const Pixels& pixels) override {
    return guarded([&] {
      const cv::UMat& from = held(pixels);
      const auto [first, second] = sums_of<std::uint64_t>("hash_pixels", from);
      return content_hash(fmt::format("{}x{} {:x} {:x} on a device", from.cols, from.rows, first,
                                      second));
    });
  }

  Pixels line_mask(const Pixels& in, const LineSizes& sizes) override {
    return painted(in, sizes, true);
  }

  Pixels without_lines(const Pixels& in, const LineSizes& sizes) override {
    return painted(in, sizes, false);
  }

  Pixels divided_by_blur(const Pixels& in, int kernel) override {
    CV_Assert(kernel >= 3 && kernel <= 2001 && kernel % 2 == 1);
    return guarded([&] {
      const cv::UMat& from = held(in);
      const auto weights = [&](int length) {
        // OpenCV, too, leaves a side of one pixel as it is.
        return gaussian_kernel_fixed(length == 1 ? 1 : kernel);
      };
      const Taps down(weights(from.rows), from.rows, cv::BORDER_REFLECT_101);
      const Taps across(weights(from.cols), from.cols, cv::BORDER_REFLECT_101);
      const cv::UMat sums = weighed_down(from, down);
      cv::UMat out(from.size(), CV_8UC1);
      program_.run("divide_by_blur", extent(from.size()), kBeside, KernelArg::PtrReadOnly(from),
                   pitch(from), from.cols, from.rows, KernelArg::PtrReadOnly(across.weights),
                   across.count, KernelArg::PtrReadOnly(across.source),
                   KernelArg::PtrReadOnly(sums), KernelArg::PtrWriteOnly(out), pitch(out));
      return pixels_of(std::move(out));
    });
  }

  Pixels denoise_nlm(const Pixels& in, float h, int search) override {
    CV_Assert(h >= 0 && search >= 1 && search <= 2 * nlm::kMaxReach + 1 && search % 2 == 1);
    return guarded([&] {
      const cv::UMat& from = held(in);
      const nlm::Weights weights = nlm::weights_for(h, search);
      const int reach = search / 2;
      const int border = reach + static_cast<int>(nlm::kHalf);
      cv::UMat extended;
      cv::copyMakeBorder(from, extended, border, border, border, border, cv::BORDER_REFLECT_101);
      const cv::UMat table = on_device(nlm::whole_weights(weights));
      cv::UMat out(from.size(), CV_8UC1);
      constexpr std::size_t kItems = 64;
      constexpr std::size_t kColumns = 58;
      constexpr std::size_t kRows = 8;
      const Extent size = extent(from.size());
      const Extent items{(size[0] + kColumns - 1) / kColumns * kItems, (size[1] + kRows - 1) / kRows};
      program_.run("denoise_nlm", items, {kItems, 1}, KernelArg::PtrReadOnly(extended),
                   pitch(extended), from.cols, from.rows, reach, KernelArg::PtrReadOnly(table),
                   static_cast<int>(weights.cutoff), KernelArg::PtrWriteOnly(out), pitch(out));
      return pixels_of(std::move(out));
    });
  }

  double laplacian_variance(const Pixels& in) override {
    return guarded([&] {
      const cv::UMat& from = held(in);
      const auto [sum, squares] = sums_of<std::int64_t>("sum_laplacian", from);
      return ocrtune::laplacian_variance(sum, squares, from.total());
    });
  }

  Pixels adaptive_threshold_gaussian(const Pixels& in, int block, double c) override {
    CV_Assert(block >= 3 && block <= 2001 && block % 2 == 1);
    CV_Assert(c >= -255 && c <= 255);
    // OpenCV filters a line of pixels another way.
    if (in.size().width == 1 || in.size().height == 1) {
      return Backend::adaptive_threshold_gaussian(in, block, c);
    }
    const auto found = guarded([&] { return thresholded(held(in), block, cvCeil(c)); });
    return found ? *found : Backend::adaptive_threshold_gaussian(in, block, c);
  }

 private:
  /// What the device, or OpenCV at work on it, complains of is a DeviceError.
  template <typename Work>
  auto guarded(const Work& work) -> decltype(work()) {
    try {
      const auto scope = program_.here();
      return work();
    } catch (const cv::Exception& error) {
      throw DeviceError(error.err);
    }
  }

  static int pitch(const cv::UMat& image) { return static_cast<int>(image.step); }

  template <typename T>
  static void fetch(const cv::UMat& from, std::vector<T>& to) {
    cv::Mat there(1, static_cast<int>(to.size() * sizeof(T)), CV_8UC1, to.data());
    from.colRange(0, there.cols).copyTo(there);
  }

  /// The totals of a kernel that gives two sums for each group.
  template <typename T>
  std::pair<T, T> sums_of(const char* kernel, const cv::UMat& gray) {
    std::vector<T> sums(2 * kGroups);
    cv::UMat on_groups = on_device(sums);
    program_.run(kernel, {kGroups * kStatisticsGroup, 1}, {kStatisticsGroup, 1},
                 KernelArg::PtrReadOnly(gray), pitch(gray), gray.cols, gray.rows,
                 static_cast<int>(kGroups), KernelArg::PtrWriteOnly(on_groups));
    fetch(on_groups, sums);
    std::pair<T, T> total{0, 0};
    for (std::size_t i = 0; i < sums.size(); i += 2) {
      total.first += sums[i];
      total.second += sums[i + 1];
    }
    return total;
  }

  int otsu_threshold(const cv::UMat& gray) {
    std::vector<std::uint32_t> counts(256);
    cv::UMat levels = on_device(counts);
    program_.run("count_levels", {kGroups * kStatisticsGroup, 1}, {kStatisticsGroup, 1},
                 KernelArg::PtrReadOnly(gray), pitch(gray), gray.cols, gray.rows,
                 static_cast<int>(kGroups), KernelArg::PtrReadWrite(levels));
    fetch(levels, counts);
    Histogram histogram{};
    std::ranges::copy(counts, histogram.begin());
    return ocrtune::otsu_threshold(histogram);
  }

  /// How far the bits of a row, or of a column, are spread.
  struct Spread {
    int before;
    int after;
  };

  /// See line_mask.cpp: an opening of two iterations.
  static Spread twice(int length, int extent) {
    const int before = length / 2 * 2;
    const int after = 2 * length - 2 - before;
    return {std::min(before, extent), std::min(after, extent)};
  }

  Pixels painted(const Pixels& pixels, const LineSizes& sizes, bool only_lines) {
    CV_Assert(sizes.h_size >= 1 && sizes.v_size >= 1 && sizes.dilate_iter >= 0);
    return guarded([&] {
      const cv::UMat& in = held(pixels);
      const int threshold = otsu_threshold(in);
      const int columns = (in.cols + 63) / 64;
      const Extent words{static_cast<std::size_t>(columns), static_cast<std::size_t>(in.rows)};
      const auto bits = [&] { return room_for(words[0] * words[1] * sizeof(std::uint64_t)); };
      const auto spread = [&](const char* kernel, const cv::UMat& from, Spread by, bool inverted) {
        cv::UMat to = bits();
        program_.run(kernel, words, kWords, KernelArg::PtrReadOnly(from), columns, in.cols, in.rows,
                     by.before, by.after, static_cast<int>(inverted), KernelArg::PtrWriteOnly(to));
        return to;
      };
      cv::UMat paper = bits();
      program_.run("pack_paper", words, kWords, KernelArg::PtrReadOnly(in), pitch(in), in.cols,
                   in.rows, threshold, KernelArg::PtrWriteOnly(paper), columns);
      const auto opened = [&](const char* kernel, Spread by) {
        return spread(kernel, spread(kernel, paper, by, true), by, false);
      };
      const cv::UMat across = opened("spread_rows", twice(sizes.h_size, in.cols));
      cv::UMat lines = opened("spread_columns", twice(sizes.v_size, in.rows));
      const auto count = static_cast<int>(words[0] * words[1]);
      program_.run("join_bits", {words[0] * words[1], 1}, kBeside, KernelArg::PtrReadOnly(across),
                   count, KernelArg::PtrReadWrite(lines));
      const int dilate = std::min(sizes.dilate_iter, std::max(in.cols, in.rows));
      if (dilate > 0) {
        lines = spread("spread_rows", spread("spread_columns", lines, {dilate, dilate}, false),
                       {dilate, dilate}, false);
      }
      cv::UMat out(in.size(), CV_8UC1);
      program_.run("paint_bits", extent(in.size()), kBeside, KernelArg::PtrReadOnly(in), pitch(in),
                   in.cols, in.rows, KernelArg::PtrReadOnly(lines), columns,
                   static_cast<int>(only_lines), KernelArg::PtrWriteOnly(out), pitch(out));
      return pixels_of(std::move(out));
    });
  }

  cv::UMat weighed_down(const cv::UMat& gray, const Taps& taps) {
    cv::UMat sums(gray.size(), CV_32SC1);
    program_.run("weigh_columns", extent(gray.size()), kBeside, KernelArg::PtrReadOnly(gray),
                 pitch(gray), gray.cols, gray.rows, KernelArg::PtrReadOnly(taps.weights),
                 taps.count, KernelArg::PtrReadOnly(taps.source), KernelArg::PtrWriteOnly(sums));
    return sums;
  }

  /// Nothing where too many pixels hang on OpenCV's roundings.
  std::optional<Pixels> thresholded(const cv::UMat& gray, int block, int offset) {
    constexpr double kUnit = 1 << 24;
    const cv::Mat exact = cv::getGaussianKernel(block, 0, CV_32F);
    std::vector<int> weights;
    for (int i = 0; i < block; ++i) {
      weights.push_back(static_cast<int>(std::lround(exact.at<float>(i) * kUnit)));
    }
    const Taps down(weights, gray.rows, cv::BORDER_REPLICATE);
    const Taps across(weights, gray.cols, cv::BORDER_REPLICATE);
    const cv::UMat sums = weighed_down(gray, down);
    // What OpenCV's sums and the weights' last bits may be wrong by.
    const double error = rounding_of_means(block) + block * 255 / kUnit;
    const auto in_units = [&](double level) {
      return static_cast<std::uint64_t>(std::llround(std::ldexp(level, 48)));
    };
    const std::uint64_t limit = (std::uint64_t{1} << 60U) + in_units(offset - 0.5);
    const std::size_t side = static_cast<std::size_t>(block);
    const std::size_t room = std::clamp<std::size_t>(kWindowBytes / (side * side), 16, 4096);
    std::vector<std::uint32_t> listed(room + 1);
    cv::UMat near = on_device(listed);
    cv::UMat out(gray.size(), CV_8UC1);
    program_.run("threshold_by_mean", extent(gray.size()), kBeside, KernelArg::PtrReadOnly(gray),
                 pitch(gray), gray.cols, gray.rows, KernelArg::PtrReadOnly(across.weights), block,
                 KernelArg::PtrReadOnly(across.source), KernelArg::PtrReadOnly(sums), limit,
                 in_units(error), KernelArg::PtrReadWrite(near), static_cast<std::uint32_t>(room),
                 KernelArg::PtrWriteOnly(out), pitch(out));
    fetch(near, listed);
    const std::size_t count = listed.front();
    if (count > room) return std::nullopt;
    listed = {listed.begin() + 1, listed.begin() + 1 + static_cast<std::ptrdiff_t>(count)};
    if (count > 0) decide(gray, listed, block, offset, out);
    return pixels_of(std::move(out));
  }

  /// The listed pixels as OpenCV decides them.
  void decide(const cv::UMat& gray, const std::vector<std::uint32_t>& listed, int block, int offset,
              cv::UMat& out) {
    const auto side = static_cast<std::size_t>(block);
    const cv::UMat at = on_device(listed);
    const auto count = static_cast<int>(listed.size());
    cv::UMat windows(count, block * block, CV_8UC1);
    program_.run("copy_windows", {side, listed.size()}, kBeside, KernelArg::PtrReadOnly(gray),
                 pitch(gray), gray.cols, gray.rows, KernelArg::PtrReadOnly(at), count, block,
                 KernelArg::PtrWriteOnly(windows));
    cv::Mat there;
    windows.copyTo(there);
    std::vector<std::uint8_t> values;
    for (int i = 0; i < count; ++i) {
      const cv::Mat around(block, block, CV_8UC1, there.ptr(i));
      values.push_back(lighter_than_mean(around, offset) ? 255 : 0);
    }
    program_.run("set_listed", {listed.size(), 1}, kBeside, KernelArg::PtrReadOnly(at),
                 KernelArg::PtrReadOnly(on_device(values)), count, gray.cols,
                 KernelArg::PtrReadWrite(out), pitch(out));
  }

  static constexpr Extent kWords{8, 8};
  static constexpr std::size_t kWindowBytes = 64U << 20U;

  OpenclProgram program_;
  BackendInfo info_;
};

std::vector<cv::ocl::Device> devices() {
  std::vector<cv::ocl::PlatformInfo> platforms;
  try {
    cv::ocl::getPlatfomsInfo(platforms);
  } catch (const cv::Exception&) {
    return {};  // no OpenCL here, or one that doesn't answer
  }
  std::vector<cv::ocl::Device> found;
  for (const cv::ocl::PlatformInfo& platform : platforms) {
    for (int i = 0; i < platform.deviceNumber(); ++i) {
      platform.getDevice(found.emplace_back(), i);
    }
  }
  return found;
}

}  // namespace

std::vector<OpenclDevice> opencl_devices() {
  std::vector<OpenclDevice> list;
  for (const cv::ocl::Device& device : devices()) {
    list.push_back({.platform = device.vendorName(),
                    .name = device.name(),
                    .version = device.version(),
                    .memory_bytes = device.globalMemSize(),
                    .is_processor = device.type() == cv::ocl::Device::TYPE_CPU});
  }
  return list;
}

std::unique_ptr<Backend> opencl_backend(std::size_t number) {
  const std::vector<cv::ocl::Device> all = devices();
  if (number >= all.size()) throw DeviceError("there is no such OpenCL device");
  const cv::ocl::Device& device = all[number];
  return std::make_unique<OpenclBackend>(
      device, BackendInfo{.name = "opencl",
                          .description = fmt::format("{}, {}", device.name(), device.version()),
                          .memory_bytes = device.globalMemSize()});
}

}  // namespace ocrtune
