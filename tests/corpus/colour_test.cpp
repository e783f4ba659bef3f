// Pages decoded in colour: beside the same gray pixels, their colours, where they have any.

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "corpus/decoding.h"
#include "ocrtune/corpus/corpus.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::Bytes;
using test::bytes_of;
using test::coloured;
using test::encoded;
using test::levels;
using test::noise;
using test::png_of;
using test::same_pixels;
using test::tiff_of;
using test::TiffPage;

/// The page in colour; its gray pixels must be those that it has without.
Image in_colour(const Bytes& bytes, const DecodeLimits& limits = {}) {
  const auto file = open_pages(bytes, limits);
  Image image = file->decode(0, true);
  const Image gray = file->decode(0);
  EXPECT_TRUE(same_pixels(image.gray, gray.gray));
  EXPECT_TRUE(gray.colour.empty());
  EXPECT_EQ(image.dpi.x, gray.dpi.x);
  if (!image.colour.empty()) {
    EXPECT_EQ(image.colour.type(), CV_8UC3);
    EXPECT_EQ(image.colour.size(), image.gray.size());
  }
  return image;
}

/// What cv::imread(…, IMREAD_COLOR) makes of these bytes.
cv::Mat by_opencv(const Bytes& bytes) {
  return cv::imdecode(
      cv::Mat(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<std::byte*>(bytes.data())),
      cv::IMREAD_COLOR);
}

/// One row of BGR pixels.
cv::Mat colours(const std::vector<cv::Vec3b>& pixels) {
  return cv::Mat(pixels, true).reshape(3, 1);
}

TEST(Colour, OfPngIsExact) {
  const cv::Mat page = coloured(37, 23, 2);
  EXPECT_TRUE(same_pixels(in_colour(encoded(page, ".png")).colour, page));
  cv::Mat wide;
  page.convertTo(wide, CV_16UC3, 257.0);
  EXPECT_TRUE(same_pixels(in_colour(encoded(wide, ".png")).colour, page));
  cv::Mat opaque;
  cv::cvtColor(page, opaque, cv::COLOR_BGR2BGRA);
  EXPECT_TRUE(same_pixels(in_colour(encoded(opaque, ".png")).colour, page));
}

TEST(Colour, OfAPaletteIsLookedUp) {
  const std::string palette{"\xFF\xFF\xFF\x00\x00\x00\xFF\x10\x20", 9};
  const Image image = in_colour(png_of({.width = 3,
                                        .height = 1,
                                        .colour_type = 3,
                                        .chunks = {{"PLTE", palette}},
                                        .rows = std::string("\0\1\2", 3)}));
  EXPECT_TRUE(same_pixels(image.colour, colours({{255, 255, 255}, {0, 0, 0}, {0x20, 0x10, 0xFF}})));
}

TEST(Colour, OfJpegAndWebPIsAsOpenCvReadsIt) {
  const cv::Mat page = coloured(64, 48, 9);
  for (const Bytes& bytes :
       {encoded(page, ".jpg"), encoded(page, ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1}),
        encoded(page, ".webp", {cv::IMWRITE_WEBP_QUALITY, 50}),
        encoded(page, ".webp", {cv::IMWRITE_WEBP_QUALITY, 101}), encoded(page, ".ppm")}) {
    EXPECT_TRUE(same_pixels(in_colour(bytes).colour, by_opencv(bytes)));
  }
}

/// Each channel as stored under an orientation tag.
cv::Mat stored_in_colour(const cv::Mat& upright, int orientation) {
  std::vector<cv::Mat> channels;
  cv::split(upright, channels);
  for (cv::Mat& channel : channels) channel = test::stored_as(channel, orientation);
  cv::Mat stored;
  cv::merge(channels, stored);
  return stored;
}

TEST(Colour, IsTurnedUprightWithThePage) {
  cv::Mat blocks;
  cv::resize(coloured(3, 2, 10), blocks, {}, 16, 16, cv::INTER_NEAREST);
  const cv::Mat sharp = coloured(11, 7, 11);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    const Image jpeg = in_colour(test::with_exif_orientation(
        encoded(stored_in_colour(blocks, orientation), ".jpg", {cv::IMWRITE_JPEG_QUALITY, 100}),
        orientation));
    ASSERT_EQ(jpeg.colour.size(), blocks.size());
    EXPECT_LE(cv::norm(jpeg.colour, blocks, cv::NORM_L1) / static_cast<double>(blocks.total()), 15);
    cv::Mat rgb;
    cv::cvtColor(stored_in_colour(sharp, orientation), rgb, cv::COLOR_BGR2RGB);
    const Image tiff = in_colour(
        tiff_of({{.pixels = rgb, .photometric = PHOTOMETRIC_RGB, .orientation = orientation}}));
    EXPECT_TRUE(same_pixels(tiff.colour, sharp));
  }
}

TEST(Colour, OfTiffOfEveryKind) {
  const cv::Mat page = coloured(21, 13, 4);
  cv::Mat rgb;
  cv::cvtColor(page, rgb, cv::COLOR_BGR2RGB);
  EXPECT_TRUE(same_pixels(
      in_colour(tiff_of({{.pixels = rgb, .photometric = PHOTOMETRIC_RGB}})).colour, page));
  TiffPage palette{.pixels = levels({0, 1, 2}), .photometric = PHOTOMETRIC_PALETTE};
  for (auto& channel : palette.palette) channel.assign(256, 0);
  palette.palette[0][1] = palette.palette[1][1] = palette.palette[2][1] = 0xFFFF;
  palette.palette[0][2] = 0xFFFF;
  EXPECT_TRUE(same_pixels(in_colour(tiff_of({palette})).colour,
                          colours({{0, 0, 0}, {255, 255, 255}, {0, 0, 255}})));
  cv::Mat cmyk(1, 2, CV_8UC4);
  cmyk.at<cv::Vec4b>(0, 0) = {0, 0, 0, 0};
  cmyk.at<cv::Vec4b>(0, 1) = {0, 255, 255, 0};
  const Image separated =
      in_colour(tiff_of({{.pixels = cmyk, .photometric = PHOTOMETRIC_SEPARATED}}));
  EXPECT_TRUE(same_pixels(separated.colour, colours({{255, 255, 255}, {0, 0, 255}})));
}

TEST(Colour, IsLaidOverWhiteWhereItIsTransparent) {
  cv::Mat image(1, 3, CV_8UC4);
  image.at<cv::Vec4b>(0, 0) = {0, 0, 200, 255};
  image.at<cv::Vec4b>(0, 1) = {0, 0, 200, 0};
  image.at<cv::Vec4b>(0, 2) = {0, 100, 200, 102};
  const cv::Mat expected = colours({{0, 0, 200}, {255, 255, 255}, {153, 193, 233}});
  EXPECT_TRUE(same_pixels(in_colour(encoded(image, ".png")).colour, expected));
  cv::Mat wide;
  image.convertTo(wide, CV_16UC4, 257.0);
  EXPECT_TRUE(same_pixels(in_colour(encoded(wide, ".png")).colour, expected));
  cv::Mat rgba;
  cv::cvtColor(image, rgba, cv::COLOR_BGRA2RGBA);
  const Image tiff =
      in_colour(tiff_of({{.pixels = rgba, .photometric = PHOTOMETRIC_RGB, .alpha = true}}));
  EXPECT_LE(cv::norm(tiff.colour, expected, cv::NORM_INF), 1);
}

TEST(Colour, OfAPdfPageIsRendered) {
  const Image image = in_colour(test::pdf_of(1, "1 0.2 0"), {.pdf_dpi = 72});
  ASSERT_FALSE(image.colour.empty());
  EXPECT_EQ(image.colour.at<cv::Vec3b>(36, 36), cv::Vec3b(0, 51, 255));
  EXPECT_EQ(image.colour.at<cv::Vec3b>(5, 100), cv::Vec3b(255, 255, 255));
  EXPECT_TRUE(in_colour(test::pdf_of(1), {.pdf_dpi = 72}).colour.empty());
}

TEST(Colour, IsNotThereWherePagesAreGray) {
  const cv::Mat gray = noise(37, 23, 7);
  cv::Mat equal;
  cv::cvtColor(gray, equal, cv::COLOR_GRAY2BGR);
  cv::Mat rgb16;
  equal.convertTo(rgb16, CV_16UC3, 257.0);
  cv::Mat gray16;
  gray.convertTo(gray16, CV_16UC1, 257.0);
  for (const Bytes& bytes : {encoded(gray, ".png"), encoded(equal, ".png"), encoded(rgb16, ".png"),
                             encoded(gray16, ".png"), encoded(gray, ".jpg"), encoded(equal, ".ppm"),
                             bytes_of("P1\n2 2\n1 0\n0 1\n"), tiff_of({{.pixels = gray}}),
                             tiff_of({{.pixels = gray16, .bits = 16}}),
                             tiff_of({{.pixels = equal, .photometric = PHOTOMETRIC_RGB}})}) {
    EXPECT_TRUE(in_colour(bytes).colour.empty());
  }
}

TEST(Colour, OfADamagedFileIsRefusedAsItsGrayIs) {
  Bytes jpeg = encoded(coloured(64, 48, 3), ".jpg");
  jpeg.resize(jpeg.size() / 2);
  test::error_of(Errc::input_unreadable, [&] { (void)open_pages(jpeg, {})->decode(0, true); });
}

TEST(Colour, BelongsToThePixelsIdentity) {
  Image page{noise(9, 7, 1), {}};
  const ContentHash gray = pixel_hash(page);
  EXPECT_EQ(gray, pixel_hash(page.gray));
  EXPECT_EQ(pixel_bytes(page), 63U);
  page.colour = coloured(9, 7, 1);
  const ContentHash first = pixel_hash(page);
  EXPECT_EQ(pixel_bytes(page), 4 * 63U);
  page.colour = coloured(9, 7, 2);
  EXPECT_NE(first, gray);
  EXPECT_NE(first, pixel_hash(page));
}

/// Two colours of one gray level: half red and half green, by the luma's weights.
cv::Mat of_one_gray(int red, int green) { return {4, 4, CV_8UC3, cv::Scalar(0, green, red)}; }

class ColourCorpus : public testing::Test {
 protected:
  Corpus load(const std::vector<std::string>& names, const CorpusOptions& options) {
    std::vector<InputFile> files;
    files.reserve(names.size());
    for (const std::string& name : names)
      files.push_back({.path = folder_.path() / name, .name = name});
    std::vector<Problem> problems;
    Corpus corpus = Corpus::load(files, options, problems);
    EXPECT_TRUE(problems.empty());
    return corpus;
  }

  test::TempFolder folder_;
};

TEST_F(ColourCorpus, TellsPagesOfOneGrayApart) {
  folder_.write("red.ppm", encoded(of_one_gray(203, 0), ".ppm"));
  folder_.write("green.ppm", encoded(of_one_gray(0, 104), ".ppm"));
  const std::vector<std::string> names{"red.ppm", "green.ppm"};
  const Corpus gray = load(names, {});
  ASSERT_EQ(gray.pages()[0].pixel_hash, gray.pages()[1].pixel_hash);
  EXPECT_EQ(gray.pages()[0].identity(), gray.pages()[0].pixel_hash);
  const Corpus colour = load(names, {.in_colour = true});
  EXPECT_EQ(colour.pages()[0].pixel_hash, gray.pages()[0].pixel_hash);
  EXPECT_NE(colour.pages()[0].identity(), colour.pages()[1].identity());
  EXPECT_NE(colour.pages()[0].identity(), gray.pages()[0].identity());
}

TEST_F(ColourCorpus, GivesColoursOnlyToThoseWhoAsk) {
  const cv::Mat page = coloured(8, 5, 1);
  folder_.write("page.png", encoded(page, ".png"));
  folder_.write("gray.png", encoded(noise(8, 5, 4), ".png"));
  for (const std::uint64_t keep : {0U, 1000U}) {
    const Corpus corpus = load({"page.png", "gray.png"}, {.keep_bytes = keep, .in_colour = true});
    EXPECT_TRUE(corpus.image(0).colour.empty());
    EXPECT_TRUE(same_pixels(corpus.image(0, true).colour, page));
    EXPECT_TRUE(same_pixels(corpus.image(0, true).gray, corpus.image(0).gray));
    EXPECT_FALSE(corpus.pages()[1].colour_hash.has_value());
    EXPECT_TRUE(corpus.image(1, true).colour.empty());
    EXPECT_TRUE(load({"page.png"}, {.keep_bytes = keep}).image(0, true).colour.empty());
  }
}

TEST_F(ColourCorpus, CountsColoursAmongWhatIsKept) {
  folder_.write("page.png", encoded(coloured(8, 5, 1), ".png"));
  const Corpus kept = load({"page.png"}, {.keep_bytes = 160, .in_colour = true});
  const Corpus read_again = load({"page.png"}, {.keep_bytes = 159, .in_colour = true});
  folder_.write("page.png", "gone");
  EXPECT_FALSE(kept.image(0, true).colour.empty());
  test::error_of(Errc::input_unreadable, [&] { (void)read_again.image(0); });
}

TEST_F(ColourCorpus, NoticesThatColoursHaveChanged) {
  folder_.write("page.ppm", encoded(of_one_gray(203, 0), ".ppm"));
  const Corpus corpus = load({"page.ppm"}, {.in_colour = true});
  folder_.write("page.ppm", encoded(of_one_gray(0, 104), ".ppm"));
  EXPECT_FALSE(corpus.image(0).gray.empty());
  EXPECT_EQ(test::error_of(Errc::input_unreadable, [&] { (void)corpus.image(0, true); }),
            "page.ppm: has changed since the command began");
}

}  // namespace
}  // namespace ocrtune
