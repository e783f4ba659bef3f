#include "ocrtune/image/png.h"

#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <vector>

namespace ocrtune {
namespace {

/// libpng's errors and warnings: it has no other way out than to jump.
[[noreturn]] void leave_png(png_structp png, png_const_charp /*message*/) { png_longjmp(png, 1); }

struct PngBytes {
  std::span<const std::byte> bytes;
  std::size_t at = 0;
};

void read_png_bytes(png_structp png, png_bytep into, std::size_t count) {
  auto& source = *static_cast<PngBytes*>(png_get_io_ptr(png));
  if (count > source.bytes.size() - source.at) leave_png(png, "");
  std::copy_n(reinterpret_cast<const png_byte*>(source.bytes.data()) + source.at, count, into);
  source.at += count;
}

struct PngReader {
  PngReader() {
    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, leave_png, leave_png);
    if (png != nullptr) info = png_create_info_struct(png);
  }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
  ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }

  png_structp png = nullptr;
  png_infop info = nullptr;
};

/// Transformations to 8 bits a sample and the colours asked for.
void transform_png(png_structp png, png_byte kind, bool in_colour) {
  constexpr double kRed = 0.299;
  constexpr double kGreen = 0.587;
  if (kind == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (kind == PNG_COLOR_TYPE_GRAY) png_set_expand_gray_1_2_4_to_8(png);
  if (in_colour) {
    if (kind == PNG_COLOR_TYPE_GRAY) png_set_gray_to_rgb(png);
    png_set_bgr(png);
  } else if (kind != PNG_COLOR_TYPE_GRAY) {
    png_set_rgb_to_gray(png, PNG_ERROR_ACTION_NONE, kRed, kGreen);
  }
  png_set_interlace_handling(png);
}

/// Nothing between here and libpng has a destructor, which its errors would jump over.
bool decode_png_into(const PngReader& reader, PngBytes& source, bool in_colour, cv::Mat& image,
                     std::vector<png_bytep>& rows) {
  png_structp png = reader.png;
  png_infop info = reader.info;
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_read_fn(png, &source, read_png_bytes);
  png_read_info(png, info);
  const png_byte kind = png_get_color_type(png, info);
  constexpr png_uint_32 kUnusual = PNG_INFO_tRNS | PNG_INFO_eXIf;
  if ((kind & PNG_COLOR_MASK_ALPHA) != 0 || png_get_bit_depth(png, info) > 8 ||
      png_get_valid(png, info, kUnusual) != 0)
    return false;
  transform_png(png, kind, in_colour);
  png_read_update_info(png, info);
  image.create(static_cast<int>(png_get_image_height(png, info)),
               static_cast<int>(png_get_image_width(png, info)), in_colour ? CV_8UC3 : CV_8UC1);
  if (png_get_rowbytes(png, info) != static_cast<std::size_t>(image.cols) * image.elemSize())
    return false;
  rows.resize(static_cast<std::size_t>(image.rows));
  for (int y = 0; y < image.rows; ++y) rows[static_cast<std::size_t>(y)] = image.ptr(y);
  png_read_image(png, rows.data());
  png_read_end(png, info);
  return png_get_valid(png, info, PNG_INFO_eXIf) == 0;
}

}  // namespace

cv::Mat decode_png(std::span<const std::byte> bytes, bool in_colour) {
  const PngReader reader;
  if (reader.info == nullptr) return {};
  PngBytes source{bytes};
  cv::Mat image;
  std::vector<png_bytep> rows;
  return decode_png_into(reader, source, in_colour, image, rows) ? image : cv::Mat();
}

}  // namespace ocrtune
