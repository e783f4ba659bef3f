#include "ocrtune/server/zip_writer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <clocale>
#include <cstddef>
#include <ctime>
#include <stdexcept>
#include <string>

#include "ocrtune/base/files.h"
#include "support/time_zone.h"

namespace ocrtune::server {
namespace {
using namespace std::string_literals;
using SystemClock = std::chrono::system_clock;

/// 2024-02-03 04:05:06 UTC.
constexpr std::time_t kChanged = 1'706'933'106;

std::string archive_of_two(SystemClock::time_point changed = SystemClock::from_time_t(kChanged)) {
  std::string bytes;
  const TextSink sink = [&](std::string_view piece) { bytes += piece; };
  ZipWriter zip(sink);
  zip.add("a/größe.txt", "eine Größe\n", changed);
  zip.add("empty.txt", "", SystemClock::from_time_t(0));
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

using ZipWriterInLocalTime = ocrtune::test::EastOfUtc;

TEST_F(ZipWriterInLocalTime, HasTheTimesOfTexts) {
  const std::string bytes = archive_of_two();
  // MS-DOS has local time: 05:05:06, of which it counts two seconds at a time, on 2024-02-03.
  EXPECT_EQ(bytes.substr(10, 4), "\xa3\x28\x43\x58");
  // The extended timestamp: the time of the last change alone, in seconds since 1970.
  const std::string extended = "UT\5\0\1"s;
  EXPECT_NE(bytes.find(extended + "\x72\xbb\xbd\x65"), std::string::npos);
  EXPECT_NE(bytes.find(extended + "\0\0\0\0"s), std::string::npos);
  EXPECT_NE(bytes, archive_of_two(SystemClock::from_time_t(kChanged + 2)));
}

TEST(ZipWriter, PassesOnWhatTheSinkThrows) {
  const std::string much(std::size_t{1} << 20U, 'x');
  std::size_t taken = 0;
  const TextSink sink = [&](std::string_view piece) {
    taken += piece.size();
    if (taken > 100) throw std::runtime_error("gone");
  };
  const auto write = [&] {
    ZipWriter zip(sink);
    for (int i = 0; i < 1000; ++i) zip.add(fmt::format("{}.txt", i), much, SystemClock::now());
    zip.finish();
  };
  EXPECT_THROW(write(), std::runtime_error);
}

}  // namespace
}  // namespace ocrtune::server
