#include "ocrtune/kernels/nlm.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/image/image.h"

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/nlm.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/aligned_allocator.h>
#include <hwy/highway.h>

#ifndef OCRTUNE_KERNELS_NLM_ONCE
#define OCRTUNE_KERNELS_NLM_ONCE

namespace ocrtune::nlm {

constexpr int kTemplate = 7;
constexpr int kHalf = kTemplate / 2;
/// OpenCV divides the sum over the template by 64, the power of two after 49, to index its weights.
constexpr int kShift = 6;
constexpr int kMaxSquare = 255 * 255;
/// Entries of the weight table that one permutation of two AVX-512 registers reaches.
constexpr int kBlock = 64;
constexpr int kMaxBlocks = 8;
/// Pixels after the right border that vectors may read: the most 16-bit lanes of any instruction
/// set.
constexpr int kSlack = 128;

/// Weights by (sum over the template >> kShift). From `cutoff` on they are 0 and left out.
struct Weights {
  std::vector<std::uint32_t> wide;    // cutoff entries and a 0
  std::vector<std::uint16_t> narrow;  // the first blocks * kBlock entries
  int blocks = 0;                     // 0 where the weights need more than 16 bits
  std::uint16_t cutoff = 0;
};

struct Task {
  cv::Mat extended;  // the page with borders; its pixel (0, 0) is at (border, border)
  cv::Size size;
  int border = 0;
  int search = 0;
  Weights weights;
};

}  // namespace ocrtune::nlm

#endif

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D16 = hn::ScalableTag<std::uint16_t>;
using V16 = hn::Vec<D16>;

constexpr D16 d16;  // NOLINT(readability-identifier-naming): Highway's custom
constexpr hn::Rebind<std::uint8_t, D16>
    d8;  // NOLINT(readability-identifier-naming): Highway's custom

/// Columns and rows of output worked on at a time, so that the column sums stay in the L1 cache and
/// the accumulators in L2.
constexpr std::size_t kChunk = 256;
constexpr int kBand = 64;

/// Sums over the template's height of the squared differences, for one dy, each dx and the columns
/// of a chunk and kHalf more on either side.
///
/// The full sum needs 22 bits; lanes of 16 hold twice as many. So we keep the sum modulo 2^16, and
/// the sum of the squares' upper 10 bits, which fits and is at most 48 less than the sum's:
/// together they give the upper bits exactly.
struct ColumnSums {
  explicit ColumnSums(int search)
      : stride(hwy::RoundUpTo(kChunk + kTemplate - 1, hn::Lanes(d16))),
        count(static_cast<std::size_t>(search) * stride),
        low(hwy::AllocateAligned<std::uint16_t>(count)),
        high(hwy::AllocateAligned<std::uint16_t>(count)) {}

  void clear() {
    std::fill_n(low.get(), count, std::uint16_t{0});
    std::fill_n(high.get(), count, std::uint16_t{0});
  }

  std::size_t stride;
  std::size_t count;
  hwy::AlignedFreeUniquePtr<std::uint16_t[]> low;
  hwy::AlignedFreeUniquePtr<std::uint16_t[]> high;
};

/// Two rows to compare, the second at the leftmost offset.
struct RowPair {
  const std::uint8_t* here;
  const std::uint8_t* there;
};

HWY_INLINE V16 load_pixels(const std::uint8_t* from) {
  return hn::PromoteTo(d16, hn::LoadU(d8, from));
}

HWY_INLINE V16 square(V16 difference) { return hn::Mul(difference, difference); }

/// Adds a row to the sums and takes one away. The rows begin kHalf before the chunk.
void slide(const RowPair& added, const RowPair& removed, int search, std::size_t columns,
           ColumnSums& sums) {
  const std::size_t lanes = hn::Lanes(d16);
  for (std::size_t x = 0; x < columns; x += lanes) {
    const V16 added_here = load_pixels(added.here + x);
    const V16 removed_here = load_pixels(removed.here + x);
    std::uint16_t* low = sums.low.get() + x;
    std::uint16_t* high = sums.high.get() + x;
    for (int dx = 0; dx < search; ++dx, low += sums.stride, high += sums.stride) {
      const V16 plus = square(hn::Sub(added_here, load_pixels(added.there + x + dx)));
      const V16 minus = square(hn::Sub(removed_here, load_pixels(removed.there + x + dx)));
      hn::Store(hn::Add(hn::Load(d16, low), hn::Sub(plus, minus)), d16, low);
      const V16 change = hn::Sub(hn::ShiftRight<kShift>(plus), hn::ShiftRight<kShift>(minus));
      hn::Store(hn::Add(hn::Load(d16, high), change), d16, high);
    }
  }
}

HWY_INLINE V16 sum_of_template_row(const std::uint16_t* columns) {
  const V16 a = hn::Add(hn::LoadU(d16, columns), hn::LoadU(d16, columns + 1));
  const V16 b = hn::Add(hn::LoadU(d16, columns + 2), hn::LoadU(d16, columns + 3));
  const V16 c = hn::Add(hn::LoadU(d16, columns + 4), hn::LoadU(d16, columns + 5));
  return hn::Add(hn::Add(a, b), hn::Add(c, hn::LoadU(d16, columns + 6)));
}

HWY_INLINE V16 weight_index(const std::uint16_t* low, const std::uint16_t* high) {
  const V16 at_least = sum_of_template_row(high);
  const V16 modulo = hn::ShiftRight<kShift>(sum_of_template_row(low));
  const V16 missing = hn::And(hn::Sub(modulo, at_least), hn::Set(d16, (1 << (16 - kShift)) - 1));
  return hn::Add(at_least, missing);
}

/// Sums of weight * pixel and of weights for a row of the chunk.
struct Accumulators {
  std::uint32_t* estimate;
  std::uint32_t* weight;
};

#if HWY_TARGET == HWY_SCALAR

/// As below; a "vector" of one lane has no halves.
void accumulate(const Task& task, const ColumnSums& sums, const std::uint8_t* pixels,
                std::size_t columns, const Accumulators& to) {
  for (std::size_t x = 0; x < columns; ++x) {
    const std::uint16_t* low = sums.low.get() + x;
    const std::uint16_t* high = sums.high.get() + x;
    const std::uint8_t* pixel = pixels + x;
    for (int dx = 0; dx < task.search; ++dx, ++pixel, low += sums.stride, high += sums.stride) {
      const std::uint16_t index = hn::GetLane(weight_index(low, high));
      const std::uint32_t weight = task.weights.wide[std::min(index, task.weights.cutoff)];
      to.weight[x] += weight;
      to.estimate[x] += weight * *pixel;
    }
  }
}

#else

using D32 = hn::Repartition<std::uint32_t, D16>;
using V32 = hn::Vec<D32>;

constexpr D32 d32;                                // NOLINT(readability-identifier-naming)
constexpr hn::Half<D16> d16_half;                 // NOLINT(readability-identifier-naming)
constexpr hn::Rebind<std::uint8_t, D32> d8_half;  // NOLINT(readability-identifier-naming)

HWY_INLINE void gather_weights(const Weights& weights, V16 index, V32& lower, V32& upper) {
  const hn::RebindToSigned<D32> di32;
  const V16 clamped = hn::Min(index, hn::Set(d16, weights.cutoff));
  lower = hn::GatherIndex(d32, weights.wide.data(),
                          hn::PromoteTo(di32, hn::LowerHalf(d16_half, clamped)));
  upper = hn::GatherIndex(d32, weights.wide.data(),
                          hn::PromoteTo(di32, hn::UpperHalf(d16_half, clamped)));
}

#if HWY_TARGET <= HWY_AVX3

/// Gathers are slow, and most indices small: looks them up in registers, a block of weights at a
/// time, where none is beyond the blocks.
HWY_INLINE bool permute_weights(const Weights& weights, V16 index, hn::Mask<D16> live, V32& lower,
                                V32& upper) {
  const V16 block_of = hn::ShiftRight<6>(index);
  const std::uint16_t* table = weights.narrow.data();
  V16 weight = hn::Zero(d16);
  for (int block = 0;; ++block, table += kBlock) {
    if (block == weights.blocks) return false;
    const V16 number = hn::Set(d16, static_cast<std::uint16_t>(block));
    const V16 found{_mm512_permutex2var_epi16(hn::LoadU(d16, table).raw, index.raw,
                                              hn::LoadU(d16, table + kBlock / 2).raw)};
    weight = hn::Or(weight, hn::IfThenElseZero(hn::Eq(block_of, number), found));
    if (hn::AllFalse(d16, hn::And(live, hn::Gt(block_of, number)))) break;
  }
  lower = hn::PromoteTo(d32, hn::LowerHalf(d16_half, weight));
  upper = hn::PromoteTo(d32, hn::UpperHalf(d16_half, weight));
  return true;
}

#else

HWY_INLINE bool permute_weights(const Weights&, V16, hn::Mask<D16>, V32&, V32&) { return false; }

#endif

/// Adds the pixels of one row that the search reaches; `pixels` is at the leftmost offset.
void accumulate(const Task& task, const ColumnSums& sums, const std::uint8_t* pixels,
                std::size_t columns, const Accumulators& to) {
  const std::size_t lanes = hn::Lanes(d16);
  const std::size_t half = lanes / 2;
  const V16 cutoff = hn::Set(d16, task.weights.cutoff);
  for (std::size_t x = 0; x < columns; x += lanes) {
    V32 estimate_lower = hn::Load(d32, to.estimate + x);
    V32 estimate_upper = hn::Load(d32, to.estimate + x + half);
    V32 sum_lower = hn::Load(d32, to.weight + x);
    V32 sum_upper = hn::Load(d32, to.weight + x + half);
    const std::uint16_t* low = sums.low.get() + x;
    const std::uint16_t* high = sums.high.get() + x;
    const std::uint8_t* pixel = pixels + x;
    for (int dx = 0; dx < task.search; ++dx, ++pixel, low += sums.stride, high += sums.stride) {
      const V16 index = weight_index(low, high);
      const hn::Mask<D16> live = hn::Lt(index, cutoff);
      if (hn::AllFalse(d16, live)) continue;
      V32 lower;
      V32 upper;
      if (!permute_weights(task.weights, index, live, lower, upper)) {
        gather_weights(task.weights, index, lower, upper);
      }
      sum_lower = hn::Add(sum_lower, lower);
      sum_upper = hn::Add(sum_upper, upper);
      const V32 pixel_lower = hn::PromoteTo(d32, hn::LoadU(d8_half, pixel));
      const V32 pixel_upper = hn::PromoteTo(d32, hn::LoadU(d8_half, pixel + half));
      estimate_lower = hn::Add(estimate_lower, hn::Mul(lower, pixel_lower));
      estimate_upper = hn::Add(estimate_upper, hn::Mul(upper, pixel_upper));
    }
    hn::Store(estimate_lower, d32, to.estimate + x);
    hn::Store(estimate_upper, d32, to.estimate + x + half);
    hn::Store(sum_lower, d32, to.weight + x);
    hn::Store(sum_upper, d32, to.weight + x + half);
  }
}

#endif

/// Denoises the image a tile of kBand x kChunk pixels at a time.
class Denoiser {
 public:
  explicit Denoiser(const Task& task)
      : task_(task),
        nothing_(static_cast<std::size_t>(task.extended.cols)),
        sums_(task.search),
        estimate_(hwy::AllocateAligned<std::uint32_t>(kBand * kChunk)),
        weight_(hwy::AllocateAligned<std::uint32_t>(kBand * kChunk)) {}

  void run(cv::Mat& out) {
    for (int top = 0; top < task_.size.height; top += kBand) {
      const int rows = std::min(kBand, task_.size.height - top);
      for (int left = 0; left < task_.size.width; left += static_cast<int>(kChunk)) {
        const int columns = std::min(static_cast<int>(kChunk), task_.size.width - left);
        tile({left, top, columns, rows}, out);
      }
    }
  }

 private:
  const std::uint8_t* pixel(int y, int x) const {
    return task_.extended.ptr<std::uint8_t>(y + task_.border) + x + task_.border;
  }

  Accumulators accumulators(int row) const {
    const std::size_t at = static_cast<std::size_t>(row) * kChunk;
    return {estimate_.get() + at, weight_.get() + at};
  }

  void tile(const cv::Rect& area, cv::Mat& out) {
    const std::size_t used = static_cast<std::size_t>(area.height) * kChunk;
    std::fill_n(estimate_.get(), used, 0U);
    std::fill_n(weight_.get(), used, 0U);
    const int reach = task_.search / 2;
    for (int dy = -reach; dy <= reach; ++dy) add_row_of_offsets(area, dy);
    for (int row = 0; row < area.height; ++row) {
      const Accumulators from = accumulators(row);
      std::uint8_t* to = out.ptr<std::uint8_t>(area.y + row) + area.x;
      for (int x = 0; x < area.width; ++x) {
        to[x] = static_cast<std::uint8_t>((from.estimate[x] + from.weight[x] / 2) / from.weight[x]);
      }
    }
  }

  void add_row_of_offsets(const cv::Rect& area, int dy) {
    const int reach = task_.search / 2;
    const auto columns = static_cast<std::size_t>(area.width);
    sums_.clear();
    const RowPair nothing{nothing_.data(), nothing_.data()};
    const int first = area.y - kHalf;
    const auto rows_at = [&](int y) -> RowPair {
      const int x = area.x - kHalf;
      return {pixel(y, x), pixel(y + dy, x - reach)};
    };
    for (int y = first; y < area.y + area.height + kHalf; ++y) {
      const RowPair removed = y - kTemplate < first ? nothing : rows_at(y - kTemplate);
      slide(rows_at(y), removed, task_.search, columns + kTemplate - 1, sums_);
      const int center = y - kHalf;
      if (center < area.y) continue;
      accumulate(task_, sums_, pixel(center + dy, area.x - reach), columns,
                 accumulators(center - area.y));
    }
  }

  const Task& task_;
  std::vector<std::uint8_t> nothing_;  // a row of zeros, whose differences are 0
  ColumnSums sums_;
  hwy::AlignedFreeUniquePtr<std::uint32_t[]> estimate_;
  hwy::AlignedFreeUniquePtr<std::uint32_t[]> weight_;
};

void denoise(const Task& task, cv::Mat& out) { Denoiser(task).run(out); }

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace nlm {
namespace {

HWY_EXPORT(denoise);

void dispatch(const Task& task, cv::Mat& out) { HWY_DYNAMIC_DISPATCH(denoise)(task, out); }

/// The arithmetic, to the order of operations and the mixture of float and double, is OpenCV's.
std::uint32_t weight_at(int index, float h, int one) {
  constexpr double kIndexToDistance = (1 << kShift) / double{kTemplate * kTemplate};
  double weight = std::exp(-(index * kIndexToDistance) / (h * h));
  if (std::isnan(weight)) weight = 1;  // 0 / 0, where h is so small that its square is 0
  const int fixed = cvRound(one * weight);
  constexpr double kThreshold = 0.001;
  return fixed < kThreshold * one ? 0 : static_cast<std::uint32_t>(fixed);
}

Weights weights_for(float h, int search) {
  // The sum of all weighted pixels just fits into an int.
  const int one = INT_MAX / (search * search * 255);
  constexpr int kMaxIndex = kTemplate * kTemplate * kMaxSquare >> kShift;
  Weights weights;
  for (int index = 0; index <= kMaxIndex; ++index) {
    const std::uint32_t weight = weight_at(index, h, one);
    if (weight == 0) break;
    weights.wide.push_back(weight);
  }
  weights.cutoff = static_cast<std::uint16_t>(weights.wide.size());
  weights.wide.push_back(0);
  if (one <= UINT16_MAX) {
    weights.blocks = std::min(kMaxBlocks, weights.cutoff / kBlock + 1);
    weights.narrow.resize(static_cast<std::size_t>(weights.blocks) * kBlock);
    const std::size_t count = std::min(weights.wide.size(), weights.narrow.size());
    std::transform(weights.wide.begin(), weights.wide.begin() + static_cast<std::ptrdiff_t>(count),
                   weights.narrow.begin(),
                   [](std::uint32_t weight) { return static_cast<std::uint16_t>(weight); });
  }
  return weights;
}

}  // namespace
}  // namespace nlm

cv::Mat denoise_nlm_exact(const cv::Mat& gray, float h, int search) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  CV_Assert(h >= 0 && search >= 1 && search <= 21 && search % 2 == 1);
  nlm::Task task{.extended = {},
                 .size = gray.size(),
                 .border = search / 2 + nlm::kHalf,
                 .search = search,
                 .weights = nlm::weights_for(h, search)};
  cv::copyMakeBorder(standalone(gray), task.extended, task.border, task.border, task.border,
                     task.border + nlm::kSlack, cv::BORDER_REFLECT_101);
  cv::Mat out(gray.size(), CV_8UC1);
  nlm::dispatch(task, out);
  return out;
}

}  // namespace ocrtune

#endif
