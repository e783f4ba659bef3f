// What documents embed of a page: the file's own pixels where they can be, else all of them anew.

#include "ocrtune/image/facsimile.h"

#include <zlib.h>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "corpus/decoding.h"
#include "image/arithmetic_jpeg.h"
#include "ocrtune/image/orientation.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::big_endian;
using test::Bytes;
using test::coloured;
using test::encoded;
using test::noise;
using test::png_of;
using test::same_pixels;

Facsimile facsimile(const Bytes& bytes, int index = 0) {
  const auto file = open_pages(bytes, {});
  return facsimile_of(bytes, *file, index, file->decode(index));
}

std::string chunk(const std::string& name, const std::string& body) {
  const std::string checked = name + body;
  const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(checked.data()), checked.size());
  return big_endian(static_cast<std::uint32_t>(body.size()), 4) + checked +
         big_endian(static_cast<std::uint32_t>(crc), 4);
}

std::string text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A TIFF of the same rows.
cv::Mat shown_by_tiff(const Facsimile& page) {
  std::string file("MM\0*\0\0\0\10", 8);
  const auto field = [](std::uint32_t tag, std::size_t value) {
    return big_endian(tag << 16U | 4U, 4) + big_endian(1, 4) +
           big_endian(static_cast<std::uint32_t>(value), 4);
  };
  constexpr std::uint32_t kFields = 7;
  file += big_endian(kFields, 2) + field(256, static_cast<std::size_t>(page.width)) +
          field(257, static_cast<std::size_t>(page.height)) + field(259, 4) + field(262, 0) +
          field(273, 8 + 2 + 12 * kFields + 4) + field(278, static_cast<std::size_t>(page.height)) +
          field(279, page.data.size()) + big_endian(0, 4) + text_of(page.data);
  return open_pages(test::bytes_of(file), {})->decode(0).gray;
}

/// The two colours of a palette in place of black and white.
cv::Mat in_colours(const cv::Mat& black_and_white, const Bytes& palette) {
  if (palette.empty()) return black_and_white;
  cv::Mat colours(black_and_white.size(), CV_8UC3);
  for (int y = 0; y < colours.rows; ++y) {
    for (int x = 0; x < colours.cols; ++x) {
      const std::size_t first = black_and_white.at<uchar>(y, x) == 0 ? 0 : 3;
      for (std::size_t i = 0; i < 3; ++i)
        colours.at<cv::Vec3b>(y, x)[2 - static_cast<int>(i)] =
            std::to_integer<uchar>(palette.at(first + i));
    }
  }
  return colours;
}

/// What a reader of the document shows, before it is turned.
cv::Mat as_stored(const Facsimile& page) {
  if (page.coding == Facsimile::Coding::group4)
    return in_colours(shown_by_tiff(page), page.palette);
  if (page.coding == Facsimile::Coding::jpeg2000) {
    const Image image = open_pages(page.data, {})->decode(0, true);
    return image.colour.empty() ? image.gray : image.colour;
  }
  std::string file = text_of(page.data);
  if (page.coding == Facsimile::Coding::png_rows) {
    const int kind = !page.palette.empty() ? 3 : page.channels == 3 ? 2 : 0;
    const std::string header = big_endian(static_cast<std::uint32_t>(page.width), 4) +
                               big_endian(static_cast<std::uint32_t>(page.height), 4) +
                               static_cast<char>(page.bits) + static_cast<char>(kind) +
                               std::string(3, '\0');
    file = "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) +
           (page.palette.empty() ? "" : chunk("PLTE", text_of(page.palette))) +
           chunk("IDAT", file) + chunk("IEND", "");
  }
  const std::vector<char> buffer(file.begin(), file.end());
  return cv::imdecode(buffer, cv::IMREAD_ANYCOLOR | cv::IMREAD_IGNORE_ORIENTATION);
}

cv::Mat shown(const Facsimile& page) { return upright(as_stored(page), page.orientation); }

/// The same in three channels.
cv::Mat shown_in_colour(const Facsimile& page) {
  cv::Mat pixels = shown(page);
  if (pixels.channels() == 1) cv::cvtColor(pixels, pixels, cv::COLOR_GRAY2BGR);
  return pixels;
}

/// Rectangles of random colours, `count` of them at most, as on a printed page.
cv::Mat printed(int width, int height, int count, std::uint64_t seed, bool gray = false) {
  cv::RNG random(seed);
  std::vector<cv::Scalar> colours;
  for (int i = 0; i < count; ++i) {
    const int level = random.uniform(0, 256);
    colours.emplace_back(level, gray ? level : random.uniform(0, 256),
                         gray ? level : random.uniform(0, 256));
  }
  cv::Mat page(height, width, CV_8UC3, colours.front());
  for (int i = 0; i < 3 * count; ++i) {
    cv::rectangle(page, {random.uniform(0, width), random.uniform(0, height), 9, 5},
                  colours[static_cast<std::size_t>(i % count)], cv::FILLED);
  }
  return page;
}

/// Of each channel the stored pixels of which it is the upright view.
cv::Mat stored_as(const cv::Mat& upright, int orientation) {
  std::vector<cv::Mat> channels;
  cv::split(upright, channels);
  for (cv::Mat& channel : channels) channel = test::stored_as(channel, orientation);
  cv::Mat stored;
  cv::merge(channels, stored);
  return stored;
}

TEST(Facsimile, OfAJpegIsTheFile) {
  for (const cv::Mat& pixels : {noise(40, 30, 1), coloured(40, 30, 2)}) {
    for (const int progressive : {0, 1}) {
      const Bytes file = encoded(pixels, ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, progressive});
      const Facsimile page = facsimile(file);
      EXPECT_EQ(page.coding, Facsimile::Coding::jpeg);
      EXPECT_EQ(page.data, file);
      EXPECT_EQ(page.channels, pixels.channels());
      EXPECT_EQ(page.width, 40);
      EXPECT_EQ(page.height, 30);
    }
  }
}

TEST(Facsimile, OfATurnedJpegIsTheFileAndItsOrientation) {
  const Bytes jpeg = encoded(coloured(42, 30, 3), ".jpg");
  const cv::Mat stored = shown(facsimile(jpeg));
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const Bytes turned = test::with_exif_orientation(jpeg, orientation);
    const Facsimile page = facsimile(turned);
    EXPECT_EQ(page.coding, Facsimile::Coding::jpeg);
    EXPECT_EQ(page.data, turned);
    EXPECT_EQ(page.width, orientation < 5 ? 42 : 30);
    EXPECT_TRUE(same_pixels(stored_as(shown(page), orientation), stored)) << orientation;
    EXPECT_TRUE(same_pixels(shown(page), open_pages(turned, {})->decode(0, true).colour));
  }
}

TEST(Facsimile, OfAJpegOfRgbSaysSo) {
  Bytes rgb = encoded(coloured(40, 30, 4), ".jpg");
  // The components' names, which say that they aren't YCbCr. OpenCV's own name them 1, 2, 3.
  const std::string frame = "\xFF\xC0";
  const std::size_t at = text_of(rgb).find(frame) + 10;
  for (std::size_t i = 0; i < 3; ++i) rgb[at + 3 * i] = static_cast<std::byte>("RGB"[i]);
  const std::size_t scan = text_of(rgb).find("\xFF\xDA") + 5;
  for (std::size_t i = 0; i < 3; ++i) rgb[scan + 2 * i] = static_cast<std::byte>("RGB"[i]);
  // Without this mark, libjpeg takes them for YCbCr.
  const std::size_t jfif = text_of(rgb).find("\xFF\xE0");
  rgb.erase(rgb.begin() + static_cast<std::ptrdiff_t>(jfif),
            rgb.begin() + static_cast<std::ptrdiff_t>(jfif) + 18);
  const Facsimile page = facsimile(rgb);
  EXPECT_EQ(page.coding, Facsimile::Coding::jpeg);
  EXPECT_TRUE(test::contains(text_of(page.data), "Adobe"));
  EXPECT_TRUE(same_pixels(shown(page), open_pages(rgb, {})->decode(0, true).colour));
}

TEST(Facsimile, OfAJpegWithArithmeticCodingIsTheSameWithHuffmanCoding) {
  for (const cv::Mat& pixels : {noise(45, 31, 4), coloured(45, 31, 5)}) {
    const Bytes plain = encoded(pixels, ".jpg");
    const Bytes arithmetic = test::with_arithmetic_coding(plain);
    ASSERT_NE(arithmetic, plain);
    for (const int orientation : {1, 6}) {
      const Facsimile page = facsimile(test::with_exif_orientation(arithmetic, orientation));
      EXPECT_EQ(page.coding, Facsimile::Coding::jpeg);
      EXPECT_EQ(page.orientation, orientation);
      EXPECT_LT(page.data.size(), 1.3 * static_cast<double>(arithmetic.size()));
      EXPECT_TRUE(same_pixels(as_stored(page), as_stored(facsimile(plain))));
    }
  }
}

TEST(Facsimile, OfAJp2IsTheFile) {
  for (const cv::Mat& pixels : {noise(145, 131, 4), coloured(145, 131, 5)}) {
    const Bytes file = encoded(pixels, ".jp2");
    const Facsimile page = facsimile(file);
    EXPECT_EQ(page.coding, Facsimile::Coding::jpeg2000);
    EXPECT_EQ(page.data, file);
    EXPECT_EQ(page.channels, pixels.channels());
  }
}

TEST(Facsimile, OfAnUnusualJp2IsDecoded) {
  const Bytes file = encoded(coloured(145, 131, 5), ".jp2");
  const cv::Mat pixels = shown(facsimile(file));
  // Another colour space, and bits per sample that a box of their own states.
  Bytes sycc = file;
  const std::size_t colr = text_of(file).find("colr") + 4;
  sycc.at(colr + 6) = std::byte{18};
  Bytes other = file;
  const std::size_t ihdr = text_of(file).find("ihdr") + 4;
  other.at(ihdr + 10) = std::byte{255};
  for (const Bytes& bytes : {sycc, other}) {
    Facsimile page;
    try {
      page = facsimile(bytes);
    } catch (const Error&) {
      continue;  // OpenJPEG may refuse it
    }
    EXPECT_EQ(page.coding, Facsimile::Coding::png_rows);
  }
  EXPECT_FALSE(pixels.empty());
}

TEST(Facsimile, OfATiffWithJpegHasItsCoefficients) {
  // Strips of 8 rows, the last one of fewer.
  for (const int height : {8, 24, 43}) {
    for (const int channels : {1, 3}) {
      const cv::Mat pixels = channels == 1 ? noise(37, height, 1) : coloured(37, height, 2);
      const Bytes tiff =
          test::tiff_of({{.pixels = pixels,
                          .photometric = channels == 1 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB,
                          .compression = COMPRESSION_JPEG,
                          .orientation = ORIENTATION_RIGHTTOP}});
      const Facsimile page = facsimile(tiff);
      EXPECT_EQ(page.coding, Facsimile::Coding::jpeg) << height << " " << channels;
      EXPECT_EQ(page.width, height);
      const Image image = open_pages(tiff, {})->decode(0, true);
      EXPECT_TRUE(same_pixels(shown(page), channels == 1 ? image.gray : image.colour));
    }
  }
}

TEST(Facsimile, OfAPngHasItsRows) {
  for (const cv::Mat& pixels : {noise(40, 30, 5), coloured(40, 30, 6)}) {
    const Bytes file = encoded(pixels, ".png");
    const Facsimile page = facsimile(file);
    EXPECT_TRUE(test::contains(text_of(file), text_of(page.data)));
    EXPECT_TRUE(same_pixels(shown(page), pixels));
  }
  const std::string colours{"\xFF\xFF\xFF\x00\x20\x00\xFF\x00\x00", 9};
  const Facsimile palette = facsimile(png_of({.width = 3,
                                              .height = 1,
                                              .colour_type = 3,
                                              .chunks = {{"PLTE", colours}},
                                              .rows = std::string("\0\1\2", 3)}));
  EXPECT_EQ(palette.palette.size(), colours.size());
  EXPECT_EQ(shown(palette).at<cv::Vec3b>(0, 1), cv::Vec3b(0, 0x20, 0));
  const Facsimile bits =
      facsimile(png_of({.width = 8, .height = 2, .bits = 1, .colour_type = 0, .rows = "\xF0\x0F"}));
  EXPECT_EQ(bits.bits, 1);
  EXPECT_EQ(shown(bits).at<uchar>(0, 0), 255);
}

TEST(Facsimile, IsWhiteWhereAPageIsClear) {
  cv::Mat image(1, 3, CV_8UC4);
  image.at<cv::Vec4b>(0, 0) = {10, 20, 30, 255};
  image.at<cv::Vec4b>(0, 1) = {0, 0, 0, 0};
  image.at<cv::Vec4b>(0, 2) = {0, 255, 0, 102};
  const cv::Mat seen = shown(facsimile(encoded(image, ".png")));
  EXPECT_EQ(seen.at<cv::Vec3b>(0, 0), cv::Vec3b(10, 20, 30));
  EXPECT_EQ(seen.at<cv::Vec3b>(0, 1), cv::Vec3b(255, 255, 255));
  EXPECT_EQ(seen.at<cv::Vec3b>(0, 2), cv::Vec3b(153, 255, 153));
}

TEST(Facsimile, OfOtherFilesLosesNothing) {
  for (const char* extension : {".webp", ".ppm", ".tif"}) {
    const std::vector<int> lossless{cv::IMWRITE_WEBP_QUALITY, 101};
    const cv::Mat colours = coloured(33, 21, 7);
    const Facsimile page = facsimile(encoded(colours, extension, lossless));
    EXPECT_EQ(page.channels, 3);
    EXPECT_TRUE(same_pixels(shown(page), colours)) << extension;
  }
}

TEST(Facsimile, HasNoColoursAndGraysThatAreNotThere) {
  const cv::Mat gray = noise(33, 21, 8);
  cv::Mat as_colours;
  cv::cvtColor(gray, as_colours, cv::COLOR_GRAY2BGR);
  const Facsimile page = facsimile(encoded(as_colours, ".ppm"));
  EXPECT_EQ(page.channels, 1);
  EXPECT_TRUE(same_pixels(shown(page), gray));
  cv::Mat black_and_white;
  cv::threshold(gray, black_and_white, 128, 255, cv::THRESH_BINARY);
  const Facsimile bits = facsimile(encoded(black_and_white, ".pgm"));
  EXPECT_EQ(bits.bits, 1);
  EXPECT_TRUE(same_pixels(shown(bits), black_and_white));
}

TEST(Facsimile, OfTextInBlackAndWhiteIsGroup4) {
  for (const int width : {64, 203, 500}) {
    cv::Mat text(100, width, CV_8UC1, cv::Scalar(255));
    for (int i = 0; i < 6; ++i)
      cv::rectangle(text, {i * width / 7, 10 * i, width / 9 + 1, 7}, cv::Scalar(0), cv::FILLED);
    const Facsimile page = facsimile(encoded(text, ".pgm"));
    EXPECT_EQ(page.bits, 1);
    EXPECT_EQ(page.coding, Facsimile::Coding::group4) << width;
    EXPECT_TRUE(same_pixels(shown(page), text)) << width;
  }
}

TEST(Facsimile, OfFewColoursHasAPalette) {
  for (const int colours : {1, 2, 3, 4, 5, 16, 17, 200}) {
    for (const char* extension : {".ppm", ".png", ".tif"}) {
      const cv::Mat pixels = printed(220, 150, colours, static_cast<std::uint64_t>(colours));
      const Facsimile page = facsimile(encoded(pixels, extension));
      EXPECT_LE(page.bits, colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8);
      EXPECT_EQ(page.channels, 1);
      EXPECT_TRUE(same_pixels(shown_in_colour(page), pixels)) << extension << colours;
    }
  }
}

TEST(Facsimile, OfFewGraysHasFewBits) {
  for (const int levels : {2, 4, 16, 17}) {
    const cv::Mat pixels = printed(220, 150, levels, static_cast<std::uint64_t>(levels), true);
    for (const char* extension : {".pgm", ".png"}) {
      cv::Mat gray;
      cv::cvtColor(pixels, gray, cv::COLOR_BGR2GRAY);
      const Facsimile page = facsimile(encoded(gray, extension));
      EXPECT_EQ(page.bits, levels == 2 ? 1 : levels == 4 ? 2 : levels == 16 ? 4 : 8);
      EXPECT_TRUE(same_pixels(shown_in_colour(page), pixels)) << extension << levels;
    }
  }
}

TEST(Facsimile, OfTwoColoursIsGroup4) {
  cv::Mat text(300, 500, CV_8UC3, cv::Scalar(200, 230, 240));
  for (int i = 0; i < 40; ++i)
    cv::rectangle(text, {i * 11, 7 * i, 50, 3}, cv::Scalar(90, 20, 10), cv::FILLED);
  const Facsimile page = facsimile(encoded(text, ".png"));
  EXPECT_EQ(page.coding, Facsimile::Coding::group4);
  EXPECT_TRUE(same_pixels(shown(page), text));
}

TEST(Facsimile, OfAPngIsNeverLongerThanItsRows) {
  for (const int colours : {1, 2, 7, 30, 300}) {
    for (const int level : {0, 9}) {
      const cv::Mat pixels = printed(90, 60, colours, 3);
      const Bytes file = encoded(pixels, ".png", {cv::IMWRITE_PNG_COMPRESSION, level});
      const Facsimile page = facsimile(file);
      EXPECT_LE(page.data.size() + 2 * page.palette.size(), file.size());
      EXPECT_TRUE(same_pixels(shown_in_colour(page), pixels));
    }
  }
}

TEST(Facsimile, OfEveryPageOfATiff) {
  const cv::Mat gray = noise(30, 20, 9);
  cv::Mat rgb;
  const cv::Mat colours = coloured(25, 15, 10);
  cv::cvtColor(colours, rgb, cv::COLOR_BGR2RGB);
  const Bytes tiff = test::tiff_of({{.pixels = gray, .dpi_x = 100, .dpi_y = 200},
                                    {.pixels = stored_as(rgb, ORIENTATION_RIGHTTOP),
                                     .photometric = PHOTOMETRIC_RGB,
                                     .orientation = ORIENTATION_RIGHTTOP}});
  EXPECT_TRUE(same_pixels(shown(facsimile(tiff, 0)), gray));
  EXPECT_EQ(facsimile(tiff, 0).dpi.y, 200);
  EXPECT_TRUE(same_pixels(shown(facsimile(tiff, 1)), colours));
}

TEST(Facsimile, OfAPdfIsItsRendering) {
  const Bytes pdf = test::pdf_of(2);
  const Facsimile page = facsimile(pdf, 1);
  EXPECT_EQ(page.channels, 1);
  EXPECT_EQ(page.dpi.x, 300);
  EXPECT_TRUE(same_pixels(shown(page), test::decoded(pdf, 1).gray));
}

}  // namespace
}  // namespace ocrtune
