#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace ocrtune {

/// A copy of the bytes of a text. Pure.
inline std::vector<std::byte> bytes_of_text(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

}  // namespace ocrtune
