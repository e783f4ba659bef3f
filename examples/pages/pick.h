#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ocrtune/base/random.h"

namespace ocrtune::examples {

/// One of the list at random; the list must not be empty.
inline std::string pick(std::span<const std::string_view> list, Random& random) {
  const int last = static_cast<int>(list.size()) - 1;
  return std::string(list[static_cast<std::size_t>(random.integer(0, last))]);
}

/// The list in an order of its own, over and over: `list.size()` numbers in a
/// row give all different ones where 7 does not divide the size. The list must not be empty; n >=
/// 0.
inline std::string nth_of(std::span<const std::string_view> list, int n) {
  return std::string(list[7U * static_cast<std::size_t>(n) % list.size()]);
}

}  // namespace ocrtune::examples
