#include "ocrtune/ocr/tessdata/dawg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ocrtune/base/translation.h"

namespace ocrtune::tessdata {
namespace {

constexpr std::int16_t kMagic = 42;
constexpr std::int64_t kMaxUnichars = 1'000'000;
constexpr int kFlags = 3;

}  // namespace

Dawg Dawg::parse(ByteReader& bytes) {
  Dawg dawg;
  bytes.in_range(bytes.number<std::int16_t>(), kMagic, kMagic,
                 tr_noop("the magic number of a word graph"));
  const auto unichars =
      static_cast<std::size_t>(bytes.in_range(bytes.number<std::int32_t>(), 1, kMaxUnichars,
                                              tr_noop("the number of characters of a word graph")));
  const std::int64_t count = bytes.in_range(bytes.number<std::int32_t>(), 1, INT32_MAX,
                                            tr_noop("the number of edges of a word graph"));
  dawg.edges_ = bytes.numbers<std::uint64_t>(static_cast<std::uint64_t>(count));

  // Tesseract's formula, including its rounding.
  const auto bits =
      static_cast<int>(std::ceil(std::log(static_cast<double>(unichars) + 1.0) / std::log(2.0)));
  dawg.unichar_mask_ = (std::uint64_t{1} << bits) - 1;
  dawg.last_bit_ = std::uint64_t{1} << bits;
  dawg.end_bit_ = std::uint64_t{4} << bits;
  dawg.next_shift_ = bits + kFlags;
  dawg.check(bytes, unichars);

  while ((dawg.edges_[static_cast<std::size_t>(dawg.root_edges_++)] & dawg.last_bit_) == 0) {
  }
  dawg.root_.resize(unichars + 1);
  for (std::size_t unichar = 0; unichar <= unichars; ++unichar) {
    dawg.root_[unichar] = dawg.find_at_root(static_cast<int>(unichar), false);
  }
  return dawg;
}

/// Edges must lead forward to a node inside, and a node's row of edges must end. Two edges can
/// carry the same unichar (one that ends a word, one that continues), so the length of rows is
/// limited too.
void Dawg::check(const ByteReader& bytes, std::size_t unichars) const {
  const std::uint64_t backward_bit = last_bit_ << 1;
  std::size_t row = 0;
  for (const std::uint64_t edge : edges_) {
    if ((edge >> next_shift_) >= edges_.size())
      bytes.fail(tr("an edge of a word graph leads out of the graph"));
    if ((edge & backward_bit) != 0) bytes.fail(tr("an edge of a word graph leads backward"));
    if (++row > 2 * (unichars + 1)) {
      bytes.fail(tr("a node of a word graph has more than {} edges", row - 1));
    }
    if ((edge & last_bit_) != 0) row = 0;
  }
  if (row != 0) bytes.fail(tr("the last node of a word graph has no last edge"));
}

int Dawg::find(int node, int unichar, bool ending) const {
  if (!ending || node < kRoot) return find(node, unichar);
  return node == kRoot ? find_at_root(unichar, true) : find_after(node, unichar, true);
}

int Dawg::find_after(int node, int unichar, bool ending) const {
  const auto wanted = static_cast<std::uint64_t>(unichar);
  for (auto edge = static_cast<std::size_t>(node);; ++edge) {
    const std::uint64_t found = edges_[edge];
    if ((found & unichar_mask_) == wanted && (!ending || (found & end_bit_) != 0))
      return static_cast<int>(edge);
    if ((edges_[edge] & last_bit_) != 0) return kNone;
  }
}

int Dawg::find_at_root(int unichar, bool ending) const {
  const auto wanted = static_cast<std::uint64_t>(unichar);
  int low = 0;
  int high = root_edges_ - 1;
  while (low <= high) {
    const int middle = low + (high - low) / 2;
    const std::uint64_t found = edges_[static_cast<std::size_t>(middle)] & unichar_mask_;
    if (found == wanted && (!ending || ends_word(middle))) return middle;
    if (wanted > found) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return kNone;
}

}  // namespace ocrtune::tessdata
