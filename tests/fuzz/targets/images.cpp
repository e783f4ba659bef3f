// Pages: PNG, JPEG, JPEG 2000, TIFF, WebP, BMP, GIF, PNM.

#include "support/images.h"

#include "fuzz/common/require.h"
#include "fuzz/targets/target.h"
#include "ocrtune/image/image_file.h"
#include "support/encoded.h"

namespace ocrtune::fuzz {
namespace {

constexpr DecodeLimits kImageLimits{
    .max_side = 3000, .max_pixels = 300'000, .max_file_bytes = 1'000'000, .max_pages = 4};

/// One pixel.
constexpr std::string_view kGif(
    "GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;", 35);

void check_image(const Image& image) {
  require(image.gray.type() == CV_8UC1 && !image.gray.empty(), "a page has no gray pixels");
  require(fits(image.gray.cols, image.gray.rows, kImageLimits), "a page is over the limits");
  require(image.colour.empty() || image.colour.size() == image.gray.size(),
          "colours are of another size");
}

bool run_images(std::string_view input) {
  const auto bytes = bytes_in(input);
  const Format format = format_of(bytes);
  if (format == Format::unknown || format == Format::pdf) return false;
  if (format != Format::tiff)
    is_taken({Errc::input_unreadable}, [&] { (void)read_header(format, bytes); });
  bool decoded = false;
  is_taken({Errc::input_unreadable, Errc::limit_reached}, [&] {
    const auto file = open_image_file(format, bytes, kImageLimits);
    require(file->page_count() >= 1 && file->page_count() <= kImageLimits.max_pages,
            "too many pages");
    for (int i = 0; i < file->page_count(); ++i) {
      decoded |= is_taken({Errc::input_unreadable, Errc::limit_reached},
                          [&] { check_image(file->decode(i, i % 2 == 0)); });
    }
  });
  return decoded;
}

std::vector<std::string> images_seeds() {
  const cv::Mat gray = test::noise(9, 7, 1);
  const cv::Mat colours = test::coloured(9, 7, 2);
  std::vector<std::string> files;
  for (const char* extension : {".png", ".jpg", ".webp", ".bmp", ".pgm", ".tiff"})
    files.push_back(text_in(test::encoded(gray, extension)));
  for (const char* extension : {".png", ".jpg", ".ppm"})
    files.push_back(text_in(test::encoded(colours, extension)));
  files.push_back(text_in(test::encoded(test::noise(64, 64, 3), ".jp2")));
  files.emplace_back(kGif);
  files.push_back(text_in(test::with_exif_orientation(test::encoded(gray, ".jpg"), 6)));
  files.push_back(text_in(test::png_of({.width = 4, .height = 2, .rows = "abcdefgh"})));
  const cv::Mat bits = gray > 128;
  for (const int compression : {COMPRESSION_CCITTFAX4, COMPRESSION_LZW, COMPRESSION_PACKBITS})
    files.push_back(
        text_in(test::tiff_of({{.pixels = bits, .bits = 1, .compression = compression}})));
  files.push_back(text_in(test::tiff_of({{.pixels = gray, .dpi_x = 300, .dpi_y = 300},
                                         {.pixels = gray, .orientation = ORIENTATION_RIGHTTOP}})));
  return files;
}

const Registered kImages{{"images", run_images, images_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
