#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace ocrtune {

/// An image with one bit per pixel, at first 0; a word holds 64 pixels of a row, the leftmost in
/// the lowest bit. The words of a column are contiguous: a vector then holds words of as many rows,
/// to which horizontal shifts apply alike, and vertical shifts are loads from another address. Bits
/// and rows after the last pixel may hold anything.
class BitImage {
 public:
  static constexpr int kWordBits = 64;
  /// Words in a cache line, at which columns begin; the most in a vector.
  static constexpr std::size_t kLine = 8;

  explicit BitImage(cv::Size size);

  [[nodiscard]] cv::Size size() const { return size_; }
  /// Columns of words.
  [[nodiscard]] std::size_t columns() const { return columns_; }

  /// The words of a column; their number is a multiple of kLine.
  [[nodiscard]] std::uint64_t* column(std::size_t number) {
    return lines_[number * lines_per_column_].words.data();
  }
  [[nodiscard]] const std::uint64_t* column(std::size_t number) const {
    return lines_[number * lines_per_column_].words.data();
  }

  /// The bits of a column's words that are pixels.
  [[nodiscard]] std::uint64_t pixels_in(std::size_t column) const {
    const auto left = static_cast<std::size_t>(size_.width) - column * kWordBits;
    return left >= kWordBits ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
  }

 private:
  struct alignas(kLine * sizeof(std::uint64_t)) Line {
    std::array<std::uint64_t, kLine> words{};
  };

  cv::Size size_;
  std::size_t columns_;
  std::size_t lines_per_column_;
  std::vector<Line> lines_;
};

/// Sets the pixels of an 8-bit gray image of the same size to 255 where `bits` are 1; those after
/// its last pixel must be 0 in the rows of the image.
void paint(const BitImage& bits, cv::Mat& image);

}  // namespace ocrtune
