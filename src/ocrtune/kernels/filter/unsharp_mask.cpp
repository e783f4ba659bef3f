#include "ocrtune/kernels/filter/unsharp_mask.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/filter/unsharp_mask.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace ocrtune::unsharp::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D16 = hn::ScalableTag<std::uint16_t>;
using D32 = hn::ScalableTag<std::int32_t>;

/// Adds to the sums of columns a row's pixels, or subtracts them.
void add_row(const std::uint8_t* row, std::uint16_t sign, std::vector<std::uint16_t>& columns) {
  const D16 d;
  const hn::Rebind<std::uint8_t, D16> du8;
  const std::size_t lanes = hn::Lanes(d);
  const auto factor = hn::Set(d, sign);
  std::size_t x = 0;
  for (; x + lanes <= columns.size(); x += lanes) {
    const auto pixels = hn::PromoteTo(d, hn::LoadU(du8, row + x));
    hn::StoreU(hn::Add(hn::LoadU(d, &columns[x]), hn::Mul(pixels, factor)), d, &columns[x]);
  }
  for (; x < columns.size(); ++x)
    columns[x] = static_cast<std::uint16_t>(columns[x] + sign * row[x]);
}

/// The pixels from x on, as many as D has lanes. Leptonica's arithmetic: a pixel plus the product
/// is a float, to which 1/2 is added as a double. Here, the float's fraction decides instead.
template <class D>
HWY_INLINE void sharpen(const std::uint16_t* columns, int half, float fraction,
                        const std::uint8_t* from, std::uint8_t* to) {
  const D d;
  const hn::Rebind<float, D> df;
  const hn::Rebind<std::uint8_t, D> du8;
  const hn::Rebind<std::uint16_t, D> du16;
  const int width = 2 * half + 1;
  auto sum = hn::LoadU(du16, columns);
  for (int i = 1; i < width; ++i) sum = hn::Add(sum, hn::LoadU(du16, columns + i));
  const float norm = 1.0F / static_cast<float>(width * width);
  const auto mean = hn::Mul(hn::Set(df, norm), hn::ConvertTo(df, hn::PromoteTo(d, sum)));
  const auto pixel = hn::ConvertTo(df, hn::PromoteTo(d, hn::LoadU(du8, from)));
  const auto value =
      hn::Max(hn::Zero(df), hn::Add(pixel, hn::Mul(hn::Set(df, fraction), hn::Sub(pixel, mean))));
  const auto whole = hn::ConvertTo(d, value);
  const auto rest = hn::Sub(value, hn::ConvertTo(df, whole));
  const auto up = hn::IfThenElseZero(hn::Ge(rest, hn::Set(df, 0.5F)), hn::Set(df, 1.0F));
  hn::StoreU(hn::DemoteTo(du8, hn::Add(whole, hn::ConvertTo(d, up))), du8, to);
}

void mask(const cv::Mat& gray, int half, float fraction, cv::Mat& out) {
  const int width = 2 * half + 1;
  const int count = gray.cols - 2 * half;
  std::vector<std::uint16_t> columns(static_cast<std::size_t>(gray.cols));
  for (int y = 0; y < width - 1; ++y) add_row(gray.ptr<std::uint8_t>(y), 1, columns);
  const auto lanes = static_cast<int>(hn::Lanes(D32()));
  for (int y = half; y < gray.rows - half; ++y) {
    add_row(gray.ptr<std::uint8_t>(y + half), 1, columns);
    const auto* from = gray.ptr<std::uint8_t>(y) + half;
    auto* to = out.ptr<std::uint8_t>(y) + half;
    int x = 0;
    for (; x + lanes <= count; x += lanes) {
      sharpen<D32>(&columns[static_cast<std::size_t>(x)], half, fraction, from + x, to + x);
    }
    for (; x < count; ++x) {
      sharpen<hn::CappedTag<std::int32_t, 1>>(&columns[static_cast<std::size_t>(x)], half, fraction,
                                              from + x, to + x);
    }
    add_row(gray.ptr<std::uint8_t>(y - half), static_cast<std::uint16_t>(-1), columns);
  }
}

}  // namespace ocrtune::unsharp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace unsharp {
namespace {

HWY_EXPORT(mask);

void dispatch(const cv::Mat& gray, int half, float fraction, cv::Mat& out) {
  HWY_DYNAMIC_DISPATCH(mask)(gray, half, fraction, out);
}

}  // namespace
}  // namespace unsharp

cv::Mat unsharp_masked(const cv::Mat& gray, int half, float fraction) {
  CV_Assert(gray.type() == CV_8UC1 && (half == 1 || half == 2));
  cv::Mat out = gray.clone();
  if (std::min(gray.cols, gray.rows) > 2 * half) unsharp::dispatch(gray, half, fraction, out);
  return out;
}

}  // namespace ocrtune

#endif
