#include "ocrtune/storage/study_lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "ocrtune/base/error.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

namespace fs = std::filesystem;

/// Whether another process gets the lock.
bool is_free(const std::string& study) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      ::_exit(lock_study(study) != nullptr ? 0 : 2);
    } catch (const Error&) {
      ::_exit(1);
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(StudyLock, OneProcessHasItAtATime) {
  const test::TempFolder folder;
  const std::string study = folder.path() / "s.db";
  {
    const auto lock = lock_study(study);
    ASSERT_NE(lock, nullptr);
    EXPECT_TRUE(fs::exists(study + "-lock"));
    EXPECT_FALSE(is_free(study));
    EXPECT_TRUE(is_free(folder.path() / "other.db"));
    EXPECT_EQ(lock_study(folder.path() / "." / "s.db"), lock) << "threads share it";
  }
  EXPECT_FALSE(fs::exists(study + "-lock"));
  EXPECT_TRUE(is_free(study));
}

TEST(StudyLock, WhatAKilledProcessLeavesIsNone) {
  const test::TempFolder folder;
  const std::string study = folder.path() / "s.db";
  EXPECT_TRUE(is_free(study)) << "and ends without giving it back";
  EXPECT_TRUE(fs::exists(study + "-lock"));
  EXPECT_NE(lock_study(study), nullptr);
  EXPECT_FALSE(fs::exists(study + "-lock"));
}

TEST(StudyLock, ALinkToTheStudyIsTheStudy) {
  const test::TempFolder folder;
  const std::string study = folder.path() / "s.db";
  (void)folder.write("s.db", std::string_view("x"));
  fs::create_symlink("s.db", folder.path() / "link.db");
  const auto lock = lock_study(study);
  EXPECT_FALSE(is_free(folder.path() / "link.db"));
}

TEST(StudyLock, NoneOnAServerAndWhereNoneCanBe) {
  const test::TempFolder folder;
  EXPECT_EQ(lock_study("postgresql://host/database/study"), nullptr);
  EXPECT_EQ(lock_study(folder.path() / "missing" / "s.db"), nullptr);
  EXPECT_EQ(lock_study("mysql://host/study"), nullptr);
}

}  // namespace
}  // namespace ocrtune
