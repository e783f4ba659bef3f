#include <leptonica/allheaders.h>

#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "corpus/decoding.h"
#include "ocrtune/image/pix.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::Bytes;
using test::coloured;
using test::decoded;
using test::encoded;
using test::noise;
using test::read_by_opencv;
using test::same_pixels;

std::string refusal_of(const Bytes& bytes) {
  return test::error_of(Errc::input_unreadable, [&] { (void)decoded(bytes); });
}

Bytes cut(const Bytes& bytes, double share) {
  return {bytes.begin(),
          bytes.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(bytes.size()))};
}

Image in_colour(const Bytes& bytes) { return open_pages(bytes, {})->decode(0, true); }

TEST(Bmp, IsReadAsOpenCvDoes) {
  const cv::Mat gray = noise(37, 23, 1);
  EXPECT_TRUE(same_pixels(decoded(encoded(gray, ".bmp")).gray, gray));
  const Bytes colour = encoded(coloured(37, 23, 2), ".bmp");
  EXPECT_TRUE(same_pixels(decoded(colour).gray, read_by_opencv(colour, ".bmp")));
  EXPECT_TRUE(same_pixels(in_colour(colour).colour, coloured(37, 23, 2)));
}

TEST(Bmp, SaysItsResolutionAndEnd) {
  Bytes bytes = encoded(noise(37, 23, 1), ".bmp");
  for (const std::size_t at : {38U, 42U}) {
    bytes[at] = std::byte{0x23};  // 11811 px per metre
    bytes[at + 1] = std::byte{0x2E};
  }
  EXPECT_NEAR(decoded(bytes).dpi.x, 300, 0.01);
  EXPECT_TRUE(test::contains(refusal_of(cut(bytes, 0.7)), "is cut off: rows of the BMP"));
}

TEST(Bmp, RunLengthsHaveAnEnd) {
  // One row of three pixels: a run, the end of the line, the end of the bitmap.
  Bytes bytes = encoded(cv::Mat(1, 3, CV_8UC1, cv::Scalar(7)), ".bmp");
  const std::size_t pixels = bytes.size() - 4;
  bytes[30] = std::byte{1};
  bytes.resize(pixels);
  for (const int byte : {3, 7, 0, 0, 0, 1}) bytes.push_back(static_cast<std::byte>(byte));
  EXPECT_EQ(decoded(bytes).gray.at<uchar>(0, 2), 7);
  for (std::size_t i = 1; i <= 2; ++i) bytes[bytes.size() - i] = std::byte{0};
  EXPECT_TRUE(test::contains(refusal_of(bytes), "is cut off: rows of the BMP"));
}

TEST(Jpeg2000, IsReadWithoutLoss) {
  const std::vector<int> lossless{cv::IMWRITE_JPEG2000_COMPRESSION_X1000, 1000};
  const cv::Mat gray = noise(90, 70, 1);
  EXPECT_TRUE(same_pixels(decoded(encoded(gray, ".jp2", lossless)).gray, gray));
  const Bytes colour = encoded(coloured(90, 70, 2), ".jp2", lossless);
  EXPECT_TRUE(same_pixels(in_colour(colour).colour, coloured(90, 70, 2)));
  cv::Mat wide;
  gray.convertTo(wide, CV_16UC1, 257);
  EXPECT_TRUE(same_pixels(decoded(encoded(wide, ".jp2", lossless)).gray, gray));
}

/// The main header with SIZ, COD and QCD, a tile without packets and the end mark.
Bytes codestream_of(std::uint32_t side, int components) {
  Bytes bytes;
  const auto add = [&](std::uint64_t value, int length) {
    for (int i = length - 1; i >= 0; --i) bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
  };
  add(0xFF4FFF51, 4);
  add(38 + 3 * static_cast<std::uint64_t>(components), 2);
  add(0, 2);
  for (const std::uint32_t value : {side, side, 0U, 0U, side, side, 0U, 0U}) add(value, 4);
  add(static_cast<std::uint64_t>(components), 2);
  for (int i = 0; i < components; ++i) add(0x070101, 3);
  add(0xFF52000C, 4);  // COD
  add(0x0000000100000404, 8);
  add(0x0001, 2);
  add(0xFF5C0004, 4);  // QCD
  add(0x4040, 2);
  add(0xFF90000A, 4);  // SOT
  add(0, 2);
  add(14, 4);
  add(1, 2);
  add(0xFF93FFD9, 4);
  return bytes;
}

TEST(Jpeg2000, SmallFilesTakeNoMemoryWithoutLimit) {
  EXPECT_TRUE(test::contains(refusal_of(codestream_of(5000, 40)), "has 40 components"));
  const auto refused = [](std::uint64_t memory) {
    return test::error_of(Errc::input_unreadable, [&] {
      (void)open_pages(codestream_of(15'000, 3), {.parser_memory = memory});
    });
  };
  EXPECT_TRUE(test::contains(refused(1'000'000'000), "needs more memory than a file may: 1.0 GB"));
}

TEST(Jpeg2000, AMissingEndIsNoticed) {
  Bytes bytes = encoded(noise(80, 60, 3), ".jp2");
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), bytes.end(),
            std::byte{0});
  EXPECT_TRUE(test::contains(refusal_of(bytes), "is cut off: the JPEG 2000 end mark is missing"));
}

TEST(Jpeg2000, DamageIsNoticed) {
  const Bytes bytes = encoded(noise(80, 60, 3), ".jp2");
  EXPECT_TRUE(test::contains(refusal_of(cut(bytes, 0.7)), "is cut off"));
  EXPECT_TRUE(test::contains(refusal_of(cut(bytes, 0.05)), "is damaged"));
  EXPECT_TRUE(test::contains(
      test::error_of(Errc::input_unreadable, [&] { (void)open_pages(bytes, {.max_side = 70}); }),
      "is too large"));
}

Bytes gif_of(const cv::Mat& gray) {
  const PixPtr pix = to_pix(gray);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  EXPECT_EQ(pixWriteMemGif(&data, &size, pix.get()), 0);
  const auto* bytes = reinterpret_cast<const std::byte*>(data);
  Bytes gif(bytes, bytes + size);
  lept_free(data);
  return gif;
}

TEST(Gif, IsRead) {
  cv::Mat gray(23, 37, CV_8UC1, cv::Scalar(230));
  gray(cv::Rect(5, 4, 9, 8)).setTo(20);
  EXPECT_TRUE(same_pixels(decoded(gif_of(gray)).gray, gray));
  EXPECT_TRUE(test::contains(refusal_of(cut(gif_of(gray), 0.5)), "is damaged"));
}

TEST(Gif, TheFirstImageCountsAlone) {
  cv::Mat gray(23, 37, CV_8UC1, cv::Scalar(230));
  gray(cv::Rect(5, 4, 9, 8)).setTo(20);
  Bytes bytes = gif_of(gray);
  bytes[6] = std::byte{10};  // the screen's width
  bytes[8] = std::byte{10};
  EXPECT_EQ(decoded(bytes).gray.size(), gray.size());
  const auto refused = [&](const DecodeLimits& limits) {
    return test::error_of(Errc::input_unreadable, [&] { (void)open_pages(bytes, limits); });
  };
  EXPECT_TRUE(test::contains(refused({.max_side = 30}), "is too large"));
  EXPECT_TRUE(test::contains(refused({.max_pixels = 800}), "is too large"));
  // Of an image behind it nothing is read.
  bytes.back() = std::byte{0x2C};
  bytes.insert(bytes.end(), 20, std::byte{0xFF});
  EXPECT_TRUE(same_pixels(decoded(bytes).gray, gray));
}

}  // namespace
}  // namespace ocrtune
