#include "ocrtune/image/tiff_jpeg.h"

#include <cstdint>
#include <span>

#include "ocrtune/image/jpeg_recode.h"

namespace ocrtune {
namespace {

/// Whether its samples are those that a JPEG file of its own would have.
bool has_samples_of_jpeg(TIFF* tiff) {
  const std::uint16_t kind = tiff_field<std::uint16_t>(tiff, TIFFTAG_PHOTOMETRIC);
  const std::uint16_t samples = tiff_field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL);
  const bool is_gray = kind == PHOTOMETRIC_MINISBLACK && samples == 1;
  const bool is_colour = (kind == PHOTOMETRIC_RGB || kind == PHOTOMETRIC_YCBCR) && samples == 3;
  return tiff_field<std::uint16_t>(tiff, TIFFTAG_COMPRESSION) == COMPRESSION_JPEG &&
         TIFFIsTiled(tiff) == 0 && tiff_field<std::uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE) == 8 &&
         (is_gray || is_colour) &&
         (samples == 1 ||
          tiff_field<std::uint16_t>(tiff, TIFFTAG_PLANARCONFIG) == PLANARCONFIG_CONTIG);
}

}  // namespace

std::vector<std::byte> stored_jpeg_of(TIFF* tiff) {
  if (!has_samples_of_jpeg(tiff)) return {};
  JpegStrips image{
      .width = tiff_field<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH),
      .height = tiff_field<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH),
      .is_rgb = tiff_field<std::uint16_t>(tiff, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_RGB};
  std::uint32_t tables_size = 0;
  const void* tables = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_JPEGTABLES, &tables_size, &tables) == 1 && tables != nullptr)
    image.tables = {static_cast<const std::byte*>(tables), tables_size};
  std::uint64_t left = TIFFGetSizeProc(tiff)(TIFFClientdata(tiff));
  std::vector<std::vector<std::byte>> strips(TIFFNumberOfStrips(tiff));
  for (std::uint32_t i = 0; i < strips.size(); ++i) {
    const std::uint64_t size = TIFFGetStrileByteCount(tiff, i);
    if (size == 0 || size > left) return {};
    left -= size;
    strips[i].resize(size);
    const tmsize_t read = TIFFReadRawStrip(tiff, i, strips[i].data(), static_cast<tmsize_t>(size));
    if (read != static_cast<tmsize_t>(size)) return {};
    image.strips.emplace_back(strips[i]);
  }
  return image.strips.empty() ? std::vector<std::byte>() : joined_jpeg(image);
}

}  // namespace ocrtune
