#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::lstm {

/// The sequence of network classes that encodes a unichar.
struct Code {
  static constexpr int kMaxLength = 9;
  std::array<int, kMaxLength> at{};
  int length = 0;

  friend bool operator==(const Code&, const Code&) = default;
};

/// Converts between unichars and the network's classes (Tesseract's UnicharCompress). Immutable;
/// thread-safe; look-ups allocate no memory.
///
/// Nodes are the fastest way for a search that builds codes class by class: a node is a prefix of
/// codes, kRoot the empty one, child() the one with one class more. The functions for nodes and
/// those for a Code give the same results.
class Recoder {
 public:
  using Node = int;
  static constexpr Node kRoot = 0;
  /// No node; no code begins like that.
  static constexpr Node kNone = -1;
  static constexpr int kMaxCodes = 32768;
  static constexpr int kMaxClasses = 65536;

  /// Throws Error(dependency_missing) if the bytes are malformed. Unichars from `decoded` on have
  /// codes but no code is decoded to them.
  static Recoder parse(tessdata::ByteReader& bytes, int decoded = kMaxCodes);
  /// Every unichar is its own class. `decoded` as above.
  static Recoder pass_through(int unichars, int decoded = kMaxCodes);

  /// Number of classes that codes consist of: 0 to classes() − 1.
  [[nodiscard]] int classes() const { return static_cast<int>(starts_.size()); }
  /// The code of a unichar id in range; empty: it cannot be encoded.
  [[nodiscard]] const Code& encode(int unichar) const {
    return codes_[static_cast<std::size_t>(unichar)];
  }
  [[nodiscard]] int unichars() const { return static_cast<int>(codes_.size()); }
  /// The unichar of a complete code; of several with the same code, the last.
  [[nodiscard]] std::optional<int> decode(const Code& code) const;
  /// True if some code begins with the class; the class must be in range.
  [[nodiscard]] bool starts(int code) const { return starts_[static_cast<std::size_t>(code)] != 0; }
  /// Classes that continue, but do not end, a code with the prefix `prefix`; empty: none. In the
  /// order of the first codes that have them.
  [[nodiscard]] std::span<const int> next(const Code& prefix) const { return next(find(prefix)); }
  /// Classes that end a code with the prefix `prefix`; empty: none. In the order of the codes.
  [[nodiscard]] std::span<const int> last(const Code& prefix) const { return last(find(prefix)); }

  /// The node of a prefix; kNone: no code has it.
  [[nodiscard]] Node find(const Code& prefix) const;
  /// The node after one more class; kNone: no code continues so, or `node` is kNone.
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
  /// A slot of the hash table of children; `child` is kNone if it is free.
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
