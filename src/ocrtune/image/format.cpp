#include "ocrtune/image/format.h"

#include <leptonica/allheaders.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "ocrtune/base/error.h"
#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/big_endian.h"

namespace ocrtune {
namespace {

using Bytes = std::span<const std::byte>;

bool starts_with(Bytes bytes, std::string_view magic) {
  return bytes.size() >= magic.size() &&
         std::ranges::equal(bytes.first(magic.size()), std::as_bytes(std::span(magic)));
}

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

void check_jpeg(Bytes bytes) {
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
    if (marker == 0xD9) return;
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
  damaged(tr("is cut off: the JPEG end mark is missing"));
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
  if (starts_with(bytes, "RIFF") && bytes.size() > 12 && starts_with(bytes.subspan(8), "WEBP")) {
    return Format::webp;
  }
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
  static constexpr std::array<std::string_view, 11> kExtensions{
      ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".pbm", ".pgm", ".ppm", ".pnm", ".pdf"};
  return kExtensions;
}

bool is_page_extension(std::string_view extension) {
  const auto known = page_extensions();
  return std::ranges::find(known, lower_case(extension)) != known.end();
}

Header read_header(Format format, Bytes bytes) {
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
  if (format == Format::jpeg) check_jpeg(bytes);
}

}  // namespace ocrtune
