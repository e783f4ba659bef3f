#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace ocrtune {

/// Memory that the data of a parser fill (Parser::Sink). Not thread-safe.
class ReceivedBytes {
 public:
  /// `into` must outlive it.
  explicit ReceivedBytes(std::span<std::byte> into) : rest_(into) {}

  /// False if that is more than there is room for.
  [[nodiscard]] bool take(std::span<const std::byte> piece) {
    if (piece.size() > rest_.size()) return false;
    std::ranges::copy(piece, rest_.begin());
    rest_ = rest_.subspan(piece.size());
    return true;
  }

  /// Whether all of it has been filled.
  [[nodiscard]] bool is_full() const { return rest_.empty(); }

 private:
  std::span<std::byte> rest_;
};

}  // namespace ocrtune
