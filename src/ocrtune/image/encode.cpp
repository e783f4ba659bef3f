#include "ocrtune/image/encode.h"

#include <cmath>
#include <cstdlib>
#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <span>

#include "ocrtune/base/error.h"
#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/opencv_codecs.h"
#include "ocrtune/image/pix.h"

namespace ocrtune {
namespace {

struct FreeBytes {
  void operator()(l_uint8* bytes) const { lept_free(bytes); }
};

PixPtr pix_with_resolution(const Image& image) {
  PixPtr pix = to_pix(image.gray);
  if (!pix) return pix;
  pixSetResolution(pix.get(), static_cast<l_int32>(std::lround(image.dpi.x)),
                   static_cast<l_int32>(std::lround(image.dpi.y)));
  return pix;
}

/// Leptonica's TIFF states 300 dpi if the resolution is unknown; OpenCV's states none.
std::vector<std::byte> tiff_without_resolution(const cv::Mat& gray) {
  std::vector<uchar> encoded;
  if (!encode_image(".tif", gray, encoded)) {
    throw Error(Errc::output_unwritable, tr("the image can't be encoded"));
  }
  const auto bytes = std::as_bytes(std::span(encoded));
  return {bytes.begin(), bytes.end()};
}

}  // namespace

std::vector<std::byte> encode(const Image& image, OutputFormat format) {
  if (format == OutputFormat::tiff && image.dpi.x <= 0) return tiff_without_resolution(image.gray);
  const MemoryWatch watch;
  const PixPtr pix = pix_with_resolution(image);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  const bool done = pix && pixWriteMem(&data, &size, pix.get(),
                                       format == OutputFormat::png ? IFF_PNG : IFF_TIFF_LZW) == 0;
  const std::unique_ptr<l_uint8, FreeBytes> owned(data);
  if (!done || size == 0) {
    watch.check();
    throw Error(Errc::output_unwritable, tr("the image can't be encoded"));
  }
  const auto* first = reinterpret_cast<const std::byte*>(data);
  return {first, first + size};
}

std::string extension_of(OutputFormat format) {
  return format == OutputFormat::png ? ".png" : ".tif";
}

}  // namespace ocrtune
