#pragma once

#include <cstdint>
#include <vector>

#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::tessdata {

/// A set of words as a graph: each edge carries a unichar, and each path from the root to an edge
/// that ends a word is a word (Tesseract's squished dawg). Nodes and edges are numbers: a node is
/// the number of its first edge; its edges are contiguous. Immutable; thread-safe.
class Dawg {
 public:
  static constexpr int kNone = -1;
  static constexpr int kRoot = 0;
  /// The unichar that stands for a whole word (among punctuation) or any digit (in numbers).
  static constexpr int kPattern = 0;

  /// Throws Error(dependency_missing) if the bytes are malformed, or edges lead outside.
  static Dawg parse(ByteReader& bytes);

  /// The edge that carries `unichar` out of a node, the first if there are several (at the root:
  /// the one that binary search finds, as in Tesseract); kNone: there is none, or no node.
  [[nodiscard]] int find(int node, int unichar) const {
    if (node > kRoot) return find_after(node, unichar, false);
    if (node < kRoot || unichar < 0 || unichar >= static_cast<int>(root_.size())) return kNone;
    return root_[static_cast<std::size_t>(unichar)];
  }
  /// Likewise, but an edge at which a word ends, if `ending`.
  [[nodiscard]] int find(int node, int unichar, bool ending) const;
  /// True if the unichar alone is a word.
  [[nodiscard]] bool is_word(int unichar) const { return find_at_root(unichar, true) != kNone; }
  /// The node an edge leads to; kNone if no word continues.
  [[nodiscard]] int next(int edge) const {
    const auto node = static_cast<int>(edges_[static_cast<std::size_t>(edge)] >> next_shift_);
    return node == kRoot ? kNone : node;
  }
  /// True if a word ends at the edge.
  [[nodiscard]] bool ends_word(int edge) const {
    return (edges_[static_cast<std::size_t>(edge)] & end_bit_) != 0;
  }

 private:
  [[nodiscard]] int find_after(int node, int unichar, bool ending) const;
  [[nodiscard]] int find_at_root(int unichar, bool ending) const;
  void check(const ByteReader& bytes, std::size_t unichars) const;

  std::vector<std::uint64_t> edges_;  ///< from the lowest bit: unichar, 3 flags, next node
  std::vector<int> root_;             ///< the root's edge of each unichar
  int root_edges_ = 0;
  int next_shift_ = 0;
  std::uint64_t unichar_mask_ = 0;
  std::uint64_t last_bit_ = 0;
  std::uint64_t end_bit_ = 0;
};

}  // namespace ocrtune::tessdata
