#include "ocrtune/image/facsimile_file.h"

#include <zlib.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "ocrtune/image/png_rows.h"

namespace ocrtune {
namespace {

constexpr const char* kJpeg = ".jpg";
constexpr const char* kPng = ".png";
constexpr double kInchesPerMetre = 1 / 0.0254;

void append(std::vector<std::byte>& bytes, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes.push_back(static_cast<std::byte>(number >> shift));
}

/// A chunk of a PNG file: its length, type, data and checksum.
void append_chunk(std::vector<std::byte>& png, std::string_view type,
                  std::span<const std::byte> data) {
  append(png, static_cast<std::uint32_t>(data.size()));
  const std::size_t begin = png.size();
  const auto name = std::as_bytes(std::span(type));
  png.insert(png.end(), name.begin(), name.end());
  png.insert(png.end(), data.begin(), data.end());
  const uLong sum =
      ::crc32_z(0, reinterpret_cast<const Bytef*>(png.data() + begin), png.size() - begin);
  append(png, static_cast<std::uint32_t>(sum));
}

/// Types of colours in PNG: 0 gray, 2 RGB, 3 palette.
std::vector<std::byte> header_of_png(const Facsimile& facsimile) {
  std::vector<std::byte> header;
  append(header, static_cast<std::uint32_t>(facsimile.width));
  append(header, static_cast<std::uint32_t>(facsimile.height));
  const int colours = !facsimile.palette.empty() ? 3 : facsimile.channels == 3 ? 2 : 0;
  for (const int value : {facsimile.bits, colours, 0, 0, 0})
    header.push_back(static_cast<std::byte>(value));
  return header;
}

std::vector<std::byte> resolution_of_png(const Resolution& dpi) {
  std::vector<std::byte> chunk;
  append(chunk, static_cast<std::uint32_t>(std::lround(dpi.x * kInchesPerMetre)));
  append(chunk, static_cast<std::uint32_t>(std::lround(dpi.y * kInchesPerMetre)));
  chunk.push_back(std::byte{1});
  return chunk;
}

/// The PNG file whose rows the facsimile has.
std::vector<std::byte> png_of(const Facsimile& facsimile) {
  constexpr std::array kSignature{std::byte{0x89}, std::byte{'P'},  std::byte{'N'},
                                  std::byte{'G'},  std::byte{'\r'}, std::byte{'\n'},
                                  std::byte{0x1a}, std::byte{'\n'}};
  std::vector<std::byte> png(kSignature.begin(), kSignature.end());
  append_chunk(png, "IHDR", header_of_png(facsimile));
  if (facsimile.dpi.x > 0) append_chunk(png, "pHYs", resolution_of_png(facsimile.dpi));
  if (!facsimile.palette.empty()) append_chunk(png, "PLTE", facsimile.palette);
  append_chunk(png, "IDAT", facsimile.data);
  append_chunk(png, "IEND", {});
  return png;
}

}  // namespace

const std::vector<std::string>& image_file_extensions() {
  static const std::vector<std::string> kExtensions{kJpeg, kPng};
  return kExtensions;
}

std::string mime_type_of(const std::string& extension) {
  return extension == kJpeg ? "image/jpeg" : "image/png";
}

ImageFile image_file_of(Facsimile facsimile, const std::function<Image()>& page) {
  const bool is_upright = facsimile.orientation == 1;
  if (is_upright && facsimile.coding == Facsimile::Coding::jpeg)
    return {kJpeg, std::move(facsimile.data)};
  if (is_upright && facsimile.coding == Facsimile::Coding::png_rows)
    return {kPng, png_of(facsimile)};
  const Image decoded = page();
  return {kPng, png_of(png_facsimile(decoded.colour.empty() ? decoded.gray : decoded.colour,
                                     decoded.dpi))};
}

}  // namespace ocrtune
