#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <random>

#include "corpus/decoding.h"
#include "support/errors.h"
#include "support/exif_bytes.h"

namespace ocrtune {
namespace {

using test::Bytes;
using test::coloured;
using test::decoded;
using test::encoded;
using test::same_pixels;

constexpr unsigned kHasAlpha = 0x10;
constexpr unsigned kHasExif = 0x08;
constexpr unsigned kIsAnimated = 0x02;

void put(Bytes& bytes, std::uint32_t value, unsigned length) {
  for (unsigned i = 0; i < length; ++i)
    bytes.push_back(static_cast<std::byte>(value >> 8 * i & 0xFFU));
}

void put(Bytes& bytes, const Bytes& more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

Bytes chunk(std::string_view name, const Bytes& content) {
  Bytes bytes = test::bytes_of(name);
  put(bytes, static_cast<std::uint32_t>(content.size()), 4);
  put(bytes, content);
  if (content.size() % 2 == 1) bytes.push_back(std::byte{0});
  return bytes;
}

Bytes file_of(const std::vector<Bytes>& chunks) {
  Bytes content = test::bytes_of("WEBP");
  for (const Bytes& one : chunks) put(content, one);
  return chunk("RIFF", content);
}

Bytes extended(unsigned flags, const cv::Size& size) {
  Bytes content;
  put(content, flags, 4);
  put(content, static_cast<std::uint32_t>(size.width - 1), 3);
  put(content, static_cast<std::uint32_t>(size.height - 1), 3);
  return chunk("VP8X", content);
}

/// The chunks of an image without the file's header; without loss.
Bytes pixels_of(const cv::Mat& image) {
  const Bytes file = encoded(image, ".webp", {cv::IMWRITE_WEBP_QUALITY, 101});
  return {file.begin() + 12, file.end()};
}

Bytes frame(const cv::Mat& image) {
  Bytes content;
  put(content, 0, 6);  // place
  put(content, static_cast<std::uint32_t>(image.cols - 1), 3);
  put(content, static_cast<std::uint32_t>(image.rows - 1), 3);
  put(content, 100, 3);  // ms
  put(content, 0, 1);
  put(content, pixels_of(image));
  return chunk("ANMF", content);
}

Bytes animation(const std::vector<Bytes>& frames, const Bytes& exif = {}) {
  Bytes how;
  put(how, 0, 6);
  std::vector<Bytes> chunks{extended(kIsAnimated, {64, 48}), chunk("ANIM", how)};
  chunks.insert(chunks.end(), frames.begin(), frames.end());
  if (!exif.empty()) chunks.push_back(chunk("EXIF", exif));
  return file_of(chunks);
}

Bytes with_exif(const cv::Mat& image, const Bytes& exif) {
  return file_of({extended(kHasExif, image.size()), pixels_of(image), chunk("EXIF", exif)});
}

TEST(WebPExif, StandsUprightAsJpegDoes) {
  const cv::Mat page = coloured(31, 17, 1);
  const cv::Mat gray = decoded(with_exif(page, test::exif_bytes({}))).gray;
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const Bytes bytes =
        with_exif(test::stored_as(page, orientation),
                  test::exif_bytes({.orientation = static_cast<unsigned>(orientation)}));
    const auto file = open_pages(bytes, {});
    EXPECT_TRUE(same_pixels(file->decode(0).gray, gray)) << orientation;
    EXPECT_TRUE(same_pixels(file->decode(0, true).colour, page)) << orientation;
  }
}

TEST(WebPExif, ResolutionTurnsWithThePage) {
  const cv::Mat image = coloured(31, 17, 1);
  const Resolution upright = decoded(with_exif(image, test::exif_bytes({.x = 300, .y = 200}))).dpi;
  EXPECT_EQ(upright.x, 300);
  EXPECT_EQ(upright.y, 200);
  const Resolution turned =
      decoded(with_exif(image, test::exif_bytes({.orientation = 6, .x = 300, .y = 200}))).dpi;
  EXPECT_EQ(turned.x, 200);
  EXPECT_EQ(turned.y, 300);
}

TEST(WebPExif, OfAPageWithTransparency) {
  cv::Mat image(16, 24, CV_8UC4, cv::Scalar(0, 0, 0, 0));
  image(cv::Rect(0, 0, 8, 16)).setTo(cv::Scalar(0, 0, 0, 255));
  const Bytes bytes = file_of({extended(kHasAlpha | kHasExif, image.size()), pixels_of(image),
                               chunk("EXIF", test::exif_bytes({.orientation = 3}))});
  const cv::Mat gray = decoded(bytes).gray;
  EXPECT_EQ(gray.at<uchar>(5, 2), 255);
  EXPECT_EQ(gray.at<uchar>(5, 20), 0);
}

TEST(WebPExif, DamagedMetadataAreNotUsed) {
  const cv::Mat image = coloured(31, 17, 1);
  const cv::Mat gray = decoded(with_exif(image, test::exif_bytes({}))).gray;
  EXPECT_TRUE(same_pixels(decoded(with_exif(image, test::bytes_of("Exif"))).gray, gray));
  EXPECT_TRUE(same_pixels(decoded(with_exif(image, {})).gray, gray));
  // A chunk that claims to be longer than the file.
  Bytes longer = with_exif(image, test::exif_bytes({.orientation = 6}));
  const std::size_t size_at = longer.size() - test::exif_bytes({}).size() - 4;
  longer[size_at + 3] = std::byte{0xFF};
  EXPECT_TRUE(same_pixels(decoded(longer).gray, gray));
}

TEST(WebPAnimation, FirstImageIsThePage) {
  const cv::Mat first = coloured(31, 17, 1);
  const Bytes bytes = animation({frame(first), frame(coloured(64, 48, 2))});
  const auto file = open_pages(bytes, {});
  EXPECT_EQ(file->page_count(), 1);
  EXPECT_TRUE(same_pixels(file->decode(0, true).colour, first));
  const Bytes turned =
      animation({frame(test::stored_as(first, 6))}, test::exif_bytes({.orientation = 6}));
  EXPECT_TRUE(same_pixels(open_pages(turned, {})->decode(0, true).colour, first));
}

TEST(WebPAnimation, WithoutAWholeImageIsDamaged) {
  const auto message = [](const Bytes& bytes) {
    return test::error_of(Errc::input_unreadable, [&] { (void)decoded(bytes); });
  };
  const std::string damaged = "is damaged: its pixels can't be decoded";
  EXPECT_EQ(message(animation({})), damaged);
  EXPECT_EQ(message(animation({chunk("ANMF", {}), frame(coloured(9, 9, 1))})), damaged);
  Bytes cut = animation({frame(coloured(31, 17, 1))});
  cut.resize(cut.size() / 2);
  EXPECT_EQ(message(cut), damaged);
}

TEST(WebPAnimation, AnyByteMayBeWrong) {
  const Bytes whole = animation({frame(coloured(31, 17, 1)), frame(coloured(64, 48, 2))},
                                test::exif_bytes({.orientation = 6}));
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    Bytes bytes = whole;
    for (int changes = 0; changes < 3; ++changes)
      bytes[random() % (i % 2 == 0 ? 100 : bytes.size())] = static_cast<std::byte>(random() % 256);
    if (i % 3 == 0) bytes.resize(random() % bytes.size());
    try {
      test::decode_all(bytes);
    } catch (const Error&) {
    }
  }
}

}  // namespace
}  // namespace ocrtune
