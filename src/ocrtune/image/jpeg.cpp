#include "ocrtune/image/jpeg.h"

#include <cstring>
#include <vector>

#include "ocrtune/image/libjpeg_failure.h"

namespace ocrtune {
namespace {

struct Decompressor {
  Decompressor() = default;
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;
  ~Decompressor() { jpeg_destroy_decompress(&info); }

  jpeg_decompress_struct info{};
};

/// Reads the header; false if the file isn't a plain one.
bool starts(jpeg_decompress_struct& info, bool in_colour) {
  constexpr char kExif[] = "Exif";
  constexpr unsigned kWholeMarker = 0xFFFF;
  jpeg_save_markers(&info, JPEG_APP0 + 1, kWholeMarker);
  if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK) return false;
  if (info.num_components != 1 && info.num_components != 3) return false;
  for (const jpeg_marker_struct* marker = info.marker_list; marker; marker = marker->next)
    if (marker->data_length >= 4 && std::memcmp(marker->data, kExif, 4) == 0) return false;
  info.out_color_space = in_colour ? JCS_EXT_BGR : JCS_GRAYSCALE;
  return jpeg_start_decompress(&info) != FALSE;
}

/// Nothing between here and libjpeg has a destructor, which its errors would jump over.
bool decode_jpeg_into(jpeg_decompress_struct& info, JpegFailure& failure,
                      std::span<const std::byte> bytes, bool in_colour, cv::Mat& image) {
  if (setjmp(failure.back) != 0) return false;
  info.err = &failure.manager;
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  if (!starts(info, in_colour)) return false;
  image.create(static_cast<int>(info.output_height), static_cast<int>(info.output_width),
               in_colour ? CV_8UC3 : CV_8UC1);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = image.ptr(static_cast<int>(info.output_scanline));
    if (jpeg_read_scanlines(&info, &row, 1) != 1) return false;
  }
  return jpeg_finish_decompress(&info) != FALSE;
}

/// The same for any kind of file, whose pixels are not kept.
bool decode_every_row(jpeg_decompress_struct& info, JpegFailure& failure,
                      std::span<const std::byte> bytes, std::vector<JSAMPLE>& row) {
  if (setjmp(failure.back) != 0) return false;
  info.err = &failure.manager;
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  // Of several scans the last ones may be missing, and arithmetic decoding makes up what is: there
  // is no warning of either.
  if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK || jpeg_has_multiple_scans(&info) != FALSE ||
      info.arith_code != FALSE)
    return false;
  info.out_color_space = info.jpeg_color_space;
  if (jpeg_start_decompress(&info) == FALSE) return false;
  row.resize(static_cast<std::size_t>(info.output_width) *
             static_cast<std::size_t>(info.output_components));
  JSAMPROW begin = row.data();
  while (info.output_scanline < info.output_height) {
    if (jpeg_read_scanlines(&info, &begin, 1) != 1) return false;
  }
  return jpeg_finish_decompress(&info) != FALSE;
}

}  // namespace

bool all_rows_decode(std::span<const std::byte> bytes) {
  JpegFailure failure;
  Decompressor decompressor;
  std::vector<JSAMPLE> row;
  return decode_every_row(decompressor.info, failure, bytes, row);
}

cv::Mat decode_jpeg(std::span<const std::byte> bytes, bool in_colour) {
  JpegFailure failure;
  Decompressor decompressor;  // destroyed also where nothing was created
  cv::Mat image;
  return decode_jpeg_into(decompressor.info, failure, bytes, in_colour, image) ? image : cv::Mat();
}

}  // namespace ocrtune
