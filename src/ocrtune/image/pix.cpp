#include "ocrtune/image/pix.h"

#include <cstddef>
#include <cstring>

namespace ocrtune {

PixPtr to_pix(const cv::Mat& gray) {
  PixPtr pix(pixCreate(gray.cols, gray.rows, 8));
  if (!pix) return pix;
  for (int y = 0; y < gray.rows; ++y) {
    l_uint32* row = pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix.get());
    std::memcpy(row, gray.ptr(y), static_cast<std::size_t>(gray.cols));
  }
  pixEndianByteSwap(pix.get());
  return pix;
}

}  // namespace ocrtune
