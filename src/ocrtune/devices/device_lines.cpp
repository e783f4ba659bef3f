#include <algorithm>

#include "ocrtune/devices/device_backend.h"
#include "ocrtune/kernels/lines/line_mask.h"

namespace ocrtune {
namespace {

/// Groups of words along x and y.
constexpr WorkItems kWords{8, 8};

/// How far bits are spread.
struct Spread {
  std::int32_t before;
  std::int32_t after;
};

/// See line_mask.cpp: for an opening with two iterations.
Spread twice(int length, std::int32_t extent) {
  const int before = length / 2 * 2;
  return {std::min(before, extent), std::min(2 * length - 2 - before, extent)};
}

}  // namespace

Pixels DeviceBackend::line_mask(const Pixels& in, const LineSizes& sizes) {
  return painted(Plane(in), sizes, true);
}

Pixels DeviceBackend::without_lines(const Pixels& in, const LineSizes& sizes) {
  return painted(Plane(in), sizes, false);
}

Pixels DeviceBackend::painted(const Plane& in, const LineSizes& sizes, bool only_lines) {
  CV_Assert(sizes.h_size >= 1 && sizes.v_size >= 1 && sizes.dilate_iter >= 0);
  const std::int32_t threshold = otsu_threshold(histogram(in));
  const std::int32_t columns = (in.width + 63) / 64;
  const WorkItems words{static_cast<std::size_t>(columns), in.extent()[1]};
  const std::size_t count = words[0] * words[1];
  const auto bits = [&] { return device_->room(count * sizeof(std::uint64_t)); };
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
               {in.buffer, in.width, in.height, threshold, paper.get(), columns});
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
  device_->run(
      "paint_bits", in.extent(), kBeside,
      {in.buffer, in.width, in.height, lines.get(), columns, std::int32_t{only_lines}, out.get()});
  return pixels(out, in.size());
}

}  // namespace ocrtune
