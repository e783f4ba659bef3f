#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace ocrtune {

/// Identity of a content: XXH3, 128 bits. Not a protection against forgery.
struct ContentHash {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  /// 32 lower-case hexadecimal digits.
  [[nodiscard]] std::string text() const;

  auto operator<=>(const ContentHash&) const = default;
};

/// Pure; thread-safe.
ContentHash content_hash(std::span<const std::byte> bytes);
ContentHash content_hash(std::string_view text);

}  // namespace ocrtune

template <>
struct std::hash<ocrtune::ContentHash> {
  std::size_t operator()(const ocrtune::ContentHash& content) const noexcept { return content.low; }
};
