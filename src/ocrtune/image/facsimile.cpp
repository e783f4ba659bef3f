#include "ocrtune/image/facsimile.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <optional>
#include <string_view>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/byte_order.h"
#include "ocrtune/image/format.h"
#include "ocrtune/image/group4.h"
#include "ocrtune/image/opencv_codecs.h"
#include "ocrtune/image/picture.h"

namespace ocrtune {
namespace {

using Bytes = std::span<const std::byte>;

/// zlib's default: the next level saves a per cent and takes half as long again.
constexpr int kDeflateLevel = 6;

unsigned byte_at(Bytes bytes, std::size_t at) { return std::to_integer<unsigned>(bytes[at]); }

bool has(Bytes bytes, std::size_t at, std::string_view text) {
  return bytes.size() >= at + text.size() &&
         std::ranges::equal(bytes.subspan(at, text.size()), std::as_bytes(std::span(text)));
}

/// Encoding as stated by the header of a JPEG file.
struct JpegHeader {
  int channels = 0;  ///< 0: not of a kind that all viewers of documents decode
  bool exif = false;
};

JpegHeader jpeg_header(Bytes bytes) {
  JpegHeader header;
  for (std::size_t at = 2; at + 4 <= bytes.size() && byte_at(bytes, at) == 0xFF;) {
    const unsigned marker = byte_at(bytes, at + 1);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    const std::size_t length = big_endian(bytes, at + 2, 2);
    const Bytes body = bytes.subspan(at + 4, std::min(length, bytes.size() - at - 2) - 2);
    if (marker == 0xE1 && has(body, 0, std::string_view("Exif\0", 5))) header.exif = true;
    if (marker == 0xDA) break;
    // Baseline and progressive, 8 bits; PDF does not allow arithmetic coding and the lossless
    // modes.
    const bool known = marker == 0xC0 || marker == 0xC2;
    if (known && body.size() >= 6 && byte_at(body, 0) == 8) {
      const std::size_t channels = byte_at(body, 5);
      // Components called R, G and B are not YCbCr, which viewers assume for three components.
      const bool rgb = channels == 3 && body.size() > 6 && byte_at(body, 6) == 'R';
      if ((channels == 1 || channels == 3) && !rgb) header.channels = static_cast<int>(channels);
    }
    at += 2 + length;
  }
  return header;
}

/// Whether the stored pixels are the page's; otherwise an orientation tag rotated them.
bool is_upright(Bytes bytes, const Image& page) {
  const cv::Mat stored = decode_image(bytes, cv::IMREAD_GRAYSCALE | cv::IMREAD_IGNORE_ORIENTATION);
  return stored.size() == page.gray.size() && cv::norm(stored, page.gray, cv::NORM_INF) == 0;
}

std::optional<Facsimile> embedded_jpeg(Bytes bytes, const Image& page) {
  const JpegHeader header = jpeg_header(bytes);
  if (header.channels == 0 || (header.exif && !is_upright(bytes, page))) return std::nullopt;
  return Facsimile{.coding = Facsimile::Coding::jpeg,
                   .width = page.gray.cols,
                   .height = page.gray.rows,
                   .channels = header.channels,
                   .bits = 8,
                   .palette = {},
                   .data = {bytes.begin(), bytes.end()},
                   .dpi = page.dpi};
}

/// The rows of a PNG file; nothing if they are interlaced, transparent or need rotation. `bytes`
/// must be a complete PNG.
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
    if (has(bytes, at + 4, "IHDR") && length >= 13) {
      result.width = static_cast<int>(big_endian(body, 0, 4));
      result.height = static_cast<int>(big_endian(body, 4, 4));
      result.bits = static_cast<int>(byte_at(body, 8));
      kind = byte_at(body, 9);
      result.channels = kind == kRgb ? 3 : 1;
      const bool interlaced = byte_at(body, 12) != 0;
      if (interlaced || (kind != kGray && kind != kRgb && kind != kPalette)) return std::nullopt;
    }
    if (has(bytes, at + 4, "tRNS") || has(bytes, at + 4, "eXIf")) return std::nullopt;
    if (has(bytes, at + 4, "PLTE") && kind == kPalette)
      result.palette.assign(body.begin(), body.end());
    if (has(bytes, at + 4, "IDAT")) result.data.insert(result.data.end(), body.begin(), body.end());
    at += length + 12;
  }
  const bool whole = !result.data.empty() && (kind == kPalette) == !result.palette.empty();
  return whole ? std::optional(result) : std::nullopt;
}

}  // namespace

Facsimile facsimile_of(const Image& page) {
  const cv::Mat& pixels = page.colour.empty() ? page.gray : page.colour;
  const bool bilevel = is_black_and_white(pixels);
  const std::vector<int> settings{cv::IMWRITE_PNG_COMPRESSION, kDeflateLevel,
                                  cv::IMWRITE_PNG_BILEVEL, bilevel ? 1 : 0};
  std::vector<uchar> png;
  std::optional<Facsimile> result;
  if (encode_image(".png", pixels, png, settings)) {
    result = png_rows(std::as_bytes(std::span(png)), page.dpi);
  }
  if (!result) throw Error(Errc::input_unreadable, tr("its pixels can't be encoded"));
  if (bilevel && result->bits == 1 && result->channels == 1 && pixels.channels() == 1) {
    std::optional<std::vector<std::byte>> rows = group4_of(pixels);
    // Dithered pictures are longer in Group 4.
    if (rows && rows->size() < result->data.size()) {
      result->coding = Facsimile::Coding::group4;
      result->data = *std::move(rows);
    }
  }
  return *result;
}

Facsimile facsimile_of(std::span<const std::byte> bytes, PageFile& file, int index,
                       const Image& page) {
  if (file.is_edited()) return facsimile_of(file.decode(index, true));
  const Format format = format_of(bytes);
  std::optional<Facsimile> as_it_is;
  if (format == Format::jpeg) {
    const std::vector<std::byte> completed = with_end_mark(bytes);
    as_it_is = embedded_jpeg(completed.empty() ? bytes : Bytes(completed), page);
  }
  if (format == Format::png) as_it_is = png_rows(bytes, page.dpi);
  return as_it_is ? *as_it_is : facsimile_of(file.decode(index, true));
}

}  // namespace ocrtune
