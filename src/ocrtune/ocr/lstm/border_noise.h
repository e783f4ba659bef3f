#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace ocrtune::lstm {

/// The noise that Tesseract's convolutions see outside an image: a sequence that restarts for each
/// line and depends on the model only. Caches its values; not thread-safe.
class BorderNoise {
 public:
  /// `sample_iteration` is the model's.
  explicit BorderNoise(std::int64_t sample_iteration);

  /// Begins a line.
  void restart();
  /// The next `count` draws, −127 to 127; valid until the next call.
  std::span<const std::int8_t> quantised(std::size_t count);
  /// The next `count` draws, −1 to 1; valid until the next call.
  std::span<const float> values(std::size_t count);

 private:
  void seed();
  /// Draws `count` more values if they are not cached; returns the index of the first.
  std::size_t advance(std::size_t count);

  std::int64_t sample_iteration_;
  std::minstd_rand generator_;
  std::vector<std::int8_t> quantised_;
  std::vector<float> values_;
  std::size_t position_ = 0;
};

}  // namespace ocrtune::lstm
