// The counters of blocks that libFuzzer reads: GCC calls a function where Clang counts itself. They
// are found by a hash of the place in the program, so that two blocks in some thousands share one.

#include <array>
#include <cstddef>
#include <cstdint>

extern "C" {
extern const char __executable_start;
void __sanitizer_cov_8bit_counters_init(std::uint8_t* begin, std::uint8_t* end);
void __sanitizer_cov_pcs_init(const std::uintptr_t* begin, const std::uintptr_t* end);
void __sanitizer_cov_trace_pc();
void __sanitizer_cov_trace_cmpf(float left, float right);
void __sanitizer_cov_trace_cmpd(double left, double right);
}

namespace {

constexpr unsigned kBits = 18;
constexpr std::size_t kCounters = std::size_t{1} << kBits;

std::array<std::uint8_t, kCounters> counters;
std::array<std::uintptr_t, 2 * kCounters> places;  // of each counter: the last block's, and flags

[[maybe_unused]] const bool kAreKnown = [] {
  __sanitizer_cov_8bit_counters_init(counters.data(), counters.data() + counters.size());
  __sanitizer_cov_pcs_init(places.data(), places.data() + places.size());
  return true;
}();

}  // namespace

void __sanitizer_cov_trace_pc() {
  constexpr std::uint64_t kGoldenRatio = 0x9E3779B97F4A7C15U;
  const auto place = reinterpret_cast<std::uintptr_t>(__builtin_return_address(0));
  const std::uint64_t offset = place - reinterpret_cast<std::uintptr_t>(&__executable_start);
  const std::size_t counter = (offset * kGoldenRatio) >> (64U - kBits);
  ++counters[counter];
  places[2 * counter] = place;
}

// libFuzzer has no use for comparisons of floating-point numbers.
void __sanitizer_cov_trace_cmpf(float /*left*/, float /*right*/) {}
void __sanitizer_cov_trace_cmpd(double /*left*/, double /*right*/) {}
