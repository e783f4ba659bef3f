#include "image/arithmetic_jpeg.h"

#include <cstdio>
#include <cstdlib>
// Needs size_t and FILE before it.
#include <jpeglib.h>

namespace ocrtune::test {

Bytes with_arithmetic_coding(const Bytes& jpeg) {
  jpeg_error_mgr errors{};
  jpeg_decompress_struct from{};
  jpeg_compress_struct to{};
  from.err = to.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&from);
  jpeg_create_compress(&to);
  jpeg_mem_src(&from, reinterpret_cast<const unsigned char*>(jpeg.data()), jpeg.size());
  jpeg_read_header(&from, TRUE);
  jvirt_barray_ptr* coefficients = jpeg_read_coefficients(&from);
  jpeg_copy_critical_parameters(&from, &to);
  to.arith_code = TRUE;
  unsigned char* written = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&to, &written, &size);
  jpeg_write_coefficients(&to, coefficients);
  jpeg_finish_compress(&to);
  const auto* first = reinterpret_cast<const std::byte*>(written);
  Bytes bytes(first, first + size);
  std::free(written);
  jpeg_destroy_compress(&to);
  jpeg_destroy_decompress(&from);
  return bytes;
}

}  // namespace ocrtune::test
