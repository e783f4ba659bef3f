#include "ocrtune/image/gif.h"

#include <leptonica/allheaders.h>

#include <cstdint>

#include "ocrtune/image/pix.h"

namespace ocrtune {

cv::Mat decode_gif(std::span<const std::byte> bytes) {
  const PixPtr read(pixReadMemGif(reinterpret_cast<const l_uint8*>(bytes.data()), bytes.size()));
  if (!read) return {};
  const PixPtr pix(pixConvertTo32(read.get()));
  if (!pix) return {};
  cv::Mat image(pixGetHeight(pix.get()), pixGetWidth(pix.get()), CV_8UC3);
  const l_uint32* words = pixGetData(pix.get());
  for (int y = 0; y < image.rows; ++y, words += pixGetWpl(pix.get())) {
    auto* out = image.ptr<uchar>(y);
    for (int x = 0; x < image.cols; ++x) {
      for (const int shift : {L_BLUE_SHIFT, L_GREEN_SHIFT, L_RED_SHIFT})
        *out++ = static_cast<uchar>(words[x] >> static_cast<unsigned>(shift));
    }
  }
  return image;
}

}  // namespace ocrtune
