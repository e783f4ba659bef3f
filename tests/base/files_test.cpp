#include "ocrtune/base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::contains;
using test::error_of;
using test::TempFolder;

TEST(Files, GiveBackWhatWasWritten) {
  const TempFolder folder;
  const fs::path file = folder.path() / "out.txt";
  write_atomically(file, "one");
  EXPECT_EQ(read_text(file, 100), "one");
  const std::string bytes("\0\xff\n", 3);
  write_atomically(file, bytes);
  EXPECT_EQ(read_text(file, 100), bytes);
  EXPECT_EQ(read_bytes(file, 100).size(), 3U);
  write_atomically(file, "");
  EXPECT_EQ(read_text(file, 100), "");
  EXPECT_EQ(folder.names(), std::vector<std::string>{"out.txt"});
}

TEST(Files, AreWrittenUnderTheLongestNames) {
  const TempFolder folder;
  const std::string name(255, 'n');
  write_atomically(folder.path() / name, "text");
  EXPECT_EQ(read_text(folder.path() / name, 10), "text");
}

TEST(Files, AreWrittenBesideWhatAKilledProcessLeft) {
  const TempFolder folder;
  for (int serial = 0; serial < 50; ++serial) {
    folder.write(".ocrtune.part-" + std::to_string(::getpid()) + "-" + std::to_string(serial), "");
  }
  write_atomically(folder.path() / "out.txt", "text");
  EXPECT_EQ(read_text(folder.path() / "out.txt", 10), "text");
}

TEST(Files, ShowOldOrNewContentAndNothingBetween) {
  const TempFolder folder;
  const fs::path file = folder.path() / "out.txt";
  const std::string a(200'000, 'a');
  const std::string b(300'000, 'b');
  write_atomically(file, a);
  std::jthread writer([&](const std::stop_token& stop) {
    for (int i = 0; i < 20 && !stop.stop_requested(); ++i) write_atomically(file, i % 2 ? a : b);
  });
  for (int i = 0; i < 200; ++i) {
    const std::string seen = read_text(file, 1'000'000);
    ASSERT_TRUE(seen == a || seen == b) << seen.size();
  }
}

TEST(Files, WritingNeedsTheFolder) {
  const TempFolder folder;
  const std::string message = error_of(
      Errc::output_unwritable, [&] { write_atomically(folder.path() / "none" / "out.txt", "x"); });
  EXPECT_TRUE(contains(message, "none/out.txt: can't be written: No such file")) << message;
  EXPECT_TRUE(folder.names().empty());
}

TEST(Files, WritingOverAFolderIsRefused) {
  const TempFolder folder;
  fs::create_directory(folder.path() / "there");
  error_of(Errc::output_unwritable, [&] { write_atomically(folder.path() / "there", "x"); });
  EXPECT_EQ(folder.names(), std::vector<std::string>{"there"});
}

TEST(Files, AFullDeviceIsSaid) {
  const std::string message =
      error_of(Errc::output_unwritable, [] { write_atomically("/dev/full", "text"); });
  EXPECT_TRUE(contains(message, "/dev/full: can't be written: No space left")) << message;
  write_atomically("/dev/null", "text");
}

TEST(Files, ReadingSaysWhatIsWrong) {
  const TempFolder folder;
  const auto message = [](const fs::path& path) {
    return error_of(Errc::input_unreadable, [&] { (void)read_text(path, 10); });
  };
  EXPECT_TRUE(contains(message(folder.path() / "none"), "No such file"));
  EXPECT_TRUE(contains(message(folder.path()), "is a folder"));
  EXPECT_TRUE(contains(message("/dev/zero"), "is not a regular file"));
  folder.write("ten", "0123456789");
  EXPECT_EQ(read_text(folder.path() / "ten", 10).size(), 10U);
  folder.write("eleven", "0123456789x");
  EXPECT_TRUE(
      contains(message(folder.path() / "eleven"), "is too large: 11 bytes, the limit is 10 bytes"));
  error_of(Errc::pipeline_invalid,
           [&] { (void)read_bytes(folder.path(), 1, Errc::pipeline_invalid); });
}

TEST(Files, APipeNobodyWritesToIsRefusedAtOnce) {
  const TempFolder folder;
  const fs::path pipe = folder.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const std::string message = error_of(Errc::input_unreadable, [&] { (void)read_bytes(pipe, 10); });
  EXPECT_TRUE(contains(message, "is not a regular file"));
}

TEST(Files, FoldersAreMadeWithTheirParents) {
  const TempFolder folder;
  make_folder(folder.path() / "a" / "b" / "c");
  make_folder(folder.path() / "a" / "b" / "c");
  EXPECT_TRUE(fs::is_directory(folder.path() / "a/b/c"));
  folder.write("file", "x");
  error_of(Errc::output_unwritable, [&] { make_folder(folder.path() / "file"); });
  error_of(Errc::output_unwritable, [&] { make_folder(folder.path() / "file" / "below"); });
}

TEST(Files, NamesAreShownInOneLine) {
  EXPECT_EQ(shown("a\nb\x1b.png"), "a?b?.png");
  EXPECT_EQ(shown("\xff.png"), "?.png");
  EXPECT_LE(shown(std::string(4000, 'x')).size(), 300U);
}

TEST(Files, SizesAreForPeople) {
  EXPECT_EQ(human_size(0), "0 bytes");
  EXPECT_EQ(human_size(999), "999 bytes");
  EXPECT_EQ(human_size(1500), "1.5 kB");
  EXPECT_EQ(human_size(64'000'000), "64.0 MB");
  EXPECT_EQ(human_size(123'456'789), "123 MB");
  EXPECT_EQ(human_size(4'000'000'000), "4.0 GB");
  EXPECT_EQ(human_size(999'999), "1.0 MB");
  const LanguageScope french(Language::french);
  EXPECT_EQ(human_size(999), "999 octets");
  EXPECT_EQ(human_size(123'456'789), "123 Mo");
}

}  // namespace
}  // namespace ocrtune
