#include "ocrtune/ocr/tessdata/byte_reader.h"

#include <gtest/gtest.h>

#include <functional>

#include "ocrtune/base/error.h"

namespace ocrtune::tessdata {
namespace {

std::string refusal_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(ByteReader, ReadsLittleEndianNumbersAndText) {
  const std::vector<std::uint8_t> bytes = {1, 2, 0, 0, 0xff, 0xff, 2, 0, 0, 0, 'o', 'k'};
  ByteReader reader(bytes, "model");
  EXPECT_EQ(reader.number<std::uint8_t>(), 1);
  EXPECT_EQ(reader.take(3)[0], 2);
  EXPECT_EQ(reader.number<std::int16_t>(), -1);
  EXPECT_EQ(reader.text(), "ok");
  EXPECT_EQ(reader.left(), 0u);
}

TEST(ByteReader, EndsOfBytesAreErrors) {
  const std::vector<std::uint8_t> bytes = {0xff, 0xff, 0xff, 0xff, 1};
  EXPECT_EQ(refusal_of([&] { ByteReader(bytes, "model").take(6); }),
            "model, byte 0: unexpected end of data");
  EXPECT_EQ(refusal_of([&] { ByteReader(bytes, "model").text(); }),
            "model, byte 4: unexpected end of data");
  EXPECT_EQ(refusal_of([&] { ByteReader(bytes, "model").numbers<float>(1ULL << 62); }),
            "model, byte 0: more values than the file holds");
  EXPECT_EQ(refusal_of([&] { ByteReader(bytes, "model").in_range(7, 1, 3, "the width"); }),
            "model, byte 0: the width is 7, allowed: 1 to 3");
}

}  // namespace
}  // namespace ocrtune::tessdata
