#include "ocrtune/image/pix.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

namespace ocrtune {

PixPtr to_pix(const cv::Mat& gray) {
  if (gray.empty()) return nullptr;
  PixPtr pix(pixCreateHeader(gray.cols, gray.rows, 8));
  if (!pix) throw std::bad_alloc();
  // pixCreate would read and clear every row's end first, two page faults for each page of memory.
  // Leptonica frees what is set with free().
  const auto row_bytes = sizeof(l_uint32) * static_cast<std::size_t>(pixGetWpl(pix.get()));
  auto* data =
      static_cast<std::uint8_t*>(std::malloc(row_bytes * static_cast<std::size_t>(gray.rows)));
  if (data == nullptr) throw std::bad_alloc();
  pixSetData(pix.get(), reinterpret_cast<l_uint32*>(data));
  const auto width = static_cast<std::size_t>(gray.cols);
  for (int y = 0; y < gray.rows; ++y, data += row_bytes) {
    std::memcpy(data, gray.ptr(y), width);
    std::memset(data + width, 0, row_bytes - width);
  }
  pixEndianByteSwap(pix.get());
  return pix;
}

}  // namespace ocrtune
