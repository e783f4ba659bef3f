#include <fmt/format.h>

#include <opencv2/imgcodecs.hpp>

#include "corpus/decoding.h"
#include "ocrtune/base/random.h"
#include "ocrtune/base/resources.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::Bytes;
using test::bytes_of;
using test::encoded;
using test::noise;
using test::tiff_of;

/// Small enough that damage can't ask for much time or memory.
constexpr DecodeLimits kLimits{.max_side = 2000, .max_pixels = 1'000'000, .max_pages = 20};

struct Sample {
  std::string name;
  Bytes bytes;
  std::size_t needless = 0;  ///< bytes at the end without which it can be read
};

void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.name; }

std::vector<Sample> samples() {
  const cv::Mat gray = noise(13, 11, 1);
  const cv::Mat colour = test::coloured(13, 11, 2);
  cv::Mat wide;
  gray.convertTo(wide, CV_16UC1, 257.0);
  std::vector<Sample> list{
      {"png", encoded(gray, ".png")},
      {"png_rgb", encoded(colour, ".png")},
      {"jpeg", encoded(colour, ".jpg"), 2},  // its end mark
      {"jpeg_progressive", encoded(colour, ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1})},
      {"jpeg2000", encoded(test::coloured(80, 60, 2), ".jp2"), 2},
      {"bmp", encoded(colour, ".bmp"), 3},
      {"webp", encoded(colour, ".webp")},
      {"webp_lossless", encoded(colour, ".webp", {cv::IMWRITE_WEBP_QUALITY, 101})},
      {"pgm", encoded(gray, ".pgm")},
      {"ppm", encoded(colour, ".ppm")},
      {"pgm_text", bytes_of("P2\n4 2\n255\n0 100 200 3\n255 1 2 77\n"), 1000},
      {"tiff", tiff_of({{.pixels = gray}, {.pixels = gray, .compression = COMPRESSION_LZW}})},
      {"tiff_rgb", tiff_of({{.pixels = colour, .photometric = PHOTOMETRIC_RGB, .tiled = true}})},
      {"tiff_16", tiff_of({{.pixels = wide, .bits = 16}})},
      {"tiff_16_tiled", tiff_of({{.pixels = wide, .bits = 16, .tiled = true}}), 4},
      {"tiff_fax", tiff_of({{.pixels = gray > 99,
                             .bits = 1,
                             .photometric = PHOTOMETRIC_MINISWHITE,
                             .compression = COMPRESSION_CCITTFAX4}})},
      {"pdf", test::pdf_of(2), 1000},
      {"pdf_scan", test::pdf_of_scan(gray), 1000},
  };
  return list;
}

class Damage : public testing::TestWithParam<Sample> {};

INSTANTIATE_TEST_SUITE_P(Formats, Damage, testing::ValuesIn(samples()),
                         [](const auto& about) { return about.param.name; });

/// True if the file is read; false if it is refused with one line.
bool is_read(const Bytes& bytes) {
  try {
    test::decode_all(bytes, kLimits);
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::input_unreadable);
    EXPECT_EQ(std::string_view(error.what()).find('\n'), std::string_view::npos) << error.what();
    EXPECT_NE(std::string_view(error.what()), "");
    return false;
  }
}

TEST_P(Damage, WholeFilesAreRead) { EXPECT_TRUE(is_read(GetParam().bytes)); }

TEST_P(Damage, CutFilesAreRefused) {
  const Sample& sample = GetParam();
  const std::size_t step = std::max<std::size_t>(1, sample.bytes.size() / 400);
  for (std::size_t length = 0; length < sample.bytes.size(); length += step) {
    const bool may_decode = length + sample.needless >= sample.bytes.size();
    const Bytes prefix(sample.bytes.begin(),
                       sample.bytes.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_TRUE(!is_read(prefix) || may_decode)
        << length << " of " << sample.bytes.size() << " bytes";
  }
}

TEST_P(Damage, FlippedBytesNeverCrash) {
  const Sample& sample = GetParam();
  Random random(99);
  for (int i = 0; i < 300; ++i) {
    Bytes bytes = sample.bytes;
    for (int flips = random.integer(1, 4); flips > 0; --flips) {
      const int at = random.integer(0, static_cast<int>(bytes.size()) - 1);
      bytes[static_cast<std::size_t>(at)] ^= static_cast<std::byte>(random.integer(1, 255));
    }
    (void)is_read(bytes);
  }
}

/// A file that claims 60000 x 60000 px in a few bytes.
std::vector<std::pair<std::string, Bytes>> boasters() {
  Bytes jpeg = encoded(noise(16, 16, 3), ".jpg");
  const Bytes frame = bytes_of("\xFF\xC0");
  const auto at = std::search(jpeg.begin(), jpeg.end(), frame.begin(), frame.end()) + 5;
  std::ranges::copy(bytes_of("\xEA\x60\xEA\x60"), at);
  return {
      {"png", test::png_of({.width = 60000, .height = 60000})},
      {"jpeg", jpeg},
      {"tiff", tiff_of({{.pixels = noise(16, 16, 3), .claimed_side = 60000}})},
      {"pgm", bytes_of("P5\n60000 60000\n255\n....")},
  };
}

TEST(Oversize, IsRefusedBeforeMemoryIsTaken) {
  for (const auto& [name, bytes] : boasters()) {
    const std::uint64_t before = peak_resident_bytes();
    const std::string message =
        test::error_of(Errc::input_unreadable, [&] { (void)test::decoded(bytes); });
    EXPECT_TRUE(test::contains(message, "is too large: 60000x60000 px")) << name << message;
    EXPECT_LT(peak_resident_bytes() - before, 50'000'000U) << name;
  }
}

TEST(Oversize, SizesAreCheckedExactly) {
  const DecodeLimits limits{.max_side = 100, .max_pixels = 5000};
  check_size(100, 50, limits);
  check_size(1, 1, limits);
  for (const auto& [width, height] : {std::pair{101.0, 1.0},
                                      {1.0, 101.0},
                                      {100.0, 51.0},
                                      {0.0, 5.0},
                                      {5.0, -1.0},
                                      {std::nan(""), 5.0},
                                      {1e300, 1e300}}) {
    test::error_of(Errc::input_unreadable, [&] { check_size(width, height, limits); });
  }
}

}  // namespace
}  // namespace ocrtune
