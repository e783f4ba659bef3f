#include "ocrtune/image/encode.h"

#include <leptonica/allheaders.h>

#include <cmath>
#include <cstdlib>
#include <memory>

#include "ocrtune/base/error.h"

namespace ocrtune {
namespace {

struct DestroyPix {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixHandle = std::unique_ptr<Pix, DestroyPix>;

struct FreeBytes {
  void operator()(l_uint8* bytes) const { lept_free(bytes); }
};

PixHandle to_pix(const Image& image) {
  PixHandle pix(pixCreateNoInit(image.gray.cols, image.gray.rows, 8));
  if (!pix) return pix;
  l_uint32* line = pixGetData(pix.get());
  const l_int32 words_per_line = pixGetWpl(pix.get());
  for (int y = 0; y < image.gray.rows; ++y, line += words_per_line) {
    const auto* row = image.gray.ptr<uchar>(y);
    for (int x = 0; x < image.gray.cols; ++x) SET_DATA_BYTE(line, x, row[x]);
  }
  pixSetResolution(pix.get(), static_cast<l_int32>(std::lround(image.dpi.x)),
                   static_cast<l_int32>(std::lround(image.dpi.y)));
  return pix;
}

}  // namespace

std::vector<std::byte> encode(const Image& image, OutputFormat format) {
  const PixHandle pix = to_pix(image);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  const bool done = pix && pixWriteMem(&data, &size, pix.get(),
                                       format == OutputFormat::png ? IFF_PNG : IFF_TIFF_LZW) == 0;
  const std::unique_ptr<l_uint8, FreeBytes> owned(data);
  if (!done || size == 0) throw Error(ExitStatus::study_error, "the image can't be encoded");
  const auto* first = reinterpret_cast<const std::byte*>(data);
  return {first, first + size};
}

std::string extension_of(OutputFormat format) {
  return format == OutputFormat::png ? ".png" : ".tif";
}

}  // namespace ocrtune
