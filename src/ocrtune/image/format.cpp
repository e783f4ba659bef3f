#include "ocrtune/image/format.h"

#include <leptonica/allheaders.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "ocrtune/base/error.h"
#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/byte_order.h"
#include "ocrtune/image/gif.h"

namespace ocrtune {
namespace {

using Bytes = std::span<const std::byte>;

[[noreturn]] void damaged(const std::string& what) { throw Error(Errc::input_unreadable, what); }

Resolution jpeg_resolution(const l_uint8* data, std::size_t size) {
  l_int32 x = 0;
  l_int32 y = 0;
  if (readResolutionMemJpeg(data, size, &x, &y) != 0) return {};
  return {static_cast<double>(x), static_cast<double>(y)};
}

Resolution png_resolution(Bytes bytes) {
  // fmemopen only reads in mode "rb"; the cast removes const only for its signature.
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      fmemopen(const_cast<std::byte*>(bytes.data()), bytes.size(), "rb"), std::fclose);
  l_int32 x = 0;
  l_int32 y = 0;
  if (!file || fgetPngResolution(file.get(), &x, &y) != 0) return {};
  return {static_cast<double>(x), static_cast<double>(y)};
}

/// Whether there is a fully transparent colour, which Leptonica's header does not count as a
/// sample.
bool has_transparent_colour(Bytes bytes) {
  for (std::size_t at = 8; at + 12 <= bytes.size();
       at += std::size_t{12} + big_endian(bytes, at, 4)) {
    const Bytes name = bytes.subspan(at + 4);
    if (starts_with(name, "tRNS")) return true;
    if (starts_with(name, "IDAT")) return false;
  }
  return false;
}

void check_png(Bytes bytes) {
  std::size_t at = 8;
  while (at + 12 <= bytes.size()) {
    const std::size_t length = big_endian(bytes, at, 4);
    if (length > bytes.size() - at - 12)
      damaged(tr("is cut off: its last PNG chunk is incomplete"));
    const Bytes checked = bytes.subspan(at + 4, length + 4);
    const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(checked.data()), checked.size());
    if (crc != big_endian(bytes, at + 8 + length, 4))
      damaged(tr("is damaged: a PNG checksum is wrong"));
    if (starts_with(checked, "IEND")) return;
    at += length + 12;
  }
  damaged(tr("is cut off: the PNG end mark is missing"));
}

bool has_jpeg_end_mark(Bytes bytes) {
  std::size_t at = 2;
  const auto byte_at = [&](std::size_t i) { return std::to_integer<unsigned>(bytes[i]); };
  bool in_scan = false;
  // Segments are skipped by their length (a thumbnail has an end mark of its own); inside a scan,
  // 0xFF before anything but 0 and restart marks begins the next segment.
  while (at + 1 < bytes.size()) {
    if (byte_at(at) != 0xFF) {
      ++at;
      continue;
    }
    const unsigned marker = byte_at(at + 1);
    if (marker == 0xD9) return true;
    if (marker == 0xFF || (in_scan && marker == 0x00)) {
      at += marker == 0xFF ? 1 : 2;
      continue;
    }
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
      at += 2;
      continue;
    }
    if (at + 4 > bytes.size()) break;
    in_scan = marker == 0xDA;
    at += 2 + big_endian(bytes, at + 2, 2);
  }
  return false;
}

/// Of a file header, and of the information header behind it, offsets in bytes.
constexpr std::size_t kBmpData = 10;
constexpr std::size_t kBmpInfo = 14;
constexpr std::size_t kBmpPixels = 18;

/// The oldest information header has 12 bytes, and sides of two bytes.
bool is_old_bmp(Bytes bytes) { return little_endian(bytes, kBmpInfo, 4) == 12; }

/// `BM` alone may begin a text.
bool is_bmp(Bytes bytes) {
  constexpr std::uint32_t kLargestInfo = 1'000;
  if (bytes.size() < 54) return false;
  const std::uint32_t info = little_endian(bytes, kBmpInfo, 4);
  return info == 12 || (info >= 40 && info <= kLargestInfo);
}

Header bmp_header(Bytes bytes) {
  Header header;
  if (is_old_bmp(bytes)) {
    header.width = static_cast<int>(little_endian(bytes, kBmpPixels, 2));
    header.height = static_cast<int>(little_endian(bytes, kBmpPixels + 2, 2));
  } else {
    constexpr double kMetresPerInch = 0.0254;
    header.width = static_cast<int>(little_endian(bytes, kBmpPixels, 4));
    // Below zero, rows are stored from the top.
    const auto height = static_cast<std::int32_t>(little_endian(bytes, kBmpPixels + 4, 4));
    header.height = height > 0 ? height : -std::max(height, -std::numeric_limits<int>::max());
    header.dpi = {little_endian(bytes, 38, 4) * kMetresPerInch,
                  little_endian(bytes, 42, 4) * kMetresPerInch};
    if (!(header.dpi.x > 0 && header.dpi.x < 1e6 && header.dpi.y > 0 && header.dpi.y < 1e6))
      header.dpi = {};
  }
  if (header.width < 1 || header.height < 1) damaged(tr("is damaged: its header can't be read"));
  return header;
}

/// Whether run-length coded pixels end as they should, but for padding.
bool has_end_of_bitmap(Bytes bytes) {
  const auto last = std::find_if(bytes.rbegin(), bytes.rend(),
                                 [](std::byte byte) { return byte != std::byte{0}; });
  return last != bytes.rend() && *last == std::byte{1} && std::next(last) != bytes.rend() &&
         *std::next(last) == std::byte{0};
}

/// OpenCV leaves out rows that are missing.
void check_bmp(Bytes bytes) {
  const bool old = is_old_bmp(bytes);
  constexpr std::uint32_t kRle8 = 1;
  constexpr std::uint32_t kRle4 = 2;
  constexpr std::uint32_t kBitFields = 3;
  const std::uint32_t coding = old ? 0 : little_endian(bytes, kBmpPixels + 12, 4);
  if (coding == kRle8 || coding == kRle4) {
    if (!has_end_of_bitmap(bytes)) damaged(tr("is cut off: rows of the BMP are missing"));
    return;
  }
  if (coding != 0 && coding != kBitFields) return;  // OpenCV reads no others
  const Header header = bmp_header(bytes);
  const std::uint64_t bits = little_endian(bytes, kBmpPixels + (old ? 6 : 10), 2);
  const std::uint64_t row = (static_cast<std::uint64_t>(header.width) * bits + 31) / 32 * 4;
  // The last row may lack its padding.
  const std::uint64_t end =
      little_endian(bytes, kBmpData, 4) + row * static_cast<std::uint64_t>(header.height);
  if (end > bytes.size() + 3) damaged(tr("is cut off: rows of the BMP are missing"));
}

/// By the brands of its first box (ISO/IEC 14496-12, 4.3).
bool is_heif(Bytes bytes) {
  constexpr std::array<std::string_view, 10> kBrands{"heic", "heix", "heim", "heis", "hevc",
                                                     "hevx", "mif1", "msf1", "avif", "avis"};
  constexpr std::size_t kMostBytes = 1024;
  if (bytes.size() < 12 || !starts_with(bytes.subspan(4), "ftyp")) return false;
  const std::size_t end =
      std::min({std::size_t{big_endian(bytes, 0, 4)}, bytes.size(), kMostBytes});
  for (std::size_t at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) {
    if (std::ranges::any_of(
            kBrands, [&](std::string_view brand) { return starts_with(bytes.subspan(at), brand); }))
      return true;
  }
  return false;
}

Header gif_header(Bytes bytes) {
  Header header;
  // The screen may be smaller than the image that is decoded.
  if (const std::optional<GifImage> image = first_gif_image(bytes)) {
    header.width = image->width;
    header.height = image->height;
  }
  if (header.width < 1 || header.height < 1) damaged(tr("is damaged: its header can't be read"));
  return header;
}

}  // namespace

Format format_of(Bytes bytes) {
  if (starts_with(bytes, "\x89PNG\r\n\x1a\n")) return Format::png;
  if (starts_with(bytes, "\xFF\xD8\xFF")) return Format::jpeg;
  for (const std::string_view magic :
       {std::string_view("II*\0", 4), std::string_view("MM\0*", 4), std::string_view("II+\0", 4),
        std::string_view("MM\0+", 4)}) {
    if (starts_with(bytes, magic)) return Format::tiff;
  }
  if (starts_with(bytes, std::string_view("\0\0\0\x0CjP  \r\n\x87\n", 12)) ||
      starts_with(bytes, "\xFF\x4F\xFF\x51"))
    return Format::jpeg2000;
  if (starts_with(bytes, "GIF87a") || starts_with(bytes, "GIF89a")) return Format::gif;
  if (starts_with(bytes, "BM") && is_bmp(bytes)) return Format::bmp;
  if (starts_with(bytes, "RIFF") && bytes.size() > 12 && starts_with(bytes.subspan(8), "WEBP")) {
    return Format::webp;
  }
  if (is_heif(bytes)) return Format::heif;
  if (bytes.size() > 3 && bytes[0] == std::byte{'P'} && bytes[1] >= std::byte{'1'} &&
      bytes[1] <= std::byte{'6'} &&
      std::string_view(" \t\r\n#").find(static_cast<char>(bytes[2])) != std::string_view::npos) {
    return Format::pnm;
  }
  // A PDF may have up to a kilobyte of other data before its signature.
  const Bytes head = bytes.first(std::min<std::size_t>(bytes.size(), 1024));
  const auto mark = std::as_bytes(std::span(std::string_view("%PDF-")));
  if (std::search(head.begin(), head.end(), mark.begin(), mark.end()) != head.end()) {
    return Format::pdf;
  }
  return Format::unknown;
}

std::span<const std::string_view> page_extensions() {
  static constexpr std::array<std::string_view, 24> kExtensions{
      ".png",  ".jpg",  ".jpeg", ".jpe",  ".jfif", ".tif", ".tiff", ".webp",
      ".heic", ".heif", ".hif",  ".avif", ".jp2",  ".j2k", ".jpf",  ".jpx",
      ".j2c",  ".bmp",  ".gif",  ".pbm",  ".pgm",  ".ppm", ".pnm",  ".pdf"};
  return kExtensions;
}

bool is_page_extension(std::string_view extension) {
  const auto known = page_extensions();
  return std::ranges::find(known, lower_case(extension)) != known.end();
}

Header read_header(Format format, Bytes bytes) {
  if (format == Format::bmp) return bmp_header(bytes);
  if (format == Format::gif) return gif_header(bytes);
  const auto* data = reinterpret_cast<const l_uint8*>(bytes.data());
  Header header;
  const MemoryWatch watch;
  l_int32 lept_format = 0;
  l_int32 bits = 0;
  l_int32 samples = 0;
  l_int32 colormap = 0;
  if (pixReadHeaderMem(data, bytes.size(), &lept_format, &header.width, &header.height, &bits,
                       &samples, &colormap) != 0 ||
      header.width < 1 || header.height < 1) {
    watch.check();
    damaged(tr("is damaged: its header can't be read"));
  }
  header.alpha = (format == Format::png || format == Format::webp) &&
                 (samples == 4 || samples == 2 || colormap != 0);
  if (format == Format::png) {
    header.alpha = header.alpha || has_transparent_colour(bytes);
    header.dpi = png_resolution(bytes);
  }
  if (format == Format::jpeg) header.dpi = jpeg_resolution(data, bytes.size());
  return header;
}

void check_complete(Format format, Bytes bytes) {
  if (format == Format::png) check_png(bytes);
  if (format == Format::jpeg && !has_jpeg_end_mark(bytes))
    damaged(tr("is cut off: the JPEG end mark is missing"));
  if (format == Format::bmp) check_bmp(bytes);
}

std::vector<std::byte> with_end_mark(Bytes bytes) {
  if (has_jpeg_end_mark(bytes)) return {};
  std::vector<std::byte> whole(bytes.size() + 2, std::byte{0xFF});
  std::ranges::copy(bytes, whole.begin());
  whole.back() = std::byte{0xD9};
  return whole;
}

}  // namespace ocrtune
