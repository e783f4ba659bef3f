#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace ocrtune {

/// Identifies a content: XXH3, 128 bits. No protection against forgery.
struct ContentHash {
  std::uint64_t high = 0;  ///< the first 64 bits
  std::uint64_t low = 0;   ///< the last 64 bits

  /// 32 lower-case hexadecimal digits.
  [[nodiscard]] std::string text() const;

  auto operator<=>(const ContentHash&) const = default;  ///< by `high`, then by `low`
};

/// Pure; thread-safe.
ContentHash content_hash(std::span<const std::byte> bytes);
/// The same of the text's bytes.
ContentHash content_hash(std::string_view text);

}  // namespace ocrtune

/// For unordered containers.
template <>
struct std::hash<ocrtune::ContentHash> {
  /// The low 64 bits, which are evenly distributed.
  std::size_t operator()(const ocrtune::ContentHash& content) const noexcept { return content.low; }
};
