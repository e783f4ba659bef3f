#include "ocrtune/kernels/filter/area_closing.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace ocrtune {
namespace {

/// Floods the image's basins one after the other, each until it has `area` pixels or reaches a
/// lower pixel: then that pixel's basin will include it, or has included it.
class Flooding {
 public:
  Flooding(const cv::Mat& gray, std::size_t area, Touching touching)
      : width_(gray.cols),
        height_(gray.rows),
        stride_(static_cast<std::size_t>(gray.cols) + 2),
        area_(area),
        levels_(stride_ * (static_cast<std::size_t>(gray.rows) + 2), 255),
        states_(levels_.size(), State::dry),
        seen_(levels_.size(), kBeyond) {
    const auto down = static_cast<std::ptrdiff_t>(stride_);
    steps_ = {-1, 1, -down, down, -down - 1, -down + 1, down - 1, down + 1};
    step_count_ = touching == Touching::sides ? 4 : 8;
    for (int y = 0; y < height_; ++y) {
      const auto* from = gray.ptr<std::uint8_t>(y);
      std::copy(from, from + width_, levels_.begin() + at(0, y));
      std::fill_n(seen_.begin() + at(0, y), width_, 0);
    }
  }

  cv::Mat result() {
    for (int y = 0; y < height_; ++y) {
      for (int x = 0; x < width_; ++x) {
        const auto pixel = static_cast<std::size_t>(at(x, y));
        if (states_[pixel] != State::dry) continue;
        if (is_beside_settled(pixel)) {
          states_[pixel] = State::settled;
        } else if (is_low(pixel)) {
          flood(pixel);
        }
      }
    }
    cv::Mat out(height_, width_, CV_8UC1);
    for (int y = 0; y < height_; ++y) {
      std::copy_n(levels_.begin() + at(0, y), width_, out.ptr<std::uint8_t>(y));
    }
    return out;
  }

 private:
  /// `settled` pixels have their final level, at which they are connected to `area` pixels.
  enum class State : std::uint8_t { dry, flooded, settled };

  /// Beyond the border; not the number of a flood.
  static constexpr std::uint32_t kBeyond = 0xFFFFFFFFU;

  [[nodiscard]] std::ptrdiff_t at(int x, int y) const {
    return static_cast<std::ptrdiff_t>(stride_) * (y + 1) + x + 1;
  }
  [[nodiscard]] std::span<const std::ptrdiff_t> steps() const {
    return {steps_.data(), step_count_};
  }
  [[nodiscard]] static std::size_t moved(std::size_t pixel, std::ptrdiff_t step) {
    return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(pixel) + step);
  }

  /// Whether the component of the pixel at its level has settled; considers only flooded pixels.
  [[nodiscard]] bool is_beside_settled(std::size_t pixel) const {
    const auto has = [&](std::size_t other) {
      return states_[other] == State::settled && levels_[other] <= levels_[pixel];
    };
    return has(pixel - 1) || has(pixel - stride_);
  }

  [[nodiscard]] bool is_low(std::size_t pixel) const {
    const std::uint8_t level = levels_[pixel];
    return std::ranges::none_of(
        steps(), [&](std::ptrdiff_t step) { return levels_[moved(pixel, step)] < level; });
  }

  void flood(std::size_t start) {
    ++flood_;
    pool_.clear();
    shore_.clear();
    seen_[start] = flood_;
    std::uint8_t level = levels_[start];
    std::size_t pixel = start;
    while (true) {
      pool_.push_back(pixel);
      if (pool_.size() >= area_) return fill(level, State::settled);
      switch (look_around(pixel, level)) {
        case Found::lower:
          return fill(level, State::flooded);
        case Found::settled:
          return fill(level, State::settled);
        case Found::shore:
          break;
      }
      if (shore_.empty()) return fill(level, State::settled);
      std::ranges::pop_heap(shore_, std::greater());
      pixel = static_cast<std::size_t>(shore_.back() & kPixelMask);
      level = levels_[pixel];
      shore_.pop_back();
      if (states_[pixel] == State::settled) return fill(level, State::settled);
    }
  }

  enum class Found { shore, lower, settled };

  /// Adds the pixel's neighbours to the shore, unless the flood ends there.
  Found look_around(std::size_t pixel, std::uint8_t level) {
    Found found = Found::shore;
    for (const std::ptrdiff_t step : steps()) {
      const std::size_t next = moved(pixel, step);
      const std::uint8_t its_level = levels_[next];
      if (seen_[next] >= flood_) continue;
      if (its_level < level) return Found::lower;
      if (its_level == level && states_[next] == State::settled) found = Found::settled;
      seen_[next] = flood_;
      shore_.push_back(std::uint64_t{its_level} << kPixelBits | next);
      std::ranges::push_heap(shore_, std::greater());
    }
    return found;
  }

  void fill(std::uint8_t level, State state) {
    for (const std::size_t pixel : pool_) {
      levels_[pixel] = level;
      states_[pixel] = state;
    }
  }

  static constexpr int kPixelBits = 48;
  static constexpr std::uint64_t kPixelMask = (std::uint64_t{1} << kPixelBits) - 1;

  int width_;
  int height_;
  std::size_t stride_;
  std::size_t area_;
  std::vector<std::uint8_t> levels_;
  std::vector<State> states_;
  std::vector<std::uint32_t> seen_;  ///< the last flood to reach each pixel
  std::array<std::ptrdiff_t, 8> steps_{};
  std::size_t step_count_ = 8;
  std::uint32_t flood_ = 0;
  std::vector<std::size_t> pool_;
  std::vector<std::uint64_t> shore_;  ///< a heap of levels and pixels, the lowest first
};

}  // namespace

cv::Mat area_closing(const cv::Mat& gray, int area, Touching touching) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  if (area <= 1) return gray;
  return Flooding(gray, static_cast<std::size_t>(area), touching).result();
}

}  // namespace ocrtune
