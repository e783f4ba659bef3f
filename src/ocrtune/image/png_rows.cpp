#include "ocrtune/image/png_rows.h"

#include <zlib.h>

#include <algorithm>
#include <new>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/byte_order.h"
#include "ocrtune/image/group4.h"
#include "ocrtune/image/indexed_pixels.h"
#include "ocrtune/image/opencv_codecs.h"
#include "ocrtune/image/picture.h"

namespace ocrtune {
namespace {

using Bytes = std::span<const std::byte>;

/// zlib's default: the next level saves a per cent and takes half as long again.
constexpr int kDeflateLevel = 6;

unsigned number_at(Bytes bytes, std::size_t at) { return std::to_integer<unsigned>(bytes[at]); }

bool is_chunk(Bytes bytes, std::size_t at, std::string_view name) {
  return starts_with(bytes.subspan(at + 4), name);
}

/// Indices of this many bits, each row after the mark of PNG's filter "none", deflated.
std::vector<std::byte> deflated_rows(const cv::Mat& indices, int bits) {
  const std::vector<unsigned char> rows = packed_rows(indices, bits, 1);
  uLongf size = compressBound(rows.size());
  std::vector<std::byte> deflated(size);
  if (compress2(reinterpret_cast<Bytef*>(deflated.data()), &size, rows.data(), rows.size(),
                kDeflateLevel) != Z_OK)
    throw std::bad_alloc();
  deflated.resize(size);
  return deflated;
}

/// Both of two colours; without a palette they are black and white.
Facsimile of_two_colours(const IndexedPixels& indexed, std::vector<std::byte> palette,
                         const Resolution& dpi) {
  Facsimile result{.coding = Facsimile::Coding::png_rows,
                   .width = indexed.indices.cols,
                   .height = indexed.indices.rows,
                   .bits = 1,
                   .palette = std::move(palette),
                   .data = deflated_rows(indexed.indices, 1),
                   .dpi = dpi};
  const cv::Mat white = indexed.indices * 255;
  std::optional<std::vector<std::byte>> rows = group4_of(white);
  // Dithered pictures are longer in Group 4.
  if (rows && rows->size() < result.data.size()) {
    result.coding = Facsimile::Coding::group4;
    result.data = *std::move(rows);
  }
  return result;
}

}  // namespace

std::optional<Facsimile> png_rows(Bytes bytes, const Resolution& dpi) {
  constexpr unsigned kGray = 0;
  constexpr unsigned kRgb = 2;
  constexpr unsigned kPalette = 3;
  Facsimile result{.coding = Facsimile::Coding::png_rows, .palette = {}, .data = {}, .dpi = dpi};
  unsigned kind = 0;
  for (std::size_t at = 8; at + 12 <= bytes.size();) {
    const std::size_t length = big_endian(bytes, at, 4);
    if (length > bytes.size() - at - 12) return std::nullopt;
    const Bytes body = bytes.subspan(at + 8, length);
    if (is_chunk(bytes, at, "IHDR") && length >= 13) {
      result.width = static_cast<int>(big_endian(body, 0, 4));
      result.height = static_cast<int>(big_endian(body, 4, 4));
      result.bits = static_cast<int>(number_at(body, 8));
      kind = number_at(body, 9);
      result.channels = kind == kRgb ? 3 : 1;
      const bool interlaced = number_at(body, 12) != 0;
      if (interlaced || (kind != kGray && kind != kRgb && kind != kPalette)) return std::nullopt;
    }
    if (is_chunk(bytes, at, "tRNS") || is_chunk(bytes, at, "eXIf")) return std::nullopt;
    if (is_chunk(bytes, at, "PLTE") && kind == kPalette)
      result.palette.assign(body.begin(), body.end());
    if (is_chunk(bytes, at, "IDAT"))
      result.data.insert(result.data.end(), body.begin(), body.end());
    at += length + 12;
  }
  const bool whole = !result.data.empty() && (kind == kPalette) == !result.palette.empty();
  return whole ? std::optional(std::move(result)) : std::nullopt;
}

Facsimile png_facsimile(const cv::Mat& pixels, const Resolution& dpi) {
  std::vector<uchar> png;
  std::optional<Facsimile> result;
  if (encode_image(".png", pixels, png, {cv::IMWRITE_PNG_COMPRESSION, kDeflateLevel}))
    result = png_rows(std::as_bytes(std::span(png)), dpi);
  if (!result) throw Error(Errc::input_unreadable, tr("its pixels can't be encoded"));
  return *std::move(result);
}

std::size_t embedded_bytes(const Facsimile& image) {
  // A palette is written in hexadecimal digits.
  return image.data.size() + 2 * image.palette.size();
}

std::optional<Facsimile> facsimile_of_few_colours(const cv::Mat& pixels, const Resolution& dpi) {
  if (is_black_and_white(pixels)) return of_two_colours({.indices = pixels / 255}, {}, dpi);
  // More levels of gray than 16 need 8 bits anyway.
  const std::size_t most = pixels.channels() == 1 ? 16 : 256;
  std::optional<IndexedPixels> indexed = indexed_pixels(pixels, most);
  if (!indexed) return std::nullopt;
  const int bits = indexed->bits();
  if (bits == 1) return of_two_colours(*indexed, indexed->palette, dpi);
  return Facsimile{.coding = Facsimile::Coding::png_rows,
                   .width = pixels.cols,
                   .height = pixels.rows,
                   .bits = bits,
                   .palette = std::move(indexed->palette),
                   .data = deflated_rows(indexed->indices, bits),
                   .dpi = dpi};
}

Facsimile shortest_facsimile(const cv::Mat& pixels, const Resolution& dpi) {
  std::optional<Facsimile> few = facsimile_of_few_colours(pixels, dpi);
  if (few && few->bits == 1) return *std::move(few);
  Facsimile all = png_facsimile(pixels, dpi);
  return few && embedded_bytes(*few) < embedded_bytes(all) ? *std::move(few) : std::move(all);
}

}  // namespace ocrtune
