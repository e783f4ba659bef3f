// Preloaded into a program (LD_PRELOAD), holds our code in it to the instruction set that
// OCRTUNE_BENCH_SIMD names.

#include <cstdlib>

#include "simd_target.h"

namespace {

[[maybe_unused]] const bool kHeld = [] {
  const char* const name = std::getenv("OCRTUNE_BENCH_SIMD");
  if (name == nullptr || !ocrtune::bench::hold_to_target(name)) std::_Exit(1);
  return true;
}();

}  // namespace
