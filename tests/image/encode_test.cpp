#include "ocrtune/image/encode.h"

#include "corpus/decoding.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::decoded;
using test::noise;
using test::same_pixels;

TEST(Encode, IsLosslessAndKeepsTheResolution) {
  const std::vector<cv::Size> sizes{{1, 1}, {1, 9}, {9, 1}, {37, 23}};
  for (const OutputFormat format : {OutputFormat::png, OutputFormat::tiff}) {
    for (const cv::Size size : sizes) {
      const Image page{noise(size.width, size.height, 1), {300, 200}};
      const Image again = decoded(encode(page, format));
      EXPECT_TRUE(same_pixels(again.gray, page.gray));
      EXPECT_NEAR(again.dpi.x, 300, 0.5);
      EXPECT_NEAR(again.dpi.y, 200, 0.5);
    }
  }
}

TEST(Encode, TakesPartsOfLargerImages) {
  const cv::Mat gray = noise(21, 13, 2);
  const Image page{test::as_part_of_larger(gray), {}};
  for (const OutputFormat format : {OutputFormat::png, OutputFormat::tiff}) {
    const Image again = decoded(encode(page, format));
    EXPECT_TRUE(same_pixels(again.gray, gray));
  }
}

TEST(Encode, AnUnknownResolutionStaysUnknownInPng) {
  const Image page{noise(5, 5, 2), {}};
  EXPECT_EQ(decoded(encode(page, OutputFormat::png)).dpi.x, 0);
}

TEST(Encode, SamePageSameBytes) {
  const Image page{noise(40, 30, 3), {300, 300}};
  EXPECT_EQ(encode(page, OutputFormat::png), encode(page, OutputFormat::png));
  EXPECT_EQ(encode(page, OutputFormat::tiff), encode(page, OutputFormat::tiff));
}

TEST(Encode, RefusesNoPixels) {
  test::error_of(Errc::output_unwritable, [] { (void)encode({}, OutputFormat::png); });
  EXPECT_EQ(extension_of(OutputFormat::png), ".png");
  EXPECT_EQ(extension_of(OutputFormat::tiff), ".tif");
}

}  // namespace
}  // namespace ocrtune
