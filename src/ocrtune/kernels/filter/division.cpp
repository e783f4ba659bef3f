#include "ocrtune/kernels/filter/division.h"

#include <cstddef>
#include <cstdint>

#include "ocrtune/kernels/filter/gaussian_blur.h"

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/filter/division.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace ocrtune::division::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// 255 * dividend / divisor.
///
/// The quotient in float rounds as the true one would: if the true one is n + 1/2, with n < 255, so
/// is it; otherwise it differs by at least 1 / (2 * 255) from n + 1/2, and the error of the
/// division is less than 2^-16.
template <typename D>
HWY_INLINE void divide_at(D d, const std::uint8_t* dividend, const std::uint8_t* divisor,
                          std::uint8_t* out) {
  const hn::RebindToFloat<D> df;
  const hn::Rebind<std::uint8_t, D> d8;
  const auto by = hn::PromoteTo(d, hn::LoadU(d8, divisor));
  const auto scaled = hn::Mul(hn::PromoteTo(d, hn::LoadU(d8, dividend)), hn::Set(d, 255));
  const auto quotient = hn::Div(hn::ConvertTo(df, scaled), hn::ConvertTo(df, by));
  const auto rounded = hn::NearestInt(hn::Min(quotient, hn::Set(df, 255.0F)));
  const auto kept = hn::IfThenZeroElse(hn::Eq(by, hn::Zero(d)), rounded);
  hn::StoreU(hn::DemoteTo(d8, kept), d8, out);
}

void divide_row(const std::uint8_t* dividend, const std::uint8_t* divisor, std::uint8_t* out,
                std::size_t columns) {
  const hn::ScalableTag<std::int32_t> d;
  const hn::CappedTag<std::int32_t, 1> d1;
  std::size_t x = 0;
  for (; x + hn::Lanes(d) <= columns; x += hn::Lanes(d)) {
    divide_at(d, dividend + x, divisor + x, out + x);
  }
  for (; x < columns; ++x) divide_at(d1, dividend + x, divisor + x, out + x);
}

}  // namespace ocrtune::division::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace division {
namespace {

HWY_EXPORT(divide_row);

void dispatch(const std::uint8_t* dividend, const std::uint8_t* divisor, std::uint8_t* out,
              std::size_t columns) {
  HWY_DYNAMIC_DISPATCH(divide_row)(dividend, divisor, out, columns);
}

}  // namespace
}  // namespace division

cv::Mat divided_by_blur(const cv::Mat& gray, int kernel) {
  cv::Mat out(gray.size(), CV_8UC1);
  const auto columns = static_cast<std::size_t>(gray.cols);
  gaussian_blur_rows(gray, kernel, [&](int y, const std::uint8_t* blur) {
    division::dispatch(gray.ptr(y), blur, out.ptr(y), columns);
  });
  return out;
}

}  // namespace ocrtune

#endif
