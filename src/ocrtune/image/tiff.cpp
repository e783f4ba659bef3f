#include "ocrtune/image/tiff.h"

#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>
#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/byte_order.h"
#include "ocrtune/image/orientation.h"
#include "ocrtune/image/stated_resolution.h"
#include "ocrtune/image/tiff_jpeg.h"
#include "ocrtune/image/unreadable.h"

namespace ocrtune {
namespace {

/// The bytes and reading position that libtiff's callbacks work on.
struct Source {
  std::span<const std::byte> bytes;
  std::uint64_t position = 0;
};

tmsize_t read_source(thandle_t handle, void* buffer, tmsize_t size) {
  auto& source = *static_cast<Source*>(handle);
  const std::uint64_t left =
      source.bytes.size() - std::min<std::uint64_t>(source.position, source.bytes.size());
  const auto count =
      std::min<std::uint64_t>(left, static_cast<std::uint64_t>(std::max<tmsize_t>(size, 0)));
  if (count > 0) std::memcpy(buffer, source.bytes.data() + source.position, count);
  source.position += count;
  return static_cast<tmsize_t>(count);
}

tmsize_t write_nothing(thandle_t, void*, tmsize_t) { return 0; }

toff_t seek_source(thandle_t handle, toff_t offset, int whence) {
  auto& source = *static_cast<Source*>(handle);
  if (whence == SEEK_CUR) offset += source.position;
  if (whence == SEEK_END) offset += source.bytes.size();
  return source.position = offset;
}

int close_source(thandle_t) { return 0; }

toff_t size_of_source(thandle_t handle) { return static_cast<Source*>(handle)->bytes.size(); }

/// libtiff only reads mapped data; the cast removes const only for its signature.
int map_source(thandle_t handle, void** base, toff_t* size) {
  const auto& source = *static_cast<Source*>(handle);
  *base = const_cast<std::byte*>(source.bytes.data());
  *size = source.bytes.size();
  return 1;
}

void unmap_source(thandle_t, void*, toff_t) {}

int say_nothing(TIFF*, void*, const char*, const char*, va_list) { return 1; }

struct CloseTiff {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffHandle = std::unique_ptr<TIFF, CloseTiff>;

TiffHandle open_handle(Source& source) {
  const std::unique_ptr<TIFFOpenOptions, void (*)(TIFFOpenOptions*)> options(TIFFOpenOptionsAlloc(),
                                                                             TIFFOpenOptionsFree);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), say_nothing, nullptr);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), say_nothing, nullptr);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), tmsize_t{2'000'000'000});
  // Mapped, since Debian's libtiff 4.5.0-6+deb12u4 cannot read uncompressed tiles otherwise.
  return TiffHandle(TIFFClientOpenExt("page", "r", &source, read_source, write_nothing, seek_source,
                                      close_source, size_of_source, map_source, unmap_source,
                                      options.get()));
}

Resolution resolution_of(TIFF* tiff) {
  float x = 0;
  float y = 0;
  if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x) != 1) return {};
  if (TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y) != 1) y = x;
  const auto unit = tiff_field<std::uint16_t>(tiff, TIFFTAG_RESOLUTIONUNIT);
  if (unit == RESUNIT_NONE || !(x > 0 && x < 1e6F && y > 0 && y < 1e6F)) return {};
  const double per_inch = unit == RESUNIT_CENTIMETER ? 2.54 : 1.0;
  return {x * per_inch, y * per_inch};
}

constexpr tmsize_t kMaxBlockBytes = 256'000'000;

/// 16-bit gray samples as stored, row after row or tile after tile; empty if they are damaged.
cv::Mat read_gray16(TIFF* tiff, int width, int height) {
  const bool tiled = TIFFIsTiled(tiff) != 0;
  const int block_width =
      tiled ? static_cast<int>(tiff_field<std::uint32_t>(tiff, TIFFTAG_TILEWIDTH)) : width;
  const int block_height =
      tiled ? static_cast<int>(tiff_field<std::uint32_t>(tiff, TIFFTAG_TILELENGTH)) : 1;
  const tmsize_t bytes = tiled ? TIFFTileSize(tiff) : TIFFScanlineSize(tiff);
  if (block_width < 1 || block_height < 1 || bytes > kMaxBlockBytes ||
      bytes < tmsize_t{2} * block_width * block_height) {
    return {};
  }
  std::vector<std::uint16_t> block(static_cast<std::size_t>(bytes) / 2 + 1);
  cv::Mat samples(height, width, CV_16UC1);
  for (int top = 0; top < height; top += block_height) {
    for (int left = 0; left < width; left += block_width) {
      const auto x = static_cast<std::uint32_t>(left);
      const auto y = static_cast<std::uint32_t>(top);
      const bool read = tiled ? TIFFReadTile(tiff, block.data(), x, y, 0, 0) >= 0
                              : TIFFReadScanline(tiff, block.data(), y, 0) == 1;
      if (!read) return {};
      const cv::Rect place(left, top, std::min(block_width, width - left),
                           std::min(block_height, height - top));
      const cv::Mat stored(block_height, block_width, CV_16UC1, block.data());
      stored(cv::Rect({0, 0}, place.size())).copyTo(samples(place));
    }
  }
  return samples;
}

/// 16-bit gray as OpenCV reads it (upper byte). libtiff's own conversion rounds instead, and shears
/// tiles that extend beyond the page.
cv::Mat decode_gray16(TIFF* tiff, int width, int height) {
  const bool white_is_zero =
      tiff_field<std::uint16_t>(tiff, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_MINISWHITE;
  const cv::Mat samples = read_gray16(tiff, width, height);
  cv::Mat gray(samples.size(), CV_8UC1);
  for (int y = 0; y < samples.rows; ++y) {
    const auto* in = samples.ptr<std::uint16_t>(y);
    auto* out = gray.ptr<uchar>(y);
    for (int x = 0; x < samples.cols; ++x) {
      const auto value = static_cast<uchar>(in[x] >> 8U);
      out[x] = white_is_zero ? static_cast<uchar>(255 - value) : value;
    }
  }
  return gray;
}

/// The colours of the result of libtiff's RGBA conversion, over white.
cv::Mat colours_of(const std::vector<std::uint32_t>& raster, int width, int height) {
  cv::Mat colour(height, width, CV_8UC3);
  const std::uint32_t* in = raster.data();
  for (int y = 0; y < height; ++y) {
    auto* out = colour.ptr<uchar>(y);
    for (int x = 0; x < width; ++x, ++in) {
      const std::uint32_t white = 255U - TIFFGetA(*in);
      for (const std::uint32_t level : {TIFFGetB(*in), TIFFGetG(*in), TIFFGetR(*in)})
        *out++ = static_cast<uchar>(std::min(255U, level + white));
    }
  }
  return colour;
}

/// Everything else through libtiff's RGBA conversion; gray by the weights of OpenCV's TIFF reader
/// (14-bit fixed point), with white paper behind transparent pixels.
Image decode_rgba(TIFF* tiff, int width, int height, bool in_colour) {
  std::vector<std::uint32_t> raster(static_cast<std::size_t>(width) *
                                    static_cast<std::size_t>(height));
  // With this orientation, libtiff leaves the rows as stored; `upright` rotates them.
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  if (TIFFReadRGBAImageOriented(tiff, static_cast<std::uint32_t>(width),
                                static_cast<std::uint32_t>(height), raster.data(),
                                ORIENTATION_TOPLEFT, 1) != 1) {
    return {};
  }
  Image image{cv::Mat(height, width, CV_8UC1), {}};
  const std::uint32_t* in = raster.data();
  for (int y = 0; y < height; ++y) {
    auto* out = image.gray.ptr<uchar>(y);
    for (int x = 0; x < width; ++x, ++in) {
      const std::uint32_t luma =
          (TIFFGetR(*in) * 4899U + TIFFGetG(*in) * 9617U + TIFFGetB(*in) * 1868U + 8192U) >> 14U;
      out[x] = static_cast<uchar>(std::min(255U, luma + 255U - TIFFGetA(*in)));
    }
  }
  if (in_colour) image.colour = colours_of(raster, width, height);
  return image;
}

enum class DirectoryKind { page, reduced, mask };

DirectoryKind kind_of_flags(std::uint32_t flags) {
  if ((flags & FILETYPE_MASK) != 0) return DirectoryKind::mask;
  return (flags & FILETYPE_REDUCEDIMAGE) != 0 ? DirectoryKind::reduced : DirectoryKind::page;
}

/// What the directory that is read says of itself (TIFF 6.0, NewSubfileType and SubfileType).
DirectoryKind kind_of(TIFF* tiff) {
  std::uint32_t kind = 0;
  if (TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &kind) == 1) return kind_of_flags(kind);
  std::uint16_t old = 0;
  const bool is_reduced =
      TIFFGetField(tiff, TIFFTAG_OSUBFILETYPE, &old) == 1 && old == OFILETYPE_REDUCEDIMAGE;
  return is_reduced ? DirectoryKind::reduced : DirectoryKind::page;
}

/// The same of a directory that libtiff cannot read, as of thumbnails in a coding that it does not
/// have: of a classic TIFF; of others it counts as a page.
DirectoryKind stated_kind(std::span<const std::byte> bytes, std::uint64_t offset,
                          bool most_significant_first) {
  const auto number = [&](std::size_t at, std::size_t length) {
    return most_significant_first ? big_endian(bytes, at, length)
                                  : little_endian(bytes, at, length);
  };
  constexpr std::size_t kEntry = 12;
  if (bytes.size() < 8 || number(2, 2) != 42 || offset + 2 > bytes.size())
    return DirectoryKind::page;
  const std::size_t count = number(offset, 2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = offset + 2 + i * kEntry;
    if (at + kEntry > bytes.size()) break;
    if (number(at, 2) == TIFFTAG_SUBFILETYPE) return kind_of_flags(number(at + 8, 4));
  }
  return DirectoryKind::page;
}

/// An image of the file.
struct Directory {
  tdir_t number = 0;
  std::uint64_t offset = 0;  ///< of one in another's SubIFDs; 0: in the chain
  DirectoryKind kind = DirectoryKind::page;

  /// False if it cannot be read.
  bool select(TIFF* tiff) const {
    return (offset != 0 ? TIFFSetSubDirectory(tiff, offset) : TIFFSetDirectory(tiff, number)) == 1;
  }
};

bool is_page(const Directory& directory) { return directory.kind == DirectoryKind::page; }

/// Those in the SubIFDs of the directory that is read, of which libtiff has read the offsets.
void add_nested(TIFF* tiff, std::vector<Directory>& nested) {
  constexpr std::size_t kMost = 1'000;
  std::uint16_t count = 0;
  const std::uint64_t* offsets = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_SUBIFD, &count, &offsets) != 1 || offsets == nullptr) return;
  for (std::uint16_t i = 0; i < count && nested.size() < kMost; ++i)
    nested.push_back({.offset = offsets[i], .kind = DirectoryKind::reduced});
}

/// A file's pages are its images but thumbnails, levels of lower resolution and masks; if only
/// these are in its chain, the images of their SubIFDs, and else all of them.
class TiffFile final : public PageFile {
 public:
  TiffFile(std::span<const std::byte> bytes, const DecodeLimits& limits)
      : source_(std::make_unique<Source>(Source{bytes})), limits_(limits) {
    const MemoryWatch watch;
    tiff_ = open_handle(*source_);
    if (!tiff_) {
      watch.check();
      unreadable(tr("is damaged: can't be opened as a TIFF"));
    }
    find_pages();
  }

  [[nodiscard]] int page_count() const override { return static_cast<int>(pages_.size()); }

  using PageFile::decode;

  Image decode(int index, bool in_colour) override {
    TIFF* tiff = tiff_.get();
    const MemoryWatch watch;
    if (!pages_.at(static_cast<std::size_t>(index)).select(tiff)) {
      watch.check();
      unreadable(tr("this page of the TIFF is damaged"));
    }
    const auto width = tiff_field<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH);
    const auto height = tiff_field<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH);
    check_size(width, height, limits_);
    const auto bits = tiff_field<std::uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE);
    if (bits > 16) unreadable(tr("has {} bits per sample; 1 to 16 can be read", bits));
    const auto orientation = tiff_field<std::uint16_t>(tiff, TIFFTAG_ORIENTATION);
    const bool gray16 =
        bits == 16 && tiff_field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL) == 1 &&
        tiff_field<std::uint16_t>(tiff, TIFFTAG_PHOTOMETRIC) <= PHOTOMETRIC_MINISBLACK;
    const auto columns = static_cast<int>(width);
    const auto rows = static_cast<int>(height);
    const Resolution dpi = resolution_of(tiff);
    Image image = gray16 ? Image{decode_gray16(tiff, columns, rows), {}}
                         : decode_rgba(tiff, columns, rows, in_colour);
    if (image.gray.empty()) watch.check();
    if (image.gray.empty())
      unreadable(tr("is damaged or of an unknown kind: its pixels can't be decoded"));
    image.dpi = stated_resolution(dpi);
    image.gray = upright(image.gray, orientation);
    image.colour = has_colour(image.colour) ? upright(image.colour, orientation) : cv::Mat();
    if (swaps_sides(orientation)) std::swap(image.dpi.x, image.dpi.y);
    return image;
  }

  [[nodiscard]] StoredJpeg stored_jpeg(int index) const {
    if (!pages_.at(static_cast<std::size_t>(index)).select(tiff_.get())) return {};
    return {.file = stored_jpeg_of(tiff_.get()),
            .orientation = tiff_field<std::uint16_t>(tiff_.get(), TIFFTAG_ORIENTATION)};
  }

 private:
  void find_pages() {
    TIFF* tiff = tiff_.get();
    std::vector<Directory> all;
    std::vector<Directory> nested;  // in those that are no pages
    do {
      if (static_cast<int>(all.size()) >= limits_.max_pages)
        unreadable(tr("has more pages than the limit of {}", limits_.max_pages));
      all.push_back({.number = static_cast<tdir_t>(all.size()), .kind = kind_of(tiff)});
      if (all.back().kind != DirectoryKind::page) add_nested(tiff, nested);
    } while (TIFFReadDirectory(tiff) == 1);
    // The chain of pages ends with 0. If it has an invalid link instead, a page is missing: it is
    // counted, and decoding it reports the error.
    if (const std::uint64_t next = TIFFCurrentDirOffset(tiff); next != 0)
      all.push_back({.number = static_cast<tdir_t>(all.size()),
                     .kind = stated_kind(source_->bytes, next, TIFFIsBigEndian(tiff) != 0)});
    for (Directory& directory : nested) {
      // One that cannot be read is counted, and decoding it reports the error.
      directory.kind = directory.select(tiff) ? kind_of(tiff) : DirectoryKind::page;
    }
    std::ranges::copy_if(all, std::back_inserter(pages_), is_page);
    if (pages_.empty()) std::ranges::copy_if(nested, std::back_inserter(pages_), is_page);
    if (pages_.empty()) pages_ = std::move(all);
  }

  std::unique_ptr<Source> source_;
  DecodeLimits limits_;
  TiffHandle tiff_;
  std::vector<Directory> pages_;
};

}  // namespace

std::unique_ptr<PageFile> open_tiff(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  return std::make_unique<TiffFile>(bytes, limits);
}

StoredJpeg jpeg_of_tiff(std::span<const std::byte> bytes, int page) {
  DecodeLimits any;
  any.max_pages = std::numeric_limits<int>::max();
  return TiffFile(bytes, any).stored_jpeg(page);
}

}  // namespace ocrtune
