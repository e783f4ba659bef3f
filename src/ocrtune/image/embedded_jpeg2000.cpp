#include "ocrtune/image/embedded_jpeg2000.h"

#include <cstdint>
#include <functional>

#include "ocrtune/image/byte_order.h"

namespace ocrtune {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::uint32_t four(const char (&name)[5]) {
  std::uint32_t code = 0;
  for (int i = 0; i < 4; ++i) code = code << 8U | static_cast<unsigned char>(name[i]);
  return code;
}

constexpr std::uint32_t kResolutionBox = 0x72657320;  // "res", a space

/// Calls `visit` with the type and content of each box; false if one is damaged or has a length of
/// 64 bits.
bool each_box(Bytes bytes, const std::function<void(std::uint32_t, Bytes)>& visit) {
  for (std::size_t at = 0; at + 8 <= bytes.size();) {
    std::size_t size = big_endian(bytes, at, 4);
    if (size == 0) size = bytes.size() - at;
    if (size < 8 || size > bytes.size() - at) return false;
    visit(big_endian(bytes, at + 4, 4), bytes.subspan(at + 8, size - 8));
    at += size;
  }
  return true;
}

/// What the boxes of a JP2 file state of its pixels (ISO/IEC 15444-1, annex I).
struct Jp2Header {
  std::size_t channels = 0;
  bool is_plain = true;
  int colour_spaces = 0;
  std::uint32_t colour_space = 0;
};

Jp2Header jp2_header(Bytes bytes) {
  constexpr std::uint32_t kEightBits = 7;
  Jp2Header header;
  const auto inside = [&](std::uint32_t type, Bytes box) {
    if (type == four("ihdr") && box.size() >= 14) {
      header.channels = big_endian(box, 8, 2);
      if (big_endian(box, 10, 1) != kEightBits) header.is_plain = false;
    } else if (type == four("colr")) {
      ++header.colour_spaces;
      constexpr std::uint32_t kEnumerated = 1;
      if (box.size() >= 7 && big_endian(box, 0, 1) == kEnumerated)
        header.colour_space = big_endian(box, 3, 4);
    } else if (type != kResolutionBox) {
      header.is_plain = false;  // a palette, other channels or bits
    }
  };
  const bool whole = each_box(bytes, [&](std::uint32_t type, Bytes box) {
    if (type == four("jp2h") && !each_box(box, inside)) header.is_plain = false;
  });
  if (!whole) header.is_plain = false;
  return header;
}

/// Whether the codestream has unsigned components of the size of the page, from its corner.
bool is_plain_codestream(Bytes bytes, std::size_t channels, const Image& page) {
  bool plain = false;
  each_box(bytes, [&](std::uint32_t type, Bytes box) {
    // SOC, then SIZ (A.5.1).
    constexpr std::size_t kComponents = 40;
    if (type != four("jp2c") || box.size() < kComponents + 2 + 3 * channels) return;
    if (big_endian(box, 0, 4) != 0xFF4FFF51) return;
    plain = big_endian(box, 8, 4) == static_cast<std::uint32_t>(page.gray.cols) &&
            big_endian(box, 12, 4) == static_cast<std::uint32_t>(page.gray.rows) &&
            big_endian(box, 16, 4) == 0 && big_endian(box, 20, 4) == 0 &&
            big_endian(box, kComponents, 2) == channels;
    for (std::size_t i = 0; i < channels; ++i)
      plain = plain && big_endian(box, kComponents + 2 + 3 * i, 3) == 0x070101;
  });
  return plain;
}

}  // namespace

std::optional<Facsimile> embedded_jpeg2000(Bytes bytes, const Image& page) {
  constexpr std::uint32_t kSrgb = 16;
  constexpr std::uint32_t kGray = 17;
  const Jp2Header header = jp2_header(bytes);
  const bool is_gray = header.channels == 1 && header.colour_space == kGray;
  const bool is_colour = header.channels == 3 && header.colour_space == kSrgb;
  if (!header.is_plain || header.colour_spaces != 1 || !(is_gray || is_colour) ||
      !is_plain_codestream(bytes, header.channels, page))
    return std::nullopt;
  return Facsimile{.coding = Facsimile::Coding::jpeg2000,
                   .width = page.gray.cols,
                   .height = page.gray.rows,
                   .channels = static_cast<int>(header.channels),
                   .bits = 8,
                   .palette = {},
                   .data = {bytes.begin(), bytes.end()},
                   .dpi = page.dpi};
}

}  // namespace ocrtune
