#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace ocrtune {

/// SplitMix64 step: turns any 64-bit value into a well-mixed one (Steele, Lea & Flood 2014).
/// Pure; thread-safe.
constexpr std::uint64_t mix64(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15U;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31U);
}

/// Seeded random numbers that are the same on every machine and compiler, unlike those of the
/// standard library's distributions. xoshiro256** (Blackman & Vigna 2018), seeded by SplitMix64.
/// Not thread-safe: one per thread.
class Random {
 public:
  explicit Random(std::uint64_t seed) {
    for (auto& word : state_) {
      seed = mix64(seed);
      word = seed;
    }
  }

  /// 64 uniformly random bits.
  std::uint64_t bits() {
    const std::uint64_t result = rotl(state_[1] * 5U, 7) * 9U;
    const std::uint64_t t = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotl(state_[3], 45);
    return result;
  }

  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>(bits() >> 11U) * 0x1p-53; }

  /// Uniform in [low, high).
  double uniform(double low, double high) { return low + uniform() * (high - low); }

  /// Uniform integer in [low, high], both included; low <= high.
  int integer(int low, int high) {
    const auto span = static_cast<std::uint64_t>(static_cast<std::int64_t>(high) - low) + 1U;
    return static_cast<int>(low + static_cast<std::int64_t>(bits() % span));
  }

  /// True with the given probability.
  bool chance(double probability) { return uniform() < probability; }

  /// Normally distributed with the given mean and standard deviation (Box & Muller 1958).
  double normal(double mean, double deviation) {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return mean + deviation * radius * std::cos(2.0 * std::numbers::pi * uniform());
  }

 private:
  static constexpr std::uint64_t rotl(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

  std::uint64_t state_[4]{};
};

}  // namespace ocrtune
