#include "ocrtune/image/webp.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include "ocrtune/base/translation.h"
#include "ocrtune/image/byte_order.h"
#include "ocrtune/image/unreadable.h"

namespace ocrtune {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::size_t kFileHeader = 12;
constexpr std::size_t kChunkHeader = 8;
/// Of what a frame states before its chunks: place, size, duration and flags.
constexpr std::size_t kFrameHeader = 16;

constexpr std::uint32_t chunk_name(std::string_view text) {
  std::uint32_t name = 0;
  for (std::size_t i = 4; i > 0; --i)
    name = name << 8U | static_cast<std::uint32_t>(static_cast<unsigned char>(text[i - 1]));
  return name;
}

/// A chunk with its header, and without.
struct WebpChunk {
  std::uint32_t name = 0;
  Bytes whole;
  Bytes content;
};

/// Until one is not whole, or `take` returns false.
void each_chunk(Bytes bytes, const std::function<bool(const WebpChunk&)>& take) {
  while (bytes.size() >= kChunkHeader) {
    const std::size_t size = little_endian(bytes, 4, 4);
    if (size > bytes.size() - kChunkHeader) return;
    // Chunks begin at even bytes; the last one may lack its padding.
    const std::size_t padded = std::min(bytes.size(), kChunkHeader + size + size % 2);
    if (!take({.name = little_endian(bytes, 0, 4),
               .whole = bytes.first(padded),
               .content = bytes.subspan(kChunkHeader, size)}))
      return;
    bytes = bytes.subspan(padded);
  }
}

void add_bytes(std::vector<std::byte>& file, Bytes bytes) {
  file.insert(file.end(), bytes.begin(), bytes.end());
  if (bytes.size() % 2 == 1) file.push_back(std::byte{0});
}

void add_number(std::vector<std::byte>& file, std::size_t value) {
  for (unsigned shift = 0; shift < 32; shift += 8)
    file.push_back(static_cast<std::byte>(value >> shift & 0xFFU));
}

/// A file of the image of a frame; empty if that is not whole.
std::vector<std::byte> file_of_frame(Bytes frame) {
  if (frame.size() < kFrameHeader) return {};
  Bytes alpha;
  Bytes pixels;
  each_chunk(frame.subspan(kFrameHeader), [&](const WebpChunk& chunk) {
    if (chunk.name == chunk_name("ALPH")) alpha = chunk.whole;
    if (chunk.name == chunk_name("VP8 ") || chunk.name == chunk_name("VP8L")) pixels = chunk.whole;
    return pixels.empty();
  });
  if (pixels.empty()) return {};
  std::vector<std::byte> file;
  const auto text = [&](std::string_view mark) { add_bytes(file, std::as_bytes(std::span(mark))); };
  text("RIFF");
  add_number(file, 0);
  text("WEBP");
  if (!alpha.empty()) {
    constexpr std::size_t kHasAlpha = 0x10;
    text("VP8X");
    add_number(file, 10);
    add_number(file, kHasAlpha);
    add_bytes(file, frame.subspan(6, 6));  // width and height
    add_bytes(file, alpha);
  }
  add_bytes(file, pixels);
  const std::size_t size = file.size() - kChunkHeader;
  for (unsigned i = 0; i < 4; ++i) file[4 + i] = static_cast<std::byte>(size >> 8 * i & 0xFFU);
  return file;
}

}  // namespace

WebpParts webp_parts(Bytes bytes) {
  constexpr std::size_t kIsAnimated = 0x02;
  WebpParts parts;
  bool is_animated = false;
  bool has_frame = false;
  each_chunk(bytes.subspan(std::min(bytes.size(), kFileHeader)), [&](const WebpChunk& chunk) {
    if (chunk.name == chunk_name("VP8X") && !chunk.content.empty())
      is_animated = (std::to_integer<std::size_t>(chunk.content[0]) & kIsAnimated) != 0;
    if (chunk.name == chunk_name("ANMF") && is_animated && !has_frame) {
      has_frame = true;
      parts.first_image = file_of_frame(chunk.content);
    }
    if (chunk.name == chunk_name("EXIF")) {
      parts.exif = read_exif(chunk.content);
      return false;
    }
    return true;
  });
  if (is_animated && parts.first_image.empty())
    unreadable(tr("is damaged: its pixels can't be decoded"));
  return parts;
}

}  // namespace ocrtune
