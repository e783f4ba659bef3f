#pragma once

#include <cstdlib>

namespace ocrtune::test {

/// How often a test does what only repeats: `full` times under `./test.sh full`, else `few` times.
inline int repetitions(int full, int few) {
  return std::getenv("OCRTUNE_TESTS_FULL") != nullptr ? full : few;
}

}  // namespace ocrtune::test
