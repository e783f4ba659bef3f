#include "ocrtune/image/indexed_pixels.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <opencv2/core.hpp>

namespace ocrtune {
namespace {

/// A colour as one number, by which the palette is sorted: its lightness first.
std::uint32_t code_of(const uchar* bgr) {
  const std::uint32_t lightness = 299U * bgr[2] + 587U * bgr[1] + 114U * bgr[0];
  return (lightness / 1000U) << 24U | std::uint32_t{bgr[2]} << 16U | std::uint32_t{bgr[1]} << 8U |
         bgr[0];
}

std::uint32_t code_of(uchar gray) {
  const std::array<uchar, 3> bgr{gray, gray, gray};
  return code_of(bgr.data());
}

/// The codes of the colours, sorted; nothing if there are too many.
std::optional<std::vector<std::uint32_t>> codes_of(const cv::Mat& pixels, std::size_t most) {
  std::vector<std::uint32_t> codes;
  std::uint32_t last = 0;
  for (int y = 0; y < pixels.rows; ++y) {
    const auto* pixel = pixels.ptr<uchar>(y);
    for (int x = 0; x < pixels.cols; ++x, pixel += pixels.channels()) {
      const std::uint32_t code = pixels.channels() == 1 ? code_of(*pixel) : code_of(pixel);
      if (!codes.empty() && code == last) continue;
      last = code;
      const auto place = std::ranges::lower_bound(codes, code);
      if (place != codes.end() && *place == code) continue;
      if (codes.size() == most) return std::nullopt;
      codes.insert(place, code);
    }
  }
  return codes;
}

}  // namespace

int IndexedPixels::bits() const {
  for (const int bits : {1, 2, 4})
    if (colours() <= std::size_t{1} << static_cast<unsigned>(bits)) return bits;
  return 8;
}

std::vector<unsigned char> packed_rows(const cv::Mat& indices, int bits, std::size_t before) {
  const auto width = static_cast<std::size_t>(indices.cols);
  const auto depth = static_cast<std::size_t>(bits);
  const std::size_t row_bytes = before + (width * depth + 7) / 8;
  std::vector<unsigned char> rows(row_bytes * static_cast<std::size_t>(indices.rows));
  for (int y = 0; y < indices.rows; ++y) {
    const auto* in = indices.ptr<uchar>(y);
    unsigned char* row = rows.data() + static_cast<std::size_t>(y) * row_bytes + before;
    for (std::size_t x = 0; x < width; ++x) {
      const std::size_t bit = x * depth;
      row[bit / 8] |= static_cast<unsigned char>(unsigned{in[x]} << (8 - depth - bit % 8));
    }
  }
  return rows;
}

std::optional<IndexedPixels> indexed_pixels(const cv::Mat& pixels, std::size_t most) {
  const auto codes = codes_of(pixels, most);
  if (!codes) return std::nullopt;
  IndexedPixels result{.indices = cv::Mat(pixels.size(), CV_8UC1)};
  for (const std::uint32_t code : *codes) {
    for (const unsigned shift : {16U, 8U, 0U})
      result.palette.push_back(static_cast<std::byte>(code >> shift));
  }
  std::uint32_t last = codes->front();
  uchar index = 0;
  for (int y = 0; y < pixels.rows; ++y) {
    const auto* pixel = pixels.ptr<uchar>(y);
    auto* out = result.indices.ptr<uchar>(y);
    for (int x = 0; x < pixels.cols; ++x, pixel += pixels.channels()) {
      const std::uint32_t code = pixels.channels() == 1 ? code_of(*pixel) : code_of(pixel);
      if (code != last) {
        last = code;
        index = static_cast<uchar>(std::ranges::lower_bound(*codes, code) - codes->begin());
      }
      out[x] = index;
    }
  }
  return result;
}

}  // namespace ocrtune
