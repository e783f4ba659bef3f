#include "ocrtune/image/format.h"

#include "corpus/decoding.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::bytes_of;
using test::encoded;
using test::noise;

TEST(Format, IsToldByContent) {
  EXPECT_EQ(format_of(encoded(noise(3, 3, 1), ".png")), Format::png);
  EXPECT_EQ(format_of(encoded(noise(3, 3, 1), ".jpg")), Format::jpeg);
  EXPECT_EQ(format_of(encoded(noise(3, 3, 1), ".webp")), Format::webp);
  EXPECT_EQ(format_of(encoded(noise(3, 3, 1), ".pgm")), Format::pnm);
  EXPECT_EQ(format_of(encoded(noise(3, 3, 1), ".tif")), Format::tiff);
  EXPECT_EQ(format_of(encoded(noise(3, 3, 1), ".bmp")), Format::bmp);
  EXPECT_EQ(format_of(encoded(noise(80, 60, 1), ".jp2")), Format::jpeg2000);
  EXPECT_EQ(format_of(bytes_of("GIF89a")), Format::gif);
  EXPECT_EQ(format_of(test::pdf_of(1)), Format::pdf);
  EXPECT_EQ(format_of(bytes_of("\n\n junk first %PDF-1.7")), Format::pdf);
  for (const char* text : {"", "P", "P7\n", "P5x", "GIF88a", "BM",
                           "BM, hello and so on, which is long enough to be a header of a file",
                           "hello", "RIFF1234WAVE....", "II*"}) {
    EXPECT_EQ(format_of(bytes_of(text)), Format::unknown) << text;
  }
}

TEST(Format, FoldersAreSearchedForKnownEndings) {
  for (const char* known : {".png", ".JPG", ".Jpeg", ".tif", ".TIFF", ".webp", ".pbm", ".pgm",
                            ".ppm", ".pnm", ".PDF", ".jfif", ".jpe", ".jp2", ".bmp", ".gif"}) {
    EXPECT_TRUE(is_page_extension(known)) << known;
  }
  for (const char* other : {"", ".", ".txt", "png", ".gt", ".csv", ".docx"}) {
    EXPECT_FALSE(is_page_extension(other)) << other;
  }
}

TEST(Format, OtherContentIsRefused) {
  const auto message = [](std::string_view text) {
    return test::error_of(Errc::input_unreadable, [&] { test::decoded(bytes_of(text)); });
  };
  EXPECT_EQ(message(""), "is empty");
  EXPECT_TRUE(test::contains(message("hello"), "is not an image"));
}

}  // namespace
}  // namespace ocrtune
