#include "ocrtune/image/gif.h"

#include <leptonica/allheaders.h>

#include <cstdint>
#include <vector>

#include "ocrtune/image/byte_order.h"
#include "ocrtune/image/pix.h"

namespace ocrtune {

namespace {

/// Where the table of colours ends that begins at `at`, if the flags state one.
std::size_t after_colours(std::size_t at, unsigned flags) {
  constexpr unsigned kHasTable = 0x80;
  constexpr unsigned kSize = 0x07;
  return (flags & kHasTable) == 0 ? at : at + (std::size_t{3} << ((flags & kSize) + 1));
}

/// Where a chain of blocks ends that begins at `at`; the file's end if it does not.
std::size_t after_blocks(std::span<const std::byte> bytes, std::size_t at) {
  while (at < bytes.size()) {
    const auto size = std::to_integer<std::size_t>(bytes[at]);
    at += 1 + size;
    if (size == 0) return at;
  }
  return bytes.size() + 1;
}

}  // namespace

std::optional<GifImage> first_gif_image(std::span<const std::byte> bytes) {
  constexpr std::size_t kHeader = 13;
  constexpr std::size_t kDescriptor = 10;
  constexpr auto kExtension = std::byte{0x21};
  constexpr auto kImage = std::byte{0x2C};
  if (bytes.size() < kHeader) return std::nullopt;
  std::size_t at = after_colours(kHeader, std::to_integer<unsigned>(bytes[10]));
  while (at + 2 < bytes.size() && bytes[at] == kExtension) at = after_blocks(bytes, at + 2);
  if (at + kDescriptor >= bytes.size() || bytes[at] != kImage) return std::nullopt;
  GifImage image{.width = static_cast<int>(little_endian(bytes, at + 5, 2)),
                 .height = static_cast<int>(little_endian(bytes, at + 7, 2))};
  const std::size_t data =
      after_colours(at + kDescriptor, std::to_integer<unsigned>(bytes[at + 9]));
  image.end = after_blocks(bytes, data + 1);
  if (image.end > bytes.size()) return std::nullopt;
  return image;
}

cv::Mat decode_gif(std::span<const std::byte> bytes) {
  const std::optional<GifImage> image_of_page = first_gif_image(bytes);
  if (!image_of_page) return {};
  // Leptonica would keep all images in memory, and refuse a file for one of the others.
  constexpr auto kTrailer = std::byte{0x3B};
  std::vector<std::byte> first(bytes.begin(),
                               bytes.begin() + static_cast<std::ptrdiff_t>(image_of_page->end));
  first.push_back(kTrailer);
  const PixPtr read(pixReadMemGif(reinterpret_cast<const l_uint8*>(first.data()), first.size()));
  if (!read) return {};
  const PixPtr pix(pixConvertTo32(read.get()));
  if (!pix) return {};
  cv::Mat image(pixGetHeight(pix.get()), pixGetWidth(pix.get()), CV_8UC3);
  const l_uint32* words = pixGetData(pix.get());
  for (int y = 0; y < image.rows; ++y, words += pixGetWpl(pix.get())) {
    auto* out = image.ptr<uchar>(y);
    for (int x = 0; x < image.cols; ++x) {
      for (const int shift : {L_BLUE_SHIFT, L_GREEN_SHIFT, L_RED_SHIFT})
        *out++ = static_cast<uchar>(words[x] >> static_cast<unsigned>(shift));
    }
  }
  return image;
}

}  // namespace ocrtune
