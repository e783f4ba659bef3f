#pragma once

#include <stdexcept>

namespace ocrtune::fuzz {

/// Throws std::runtime_error(what) unless `holds`.
inline void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(what);
}

}  // namespace ocrtune::fuzz
