#include "ocrtune/server/zip_writer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <clocale>
#include <cstddef>
#include <stdexcept>
#include <string>

#include "ocrtune/base/files.h"

namespace ocrtune::server {
namespace {

std::string archive_of_two() {
  std::string bytes;
  const TextSink sink = [&](std::string_view piece) { bytes += piece; };
  ZipWriter zip(sink);
  zip.add("a/größe.txt", "eine Größe\n");
  zip.add("empty.txt", "");
  zip.finish();
  return bytes;
}

TEST(ZipWriter, MarksNamesAsUtf8WithoutTheProcessLocale) {
  ASSERT_STREQ(std::setlocale(LC_CTYPE, nullptr), "C");
  const std::string bytes = archive_of_two();
  EXPECT_EQ(bytes.substr(0, 4), "PK\x03\x04");
  EXPECT_NE(bytes.find("a/größe.txt"), std::string::npos);
  constexpr unsigned kUtf8Name = 0x08;  // bit 11 of the general purpose flags
  EXPECT_EQ(static_cast<unsigned char>(bytes.at(7)) & kUtf8Name, kUtf8Name);
  EXPECT_STREQ(std::setlocale(LC_CTYPE, nullptr), "C");
}

TEST(ZipWriter, SameTextsGiveTheSameBytes) { EXPECT_EQ(archive_of_two(), archive_of_two()); }

TEST(ZipWriter, PassesOnWhatTheSinkThrows) {
  const std::string much(std::size_t{1} << 20U, 'x');
  std::size_t taken = 0;
  const TextSink sink = [&](std::string_view piece) {
    taken += piece.size();
    if (taken > 100) throw std::runtime_error("gone");
  };
  const auto write = [&] {
    ZipWriter zip(sink);
    for (int i = 0; i < 1000; ++i) zip.add(fmt::format("{}.txt", i), much);
    zip.finish();
  };
  EXPECT_THROW(write(), std::runtime_error);
}

}  // namespace
}  // namespace ocrtune::server
