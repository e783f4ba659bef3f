#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace ocrtune {

/// The unsigned number in `length` bytes (1 to 4) from `at`, most significant first. The bytes must
/// exist. Pure.
inline std::uint32_t big_endian(std::span<const std::byte> bytes, std::size_t at,
                                std::size_t length) {
  std::uint32_t value = 0;
  for (const std::byte b : bytes.subspan(at, length))
    value = value << 8U | std::to_integer<std::uint32_t>(b);
  return value;
}

/// The same, least significant first.
inline std::uint32_t little_endian(std::span<const std::byte> bytes, std::size_t at,
                                   std::size_t length) {
  std::uint32_t value = 0;
  for (std::size_t i = length; i > 0; --i)
    value = value << 8U | std::to_integer<std::uint32_t>(bytes[at + i - 1]);
  return value;
}

/// Whether the bytes begin with those of a text. Pure.
inline bool starts_with(std::span<const std::byte> bytes, std::string_view text) {
  return bytes.size() >= text.size() &&
         std::ranges::equal(bytes.first(text.size()), std::as_bytes(std::span(text)));
}

}  // namespace ocrtune
