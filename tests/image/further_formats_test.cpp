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

TEST(Jpeg2000, DamageIsNoticed) {
  const Bytes bytes = encoded(noise(80, 60, 3), ".jp2");
  EXPECT_TRUE(test::contains(refusal_of(cut(bytes, 0.7)), "is damaged"));
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

}  // namespace
}  // namespace ocrtune
