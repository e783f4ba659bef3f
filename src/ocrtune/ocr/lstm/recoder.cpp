#include "ocrtune/ocr/lstm/recoder.h"

#include <algorithm>
#include <bit>

#include "ocrtune/base/translation.h"

namespace ocrtune::lstm {
namespace {

std::uint64_t edge_key(Recoder::Node node, int code) {
  return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(node)) << 32) |
         static_cast<std::uint32_t>(code);
}

Code parse_code(tessdata::ByteReader& bytes) {
  // A flag that only training uses.
  bytes.take(1);
  Code code;
  const auto length = bytes.number<std::int32_t>();
  code.length =
      static_cast<int>(bytes.in_range(length, 0, Code::kMaxLength, tr_noop("a code's length")));
  for (int i = 0; i < code.length; ++i) {
    const std::int64_t number = bytes.in_range(
        bytes.number<std::int32_t>(), 0, Recoder::kMaxClasses - 1, tr_noop("a class of a code"));
    code.at[static_cast<std::size_t>(i)] = static_cast<int>(number);
  }
  return code;
}

}  // namespace

/// Adds codes to the trie one by one; classes are added to a node's lists at their first
/// occurrence.
struct Recoder::Builder {
  Recoder& recoder;
  std::vector<std::vector<int>> next{1};
  std::vector<std::vector<int>> last{1};
  /// Kinds of a node: the end of a code, a position where codes continue.
  std::vector<char> ends{0};
  std::vector<char> goes_on{0};

  Node child(Node parent, int code) {
    const std::uint64_t key = edge_key(parent, code);
    Edge& edge = recoder.edges_[recoder.slot_of(key)];
    if (edge.child != kNone) return edge.child;
    edge = {key, static_cast<Node>(next.size())};
    next.emplace_back();
    last.emplace_back();
    ends.push_back(0);
    goes_on.push_back(0);
    recoder.nodes_.emplace_back();
    return edge.child;
  }

  void add(const Code& code, int unichar) {
    Node node = kRoot;
    for (int i = 0; i < code.length; ++i) {
      const int number = code.at[static_cast<std::size_t>(i)];
      const auto parent = static_cast<std::size_t>(node);
      node = child(node, number);
      const auto here = static_cast<std::size_t>(node);
      const bool ending = i + 1 == code.length;
      char& known = ending ? ends[here] : goes_on[here];
      if (known == 0) (ending ? last : next)[parent].push_back(number);
      known = 1;
    }
    if (code.length > 0 && unichar >= 0)
      recoder.nodes_[static_cast<std::size_t>(node)].unichar = unichar;
  }

  /// Stores the lists contiguously.
  void finish() {
    const auto append = [this](const std::vector<int>& list) {
      const Range range{static_cast<std::uint32_t>(recoder.lists_.size()),
                        static_cast<std::uint32_t>(list.size())};
      recoder.lists_.insert(recoder.lists_.end(), list.begin(), list.end());
      return range;
    };
    for (std::size_t i = 0; i < next.size(); ++i) {
      recoder.nodes_[i].next = append(next[i]);
      recoder.nodes_[i].last = append(last[i]);
    }
  }
};

Recoder::Recoder(std::vector<Code> codes, int decoded) : codes_(std::move(codes)), nodes_(1) {
  std::size_t max_edges = 1;
  int classes = 0;
  for (const Code& code : codes_) {
    max_edges += static_cast<std::size_t>(code.length);
    for (int i = 0; i < code.length; ++i) {
      classes = std::max(classes, code.at[static_cast<std::size_t>(i)] + 1);
    }
  }
  edges_.resize(std::bit_ceil(2 * max_edges));
  edge_shift_ = 64 - std::countr_zero(edges_.size());
  starts_.resize(static_cast<std::size_t>(classes));
  Builder builder{*this};
  for (int unichar = 0; unichar < unichars(); ++unichar) {
    const Code& code = encode(unichar);
    // As in Tesseract, a unichar that cannot be encoded begins with the space's class.
    if (classes > 0) starts_[static_cast<std::size_t>(code.at[0])] = 1;
    builder.add(code, unichar < decoded ? unichar : -1);
  }
  builder.finish();
}

Recoder Recoder::parse(tessdata::ByteReader& bytes, int decoded) {
  const auto count = static_cast<std::size_t>(
      bytes.in_range(bytes.number<std::uint32_t>(), 1, kMaxCodes, tr_noop("the number of codes")));
  constexpr std::size_t kMinCodeBytes = 5;
  if (count > bytes.left() / kMinCodeBytes) bytes.fail(tr("more codes than the file holds"));
  std::vector<Code> codes;
  codes.reserve(count);
  for (std::size_t i = 0; i < count; ++i) codes.push_back(parse_code(bytes));
  return Recoder(std::move(codes), decoded);
}

Recoder Recoder::pass_through(int unichars, int decoded) {
  std::vector<Code> codes(static_cast<std::size_t>(unichars));
  for (int i = 0; i < unichars; ++i) codes[static_cast<std::size_t>(i)] = {{i}, 1};
  return Recoder(std::move(codes), decoded);
}

std::size_t Recoder::slot_of(std::uint64_t key) const {
  constexpr std::uint64_t kGoldenRatio = 0x9e3779b97f4a7c15;
  auto slot = static_cast<std::size_t>((key * kGoldenRatio) >> edge_shift_);
  while (edges_[slot].child != kNone && edges_[slot].key != key) {
    slot = (slot + 1) & (edges_.size() - 1);
  }
  return slot;
}

Recoder::Node Recoder::child(Node node, int code) const {
  if (node == kNone) return kNone;
  const std::uint64_t key = edge_key(node, code);
  return edges_[slot_of(key)].child;
}

Recoder::Node Recoder::find(const Code& prefix) const {
  Node node = kRoot;
  for (int i = 0; i < prefix.length && node != kNone; ++i) {
    node = child(node, prefix.at[static_cast<std::size_t>(i)]);
  }
  return node;
}

std::optional<int> Recoder::decode(const Code& code) const {
  const int found = unichar(find(code));
  return found < 0 ? std::nullopt : std::optional(found);
}

}  // namespace ocrtune::lstm
