#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ocrtune/base/random.h"

namespace ocrtune::examples {

/// A random entry of the list, which must not be empty.
inline std::string pick(std::span<const std::string_view> list, Random& random) {
  const int last = static_cast<int>(list.size()) - 1;
  return std::string(list[static_cast<std::size_t>(random.integer(0, last))]);
}

/// The list in a fixed order of its own, repeated: `list.size()` consecutive numbers give all
/// entries unless 7 divides the size. The list must not be empty; n >= 0.
inline std::string nth_of(std::span<const std::string_view> list, int n) {
  return std::string(list[7U * static_cast<std::size_t>(n) % list.size()]);
}

}  // namespace ocrtune::examples
