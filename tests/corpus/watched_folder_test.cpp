#include "ocrtune/corpus/watched_folder.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::TempFolder;

std::vector<std::string> names(const std::vector<InputFile>& files) {
  std::vector<std::string> names;
  for (const InputFile& file : files) names.push_back(file.name);
  return names;
}

TEST(WatchedFolder, FindsEachFileOnceUntilItChanges) {
  const TempFolder folder;
  const std::atomic<bool> stop{false};
  std::vector<Problem> remarks;
  (void)folder.write("page10.png", std::string_view("x"));
  (void)folder.write("page2.png", std::string_view("x"));
  (void)folder.write("letter.docx", std::string_view("x"));
  WatchedFolder watched(folder.path(), "");
  EXPECT_EQ(names(watched.next(stop, remarks)),
            (std::vector<std::string>{"page2.png", "page10.png"}));
  ASSERT_EQ(remarks.size(), 1U);
  fs::create_directory(folder.path() / "deeper");
  (void)folder.write("deeper/one.png", std::string_view("x"));
  EXPECT_EQ(names(watched.next(stop, remarks)), std::vector<std::string>{"deeper/one.png"});
  (void)folder.write("page2.png", std::string_view("longer"));
  EXPECT_EQ(names(watched.next(stop, remarks)), std::vector<std::string>{"page2.png"});
  fs::remove(folder.path() / "page10.png");
  (void)folder.write("page10.png", std::string_view("again"));
  EXPECT_EQ(names(watched.next(stop, remarks)), std::vector<std::string>{"page10.png"});
  EXPECT_EQ(remarks.size(), 1U);
}

TEST(WatchedFolder, FilesThatAreOpenForWritingAreNotWhole) {
  const TempFolder folder;
  const std::atomic<bool> stop{false};
  std::vector<Problem> remarks;
  WatchedFolder watched(folder.path(), "");
  std::ofstream open(folder.path() / "open.png");
  open << "half" << std::flush;
  (void)folder.write("whole.png", std::string_view("x"));
  EXPECT_EQ(names(watched.next(stop, remarks)), std::vector<std::string>{"whole.png"});
  open.close();
  EXPECT_EQ(names(watched.next(stop, remarks)), std::vector<std::string>{"open.png"});
}

TEST(WatchedFolder, EndsWhenItIsStopped) {
  const TempFolder folder;
  std::atomic<bool> stop{false};
  std::vector<Problem> remarks;
  WatchedFolder watched(folder.path(), "");
  std::jthread stopping([&] { stop = true; });
  EXPECT_TRUE(watched.next(stop, remarks).empty());
}

TEST(WatchedFolder, AFolderThatCannotBeReadIsSaid) {
  const TempFolder folder;
  const fs::path missing = folder.path() / "none";
  test::error_of(Errc::input_unreadable, [&] { WatchedFolder(missing, ""); });
}

}  // namespace
}  // namespace ocrtune
