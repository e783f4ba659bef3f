#include "ocrtune/kernels/lines/bit_image.h"

#include <bit>
#include <cstring>

namespace ocrtune {
namespace {

/// Sets the pixels of a word to 255.
void paint(std::uint64_t bits, std::uint8_t* pixels) {
  while (bits != 0) {
    const int skipped = std::countr_zero(bits);
    bits >>= skipped;
    pixels += skipped;
    const int run = std::countr_one(bits);
    std::memset(pixels, 255, static_cast<std::size_t>(run));
    if (run == BitImage::kWordBits) return;
    bits >>= run;
    pixels += run;
  }
}

}  // namespace

BitImage::BitImage(cv::Size size)
    : size_(size),
      columns_((static_cast<std::size_t>(size.width) + kWordBits - 1) / kWordBits),
      // An odd number, or the columns would compete for the same cache sets.
      lines_per_column_((static_cast<std::size_t>(size.height) / kLine + 1) | 1U),
      lines_(columns_ * lines_per_column_) {}

void paint(const BitImage& bits, cv::Mat& image) {
  for (int y = 0; y < image.rows; ++y) {
    auto* pixels = image.ptr<std::uint8_t>(y);
    for (std::size_t column = 0; column < bits.columns(); ++column) {
      const std::uint64_t word = bits.column(column)[y];
      if (word != 0) paint(word, pixels + column * BitImage::kWordBits);
    }
  }
}

}  // namespace ocrtune
