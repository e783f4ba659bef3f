#include <fmt/format.h>

#include <opencv2/imgcodecs.hpp>

#include "corpus/decoding.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::Bytes;
using test::bytes_of;
using test::coloured;
using test::decoded;
using test::encoded;
using test::noise;
using test::read_by_opencv;
using test::same_pixels;

TEST(WebP, IsReadAsOpenCvDoes) {
  for (const int quality : {50, 101}) {  // 101: lossless
    const Bytes bytes = encoded(coloured(37, 23, 1), ".webp", {cv::IMWRITE_WEBP_QUALITY, quality});
    EXPECT_TRUE(same_pixels(decoded(bytes).gray, read_by_opencv(bytes, ".webp"))) << quality;
  }
}

TEST(WebP, AlphaIsLaidOverWhite) {
  cv::Mat image(16, 16, CV_8UC4, cv::Scalar(0, 0, 0, 0));
  image(cv::Rect(0, 0, 8, 16)).setTo(cv::Scalar(0, 0, 0, 255));
  const cv::Mat gray = decoded(encoded(image, ".webp", {cv::IMWRITE_WEBP_QUALITY, 101})).gray;
  EXPECT_EQ(gray.at<uchar>(5, 2), 0);
  EXPECT_EQ(gray.at<uchar>(5, 12), 255);
}

TEST(Pnm, EveryKindIsReadAsOpenCvDoes) {
  const std::vector<std::pair<std::string, std::string>> files{
      {".pbm", "P1\n# note\n3 2\n1 0 1\n0 1 0\n"},
      {".pgm", "P2\n3 2\n255\n0 100 200\n255 1 2\n"},
      {".ppm", "P3\n2 1\n255\n255 0 0  0 255 10\n"},
      {".pbm", std::string("P4\n9 3\n\xF0\x80\x0F\x00\xFF\x80", 13)},
      {".pgm", std::string("P5\n3 2\n255\n\x00\x40\x80\xFF\x01\x02", 17)},
      {".ppm", std::string("P6\n2 1\n255\n\xFF\x00\x00\x00\xFF\x0A", 17)},
  };
  for (const auto& [extension, text] : files) {
    const Bytes bytes = bytes_of(text);
    const cv::Mat expected = read_by_opencv(bytes, extension);
    ASSERT_FALSE(expected.empty()) << text;
    EXPECT_TRUE(same_pixels(decoded(bytes).gray, expected)) << text;
  }
}

TEST(Pnm, InkOfABitmapIsBlack) {
  const cv::Mat gray = decoded(bytes_of("P1\n2 2\n1 0\n0 1\n")).gray;
  EXPECT_EQ(gray.at<uchar>(0, 0), 0);
  EXPECT_EQ(gray.at<uchar>(0, 1), 255);
}

TEST(Pdf, PagesAreRenderedAtTheResolutionAskedFor) {
  const Bytes bytes = test::pdf_of(3);
  const auto file = open_pages(bytes, {.pdf_dpi = 72});
  ASSERT_EQ(file->page_count(), 3);
  for (const int index : {2, 0}) {
    const Image image = file->decode(index);
    ASSERT_EQ(image.gray.size(), cv::Size(144, 72));
    EXPECT_EQ(image.dpi.x, 72);
    EXPECT_EQ(image.gray.at<uchar>(36, 36), 0);
    EXPECT_EQ(image.gray.at<uchar>(36, 100), 255);
    EXPECT_EQ(image.gray.at<uchar>(5, 36), 255);
  }
  const Image fine = decoded(bytes, 0, {.pdf_dpi = 300});
  EXPECT_EQ(fine.gray.size(), cv::Size(600, 300));
  EXPECT_EQ(fine.dpi.y, 300);
}

TEST(Pdf, LimitsHold) {
  const auto message = [](const Bytes& bytes, const DecodeLimits& limits) {
    return test::error_of(Errc::input_unreadable, [&] { (void)decoded(bytes, 0, limits); });
  };
  EXPECT_TRUE(test::contains(message(test::pdf_of(3), {.max_pages = 2}), "has 3 pages"));
  EXPECT_TRUE(test::contains(message(test::pdf_of(1), {.max_side = 500, .pdf_dpi = 300}),
                             "is too large: 600x300"));
  EXPECT_TRUE(test::contains(message(bytes_of("%PDF-1.4\nnothing"), {}), "is damaged"));
}

TEST(Pdf, PagesThatAreTooLargeAreRenderedAsLargeAsTheyMayBe) {
  const DecodeLimits of_side{.max_side = 500};
  const DecodeLimits of_area{.max_pixels = 100'000};
  for (const DecodeLimits& limits : {of_side, of_area}) {
    const Bytes bytes = test::pdf_of(1);
    const auto file = open_pages(bytes, limits);
    const Image page = file->decode(0);
    EXPECT_LT(page.dpi.x, 300);
    EXPECT_LE(page.gray.cols, limits.max_side);
    EXPECT_LE(static_cast<std::int64_t>(page.gray.total()), limits.max_pixels);
    EXPECT_GT(page.gray.cols, 430);
    EXPECT_TRUE(test::contains(file->remark(), "the highest resolution within the limits"));
  }
  EXPECT_EQ(open_pages(test::pdf_of(1), {})->remark(), "");
}

}  // namespace
}  // namespace ocrtune
