#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::lstm {

/// The sequence of network classes a unichar is written as.
struct Code {
  static constexpr int kMostLength = 9;
  std::array<int, kMostLength> at{};
  int length = 0;

  friend bool operator==(const Code&, const Code&) = default;
};

/// Between unichars and the network's classes (Tesseract's UnicharCompress). Immutable;
/// thread-safe; no look-up takes memory.
///
/// A search that writes codes class by class is quickest with nodes: a node is a beginning of
/// codes, kRoot the empty one, child() the one with a class more. Nodes and the functions that take
/// a Code say the same.
class Recoder {
 public:
  using Node = int;
  static constexpr Node kRoot = 0;
  /// No node; no code begins like that.
  static constexpr Node kNone = -1;
  static constexpr int kMostCodes = 32768;
  static constexpr int kMostClasses = 65536;

  /// Throws Error(dependency_missing) where the bytes are none. Unichars from `decoded` on have
  /// codes but are never what a code is decoded to.
  static Recoder parse(tessdata::ByteReader& bytes, int decoded = kMostCodes);
  /// Every unichar is its own class. `decoded` as above.
  static Recoder pass_through(int unichars, int decoded = kMostCodes);

  /// Classes that codes are made of: 0 to classes() − 1.
  [[nodiscard]] int classes() const { return static_cast<int>(starts_.size()); }
  /// The code of a unichar id in range; empty: it can't be written.
  [[nodiscard]] const Code& encode(int unichar) const {
    return codes_[static_cast<std::size_t>(unichar)];
  }
  [[nodiscard]] int unichars() const { return static_cast<int>(codes_.size()); }
  /// The unichar of a whole code; of several with the same code, the last.
  [[nodiscard]] std::optional<int> decode(const Code& code) const;
  /// True where some code begins with the class; the class is in range.
  [[nodiscard]] bool starts(int code) const { return starts_[static_cast<std::size_t>(code)] != 0; }
  /// Classes that go on, but do not end, a code that begins with `prefix`; empty: none. In the
  /// order in which the first such codes have it.
  [[nodiscard]] std::span<const int> next(const Code& prefix) const { return next(find(prefix)); }
  /// Classes that end a code that begins with `prefix`; empty: none. In the order of the codes.
  [[nodiscard]] std::span<const int> last(const Code& prefix) const { return last(find(prefix)); }

  /// The node of a beginning; kNone: no code begins so.
  [[nodiscard]] Node find(const Code& prefix) const;
  /// The node after one more class; kNone: no code goes on so, or `node` is kNone.
  [[nodiscard]] Node child(Node node, int code) const;
  /// The unichar whose code ends at the node; −1: none.
  [[nodiscard]] int unichar(Node node) const {
    return node == kNone ? -1 : nodes_[static_cast<std::size_t>(node)].unichar;
  }
  [[nodiscard]] std::span<const int> next(Node node) const {
    return node == kNone ? std::span<const int>()
                         : list(nodes_[static_cast<std::size_t>(node)].next);
  }
  [[nodiscard]] std::span<const int> last(Node node) const {
    return node == kNone ? std::span<const int>()
                         : list(nodes_[static_cast<std::size_t>(node)].last);
  }

 private:
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };
  struct TrieNode {
    int unichar = -1;
    Range next;
    Range last;
  };
  /// A slot of the hash table of children; `child` is kNone where it is free.
  struct Edge {
    std::uint64_t key = 0;
    Node child = kNone;
  };
  struct Builder;

  explicit Recoder(std::vector<Code> codes, int decoded);
  [[nodiscard]] std::span<const int> list(Range range) const {
    return std::span(lists_).subspan(range.begin, range.size);
  }
  [[nodiscard]] std::size_t slot_of(std::uint64_t key) const;

  std::vector<Code> codes_;
  std::vector<char> starts_;
  std::vector<TrieNode> nodes_;
  std::vector<int> lists_;
  std::vector<Edge> edges_;
  int edge_shift_ = 0;
};

}  // namespace ocrtune::lstm
