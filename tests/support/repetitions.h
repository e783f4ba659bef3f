#pragma once

#include <cstdlib>

#include "support/sanitized.h"

namespace ocrtune::test {

/// How often a test does what only repeats: `full` times under `./test.sh full`, else `few` times.
inline int repetitions(int full, int few) {
  return std::getenv("OCRTUNE_TESTS_FULL") != nullptr ? full : few;
}

/// As above, but `sanitized` times where the library is compiled with a sanitizer, which is slow
/// and finds what it finds in the first few.
inline int repetitions(int full, int few, int sanitized) {
  return repetitions(full, is_sanitized() ? sanitized : few);
}

}  // namespace ocrtune::test
