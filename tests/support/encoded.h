#pragma once

#include <tiffio.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune::test {

using Bytes = std::vector<std::byte>;

Bytes bytes_of(std::string_view text);

/// OpenCV's encoder for the ending.
Bytes encoded(const cv::Mat& image, const std::string& extension,
              const std::vector<int>& parameters = {});

/// What cv::imread(…, IMREAD_GRAYSCALE) makes of a file with these bytes.
cv::Mat read_by_opencv(const Bytes& bytes, const std::string& extension);

/// A PNG put together chunk by chunk.
struct PngParts {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  int bits = 8;
  int colour_type = 0;  ///< 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha
  std::vector<std::pair<std::string, std::string>> chunks;  ///< name and content, before the pixels
  std::string rows;  ///< pixel bytes without the filter bytes, one row after the other
};
Bytes png_of(const PngParts& parts);

/// Big-endian bytes of a number.
std::string big_endian(std::uint32_t value, int length);

/// One directory of a TIFF file.
struct TiffPage {
  cv::Mat
      pixels;  ///< one row of samples a row; 8 or 16 bits, any number of channels; for 1 bit 0/255
  int bits = 8;
  int photometric = PHOTOMETRIC_MINISBLACK;
  int compression = COMPRESSION_NONE;
  int orientation = ORIENTATION_TOPLEFT;
  int unit = RESUNIT_INCH;
  float dpi_x = 0;  ///< in `unit`; 0: not written
  float dpi_y = 0;
  bool tiled = false;
  bool alpha = false;              ///< the last channel is unassociated alpha
  std::uint32_t claimed_side = 0;  ///< width and height to claim instead of the true ones
  std::array<std::vector<std::uint16_t>, 3> palette;
  std::optional<int> kind;  ///< NewSubfileType
  int nested = 0;           ///< so many of the next ones are in its SubIFDs
};
Bytes tiff_of(const std::vector<TiffPage>& pages);

/// A PDF whose pages of 144 x 72 pt are white with a black square from (18, 18) pt, 36 pt wide,
/// measured from the lower left. `rgb`: another colour for it, each channel from 0 to 1.
Bytes pdf_of(int pages, const std::string& rgb = "0 0 0");

/// How pdf_of_scan places its image.
struct ScanPlacing {
  double dpi_x = 150;
  double dpi_y = 150;
  double paper = 1;  ///< how much longer than the image each side of the page is
  int rotate = 0;    ///< degrees clockwise that a viewer turns the page by
  std::string font;  ///< of a line of text on it; empty: none
};

/// A PDF of one page that shows a gray image without loss.
Bytes pdf_of_scan(const cv::Mat& gray, const ScanPlacing& placing = {});

/// The JPEG with an EXIF orientation tag put in.
Bytes with_exif_orientation(const Bytes& jpeg, int orientation);

/// The stored pixels of which `upright` is the upright view, by TIFF's and EXIF's orientation tag.
cv::Mat stored_as(const cv::Mat& upright, int orientation);

}  // namespace ocrtune::test
