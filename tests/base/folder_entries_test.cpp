#include "ocrtune/base/folder_entries.h"

#include <gtest/gtest.h>
#include <sys/syscall.h>

#include <cerrno>
#include <thread>

#include "support/refused_calls.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::TempFolder;

TEST(FolderEntries, AreThoseOfAFolder) {
  const TempFolder folder;
  folder.write("a.txt", "");
  folder.write("b.txt", "");
  std::error_code failure;
  EXPECT_EQ(entries_of(folder.path(), failure).size(), 2U);
  EXPECT_FALSE(failure);
  EXPECT_TRUE(entries_of(folder.path() / "missing", failure).empty());
  EXPECT_EQ(failure, std::errc::no_such_file_or_directory);
}

TEST(FolderEntries, SayThatAFolderCannotBeRead) {
  const TempFolder folder;
  folder.write("a.txt", "");
  bool is_refused = false;
  std::error_code failure;
  std::thread([&] {
    is_refused = test::refuse_call(SYS_getdents64, 0, 0, EIO);
    (void)entries_of(folder.path(), failure);
  }).join();
  if (!is_refused) GTEST_SKIP() << "no seccomp";
  EXPECT_EQ(failure, std::errc::io_error);
}

}  // namespace
}  // namespace ocrtune
