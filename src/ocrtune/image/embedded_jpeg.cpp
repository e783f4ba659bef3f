#include "ocrtune/image/embedded_jpeg.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string_view>
#include <utility>

#include "ocrtune/image/byte_order.h"
#include "ocrtune/image/exif.h"
#include "ocrtune/image/jpeg_recode.h"
#include "ocrtune/image/opencv_codecs.h"
#include "ocrtune/image/orientation.h"

namespace ocrtune {
namespace {

using Bytes = std::span<const std::byte>;

unsigned octet(Bytes bytes, std::size_t at) { return std::to_integer<unsigned>(bytes[at]); }

/// Encoding as stated by the header of a JPEG file.
struct JpegHeader {
  int channels = 0;        ///< 0: not of a kind that can be in documents in any coding
  bool is_allowed = true;  ///< documents may have its coding, and all viewers decode it
  bool exif = false;
  int orientation = 1;  ///< of Exif
};

/// Of a start of a frame; `marker` says which.
void read_frame(Bytes body, unsigned marker, JpegHeader& header) {
  // Huffman and arithmetic coding, sequential and progressive. PDF allows baseline and progressive
  // files, with Huffman coding.
  const bool known = (marker >= 0xC0 && marker <= 0xC2) || marker == 0xC9 || marker == 0xCA;
  if (!known || body.size() < 6 || octet(body, 0) != 8) return;
  const auto channels = static_cast<int>(octet(body, 5));
  if (channels != 1 && channels != 3) return;
  header.channels = channels;
  const bool huffman = marker == 0xC0 || marker == 0xC2;
  // Components called R, G and B are not YCbCr, which viewers assume for three components.
  const bool rgb = channels == 3 && body.size() > 6 && octet(body, 6) == 'R';
  header.is_allowed = huffman && !rgb;
}

JpegHeader jpeg_header(Bytes bytes) {
  JpegHeader header;
  for (std::size_t at = 2; at + 4 <= bytes.size() && octet(bytes, at) == 0xFF;) {
    const unsigned marker = octet(bytes, at + 1);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    const std::size_t length = big_endian(bytes, at + 2, 2);
    if (length < 2) break;
    const Bytes body = bytes.subspan(at + 4, std::min(length, bytes.size() - at - 2) - 2);
    if (marker == 0xE1 && starts_with(body, std::string_view("Exif\0", 5))) {
      header.exif = true;
      header.orientation = read_exif(body).orientation;
    }
    if (marker == 0xDA) break;
    // C4, C8 and CC are no frames.
    if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC)
      read_frame(body, marker, header);
    at += 2 + length;
  }
  return header;
}

Facsimile jpeg_facsimile(std::vector<std::byte> data, int channels, int orientation,
                         const Image& page) {
  return {.coding = Facsimile::Coding::jpeg,
          .width = page.gray.cols,
          .height = page.gray.rows,
          .channels = channels,
          .bits = 8,
          .palette = {},
          .data = std::move(data),
          .dpi = page.dpi,
          .orientation = orientation};
}

bool are_equal(const cv::Mat& one, const cv::Mat& other) {
  return one.size() == other.size() && one.type() == other.type() &&
         cv::norm(one, other, cv::NORM_INF) == 0;
}

/// Whether the stored pixels, turned as the tag says, are the page's.
bool shows_page(Bytes bytes, int orientation, const Image& page) {
  const cv::Mat stored = decode_image(bytes, cv::IMREAD_GRAYSCALE | cv::IMREAD_IGNORE_ORIENTATION);
  return are_equal(upright(stored, orientation), page.gray);
}

}  // namespace

std::optional<Facsimile> embedded_jpeg(Bytes bytes, const Image& page) {
  const JpegHeader header = jpeg_header(bytes);
  if (header.channels == 0) return std::nullopt;
  const int orientation = header.exif ? header.orientation : 1;
  if (header.exif && !shows_page(bytes, orientation, page)) return std::nullopt;
  if (header.is_allowed)
    return jpeg_facsimile({bytes.begin(), bytes.end()}, header.channels, orientation, page);
  const bool on_its_side = swaps_sides(orientation);
  const auto width = static_cast<std::size_t>(page.gray.cols);
  const auto height = static_cast<std::size_t>(page.gray.rows);
  std::vector<std::byte> recoded = joined_jpeg({.width = on_its_side ? height : width,
                                                .height = on_its_side ? width : height,
                                                .strips = {bytes}});
  if (recoded.empty() || !shows_page(recoded, orientation, page)) return std::nullopt;
  return jpeg_facsimile(std::move(recoded), header.channels, orientation, page);
}

std::optional<Facsimile> embedded_jpeg_of(std::vector<std::byte> jpeg, int orientation,
                                          const Image& page) {
  const int channels = jpeg.empty() ? 0 : jpeg_header(jpeg).channels;
  if (channels == 0) return std::nullopt;
  const cv::Mat stored =
      decode_image(jpeg, (channels == 1 ? cv::IMREAD_GRAYSCALE : cv::IMREAD_COLOR) |
                             cv::IMREAD_IGNORE_ORIENTATION);
  if (stored.empty()) return std::nullopt;
  cv::Mat shown = page.colour.empty() ? page.gray : page.colour;
  if (channels == 3 && page.colour.empty()) cv::cvtColor(page.gray, shown, cv::COLOR_GRAY2BGR);
  if (!are_equal(upright(stored, orientation), shown)) return std::nullopt;
  return jpeg_facsimile(std::move(jpeg), channels, orientation, page);
}

}  // namespace ocrtune
