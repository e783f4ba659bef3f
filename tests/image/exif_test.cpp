#include "ocrtune/image/exif.h"

#include <gtest/gtest.h>

#include "support/encoded.h"
#include "support/exif_bytes.h"

namespace ocrtune {
namespace {

using test::Bytes;
using test::exif_bytes;
using test::ExifValues;

TEST(Exif, OfBothByteOrders) {
  for (const bool big_endian : {false, true}) {
    const Exif exif =
        read_exif(exif_bytes({.orientation = 6, .x = 300, .y = 200, .big_endian = big_endian}));
    EXPECT_EQ(exif.orientation, 6);
    EXPECT_EQ(exif.dpi.x, 300);
    EXPECT_EQ(exif.dpi.y, 200);
  }
}

TEST(Exif, MayHaveAMark) {
  Bytes bytes = test::bytes_of(std::string("Exif\0\0", 6));
  const Bytes content = exif_bytes({.orientation = 3});
  bytes.insert(bytes.end(), content.begin(), content.end());
  EXPECT_EQ(read_exif(bytes).orientation, 3);
}

TEST(Exif, ResolutionInCentimetres) {
  const Exif exif = read_exif(exif_bytes({.x = 100, .y = 100, .unit = 3}));
  EXPECT_DOUBLE_EQ(exif.dpi.x, 254);
}

TEST(Exif, ResolutionThatIsUnknown) {
  for (const ExifValues& values : {ExifValues{.x = 72, .y = 72}, ExifValues{.x = 0, .y = 300},
                                   ExifValues{.x = 300, .y = 300, .unit = 1}}) {
    EXPECT_EQ(read_exif(exif_bytes(values)).dpi.x, 0);
    EXPECT_EQ(read_exif(exif_bytes(values)).dpi.y, 0);
  }
}

TEST(Exif, OrientationsThatDoNotExist) {
  for (const unsigned orientation : {0U, 9U, 65535U})
    EXPECT_EQ(read_exif(exif_bytes({.orientation = orientation})).orientation, 1);
}

TEST(Exif, CutOff) {
  const Bytes whole = exif_bytes({.orientation = 6, .x = 300, .y = 300});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Exif exif = read_exif(std::span(whole).first(size));
    EXPECT_TRUE(exif.orientation == 1 || exif.orientation == 6) << size;
    EXPECT_EQ(exif.dpi.y, 0) << size;
  }
}

TEST(Exif, AnyByteMayBeWrong) {
  const Bytes whole = exif_bytes({.orientation = 6, .x = 300, .y = 300});
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const unsigned value : {0U, 1U, 127U, 128U, 255U}) {
      Bytes bytes = whole;
      bytes[at] = static_cast<std::byte>(value);
      const Exif exif = read_exif(bytes);
      EXPECT_TRUE(exif.orientation >= 1 && exif.orientation <= 8);
      EXPECT_LT(exif.dpi.x, 1e6);
    }
  }
}

}  // namespace
}  // namespace ocrtune
