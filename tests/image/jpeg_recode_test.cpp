// JPEG files put together from the same coefficients.

#include "ocrtune/image/jpeg_recode.h"

#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>

#include "image/arithmetic_jpeg.h"
#include "support/images.h"

namespace ocrtune {
namespace {

using test::Bytes;

cv::Mat decoded_jpeg(const Bytes& bytes) {
  const auto* first = reinterpret_cast<const uchar*>(bytes.data());
  return cv::imdecode(std::vector<uchar>(first, first + bytes.size()), cv::IMREAD_UNCHANGED);
}

bool has_marker(const Bytes& bytes, unsigned marker) {
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i)
    if (bytes[i] == std::byte{0xFF} && bytes[i + 1] == static_cast<std::byte>(marker)) return true;
  return false;
}

constexpr unsigned kProgressive = 0xC2;

TEST(JoinedJpeg, HasTheRowsOfItsStrips) {
  const Bytes upper = test::encoded(test::noise(50, 32, 1), ".jpg");
  const Bytes lower = test::encoded(test::noise(50, 11, 2), ".jpg");
  const Bytes joined = joined_jpeg({.width = 50, .height = 43, .strips = {upper, lower}});
  const cv::Mat pixels = decoded_jpeg(joined);
  ASSERT_EQ(pixels.size(), cv::Size(50, 43));
  EXPECT_TRUE(test::same_pixels(pixels.rowRange(0, 32), decoded_jpeg(upper)));
  EXPECT_TRUE(test::same_pixels(pixels.rowRange(32, 43), decoded_jpeg(lower)));
}

TEST(JoinedJpeg, OfOtherSizesAndKindsIsNone) {
  const Bytes gray = test::encoded(test::noise(50, 32, 1), ".jpg");
  const Bytes colour = test::encoded(test::coloured(50, 32, 1), ".jpg");
  const Bytes uneven = test::encoded(test::noise(50, 31, 1), ".jpg");
  EXPECT_TRUE(joined_jpeg({.width = 51, .height = 32, .strips = {gray}}).empty());
  EXPECT_TRUE(joined_jpeg({.width = 50, .height = 33, .strips = {gray}}).empty());
  EXPECT_TRUE(joined_jpeg({.width = 50, .height = 64, .strips = {gray, colour}}).empty());
  EXPECT_TRUE(joined_jpeg({.width = 50, .height = 63, .strips = {uneven, gray}}).empty());
  EXPECT_TRUE(joined_jpeg({.width = 50, .height = 32, .strips = {}}).empty());
  const Bytes cut(gray.begin(), gray.begin() + static_cast<std::ptrdiff_t>(gray.size() / 2));
  EXPECT_TRUE(joined_jpeg({.width = 50, .height = 32, .strips = {cut}}).empty());
}

TEST(JoinedJpeg, IsProgressiveIfItsFileIsOrHasArithmeticCoding) {
  const cv::Mat pixels = test::coloured(70, 60, 3);
  const Bytes plain = test::encoded(pixels, ".jpg");
  const Bytes progressive = test::encoded(pixels, ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
  const Bytes arithmetic = test::with_arithmetic_coding(plain);
  for (const auto& [file, expected] :
       {std::pair(plain, false), std::pair(progressive, true), std::pair(arithmetic, true)}) {
    const Bytes joined = joined_jpeg({.width = 70, .height = 60, .strips = {file}});
    EXPECT_EQ(has_marker(joined, kProgressive), expected);
    EXPECT_TRUE(test::same_pixels(decoded_jpeg(joined), decoded_jpeg(plain)));
  }
}

}  // namespace
}  // namespace ocrtune
