#include <fstream>
#include <iterator>
#include <stdexcept>

#include "support/encoded.h"
#include "support/temp_folder.h"

namespace ocrtune::test {
namespace {

/// A row as the file holds it: the samples' bytes, or eight pixels a byte.
std::vector<unsigned char> packed_row(const TiffPage& page, int y) {
  const auto* row = page.pixels.ptr(y);
  if (page.bits != 1) {
    return {row, row + static_cast<std::size_t>(page.pixels.cols) * page.pixels.elemSize()};
  }
  std::vector<unsigned char> packed(static_cast<std::size_t>(page.pixels.cols + 7) / 8);
  for (int x = 0; x < page.pixels.cols; ++x) {
    const bool white = row[x] != 0;
    if (white != (page.photometric == PHOTOMETRIC_MINISBLACK)) continue;
    packed[static_cast<std::size_t>(x) / 8] |= static_cast<unsigned char>(0x80 >> (x % 8));
  }
  return packed;
}

void write_tiles(TIFF* tiff, const TiffPage& page) {
  constexpr int kSide = 16;
  const std::size_t size = page.pixels.elemSize();
  for (int top = 0; top < page.pixels.rows; top += kSide) {
    for (int left = 0; left < page.pixels.cols; left += kSide) {
      std::vector<unsigned char> tile(kSide * kSide * size);
      for (int y = top; y < std::min(top + kSide, page.pixels.rows); ++y) {
        const int columns = std::min(kSide, page.pixels.cols - left);
        std::copy_n(page.pixels.ptr(y) + static_cast<std::size_t>(left) * size,
                    static_cast<std::size_t>(columns) * size,
                    tile.data() + static_cast<std::size_t>((y - top) * kSide) * size);
      }
      TIFFWriteTile(tiff, tile.data(), static_cast<std::uint32_t>(left),
                    static_cast<std::uint32_t>(top), 0, 0);
    }
  }
}

void write_tags(TIFF* tiff, const TiffPage& page) {
  const bool claims = page.claimed_side != 0;
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, claims ? page.claimed_side : page.pixels.cols);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, claims ? page.claimed_side : page.pixels.rows);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, page.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, page.pixels.channels());
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, page.photometric);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, page.compression);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, page.orientation);
  if (page.dpi_x > 0) {
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, page.unit);
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, page.dpi_x);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, page.dpi_y);
  }
  if (page.kind) TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, *page.kind);
  if (page.nested > 0) {
    const std::vector<toff_t> places(static_cast<std::size_t>(page.nested));
    TIFFSetField(tiff, TIFFTAG_SUBIFD, page.nested, places.data());
  }
  if (page.alpha) {
    std::uint16_t kind = EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &kind);
  }
  if (page.photometric == PHOTOMETRIC_PALETTE) {
    TIFFSetField(tiff, TIFFTAG_COLORMAP, page.palette[0].data(), page.palette[1].data(),
                 page.palette[2].data());
  }
  if (page.tiled) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 16);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, 16);
  } else {
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 8);
  }
}

}  // namespace

Bytes tiff_of(const std::vector<TiffPage>& pages) {
  const TempFolder folder;
  const std::string file = (folder.path() / "image.tif").string();
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  if (tiff == nullptr) throw std::runtime_error(file);
  for (const TiffPage& page : pages) {
    write_tags(tiff, page);
    if (page.tiled) {
      write_tiles(tiff, page);
    } else {
      for (int y = 0; y < page.pixels.rows; ++y) {
        std::vector<unsigned char> row = packed_row(page, y);
        row.resize(std::max(row.size(), static_cast<std::size_t>(TIFFScanlineSize(tiff))));
        TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0);
      }
    }
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
  std::ifstream in(file, std::ios::binary);
  return bytes_of(std::string(std::istreambuf_iterator<char>(in), {}));
}

}  // namespace ocrtune::test
