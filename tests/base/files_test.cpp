#include "ocrtune/base/files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <future>
#include <thread>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "support/errors.h"
#include "support/refused_calls.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {
namespace fs = std::filesystem;

using test::contains;
using test::error_of;
using test::refuse_call;
using test::TempFolder;

/// Whether the file system has files without a name.
bool has_files_without_name(const fs::path& folder) {
  const int file = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
  return file >= 0;
}

/// How a process ended that wrote more than its limit into `path`.
int ended_writing_too_much(const fs::path& path, bool is_killed) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::signal(SIGXFSZ, is_killed ? SIG_DFL : SIG_IGN);
    const rlimit limit{.rlim_cur = 100'000, .rlim_max = 100'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    try {
      write_atomically(path, std::string(200'000, 'x'));
    } catch (const Error& error) {
      ::_exit(contains(error.what(), "out.txt: can't be written: File too large") ? 7 : 8);
    }
    ::_exit(0);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return status;
}

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

TEST(Files, HaveTheUsualPermissions) {
  const TempFolder folder;
  const auto mode = [&](const char* name) {
    struct stat about {};
    EXPECT_EQ(::stat((folder.path() / name).c_str(), &about), 0);
    return about.st_mode & 07777U;
  };
  const mode_t usual = ::umask(027);
  write_atomically(folder.path() / "new.txt", "text");
  write_private(folder.path() / "own.txt", {});
  ::umask(usual);
  EXPECT_EQ(mode("new.txt"), 0640U);
  EXPECT_EQ(mode("own.txt"), 0600U);
}

TEST(Files, ReplaceALinkAndKeepItsTarget) {
  const TempFolder folder;
  fs::create_symlink("nowhere.txt", folder.path() / "broken.txt");
  folder.write("target.txt", "old");
  fs::create_symlink("target.txt", folder.path() / "link.txt");
  for (const char* name : {"broken.txt", "link.txt"}) {
    write_atomically(folder.path() / name, "new");
    EXPECT_EQ(read_text(folder.path() / name, 10), "new");
    EXPECT_FALSE(fs::is_symlink(folder.path() / name));
  }
  EXPECT_EQ(read_text(folder.path() / "target.txt", 10), "old");
  EXPECT_EQ(folder.names(), (std::vector<std::string>{"broken.txt", "link.txt", "target.txt"}));
}

TEST(Files, AreWrittenIntoTheWorkingFolder) {
  const TempFolder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  write_atomically("out.txt", "one");
  write_atomically("out.txt", "two");
  fs::current_path(before);
  EXPECT_EQ(read_text(folder.path() / "out.txt", 10), "two");
  EXPECT_EQ(folder.names(), std::vector<std::string>{"out.txt"});
}

TEST(Files, NothingIsLeftOfAProcessThatIsKilledWhileItWrites) {
  const TempFolder folder;
  if (!has_files_without_name(folder.path()))
    GTEST_SKIP() << "the file system has no files without a name";
  const fs::path file = folder.path() / "out.txt";
  int status = ended_writing_too_much(file, true);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ) << status;
  EXPECT_TRUE(folder.names().empty());
  write_atomically(file, "old");
  status = ended_writing_too_much(file, true);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ) << status;
  EXPECT_EQ(folder.names(), std::vector<std::string>{"out.txt"});
  EXPECT_EQ(read_text(file, 10), "old");
}

TEST(Files, AreWrittenPieceByPieceAndNothingIsLeftWhereMakingThemFails) {
  const TempFolder folder;
  const fs::path file = folder.path() / "out.txt";
  std::string whole;
  write_atomically(file, [&](const TextSink& sink) {
    whole.clear();
    for (int i = 0; i < 300'000; ++i) {
      const std::string piece = std::to_string(i) + ";";
      whole += piece;
      sink(piece);
    }
  });
  EXPECT_EQ(read_text(file, 10'000'000), whole);
  write_atomically(file, [](const TextSink&) {});
  EXPECT_EQ(read_text(file, 10), "");
  write_atomically(file, "old");
  const std::string line = error_of(Errc::study_error, [&] {
    write_atomically(file, [](const TextSink& sink) {
      sink(std::string(3'000'000, 'x'));
      throw Error(Errc::study_error, "is damaged");
    });
  });
  EXPECT_EQ(line, "is damaged");
  EXPECT_EQ(read_text(file, 10), "old");
  EXPECT_EQ(folder.names(), std::vector<std::string>{"out.txt"});
}

TEST(Files, AFileThatCannotBeWrittenWholeIsSaidAndLeavesTheOldOne) {
  const TempFolder folder;
  const fs::path file = folder.path() / "out.txt";
  write_atomically(file, "old");
  const int status = ended_writing_too_much(file, false);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 7) << status;
  EXPECT_EQ(folder.names(), std::vector<std::string>{"out.txt"});
  EXPECT_EQ(read_text(file, 10), "old");
}

TEST(Files, AreWrittenWhereFilesNeedANameOrCannotBeLinked) {
  struct Lack {
    std::uint32_t call, argument, bits;
    int number;
  };
  constexpr std::uint32_t kOnlyOfTmpfile = O_TMPFILE & ~O_DIRECTORY;
  for (const Lack& lack : {Lack{__NR_openat, 2, kOnlyOfTmpfile, EOPNOTSUPP},
                           Lack{__NR_openat, 2, kOnlyOfTmpfile, EISDIR},
                           Lack{__NR_linkat, 4, AT_SYMLINK_FOLLOW, ENOENT}}) {
    const TempFolder folder;
    const fs::path file = folder.path() / "out.txt";
    bool is_lacking = false;
    std::async(std::launch::async,
               [&] {  // for refused calls stay refused
                 is_lacking = refuse_call(lack.call, lack.argument, lack.bits, lack.number);
                 if (!is_lacking) return;
                 write_atomically(file, "one");
                 write_atomically(file, "two");
                 error_of(Errc::output_unwritable,
                          [&] { write_atomically(folder.path() / "none" / "out.txt", "x"); });
                 if (lack.call == __NR_openat) is_lacking = !has_files_without_name(folder.path());
               })
        .get();
    if (!is_lacking) GTEST_SKIP() << "no seccomp";
    EXPECT_EQ(read_text(file, 10), "two");
    EXPECT_EQ(folder.names(), std::vector<std::string>{"out.txt"});
  }
}

TEST(Files, AFolderThatIsNotPermittedIsSaid) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const TempFolder folder;
  fs::create_directory(folder.path() / "fixed");
  ::chmod((folder.path() / "fixed").c_str(), 0500);
  const std::string message = error_of(
      Errc::output_unwritable, [&] { write_atomically(folder.path() / "fixed" / "out.txt", "x"); });
  ::chmod((folder.path() / "fixed").c_str(), 0700);
  EXPECT_TRUE(contains(message, "fixed/out.txt: can't be written: Permission denied")) << message;
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

mode_t mode_of(const fs::path& path) {
  struct stat about {};
  EXPECT_EQ(::lstat(path.c_str(), &about), 0);
  return about.st_mode & 07777U;
}

TEST(Files, AFileThatReplacesAnotherHasItsPermissions) {
  const TempFolder folder;
  const fs::path file = folder.path() / "file";
  for (const mode_t mode : {0600U, 0640U, 0444U, 0666U}) {
    folder.write("file", "before");
    ASSERT_EQ(::chmod(file.c_str(), mode), 0);
    write_atomically(file, "text");
    EXPECT_EQ(mode_of(file), mode);
    write_private(file, {});
    EXPECT_EQ(mode_of(file), mode);
    folder.write("whole", "moved");
    move_into_place(folder.path() / "whole", file);
    EXPECT_EQ(mode_of(file), mode);
    fs::remove(file);
  }
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

TEST(Files, FoldersAreMadeWhileAnotherRemovesTheirEmptyParents) {
  const TempFolder folder;
  const fs::path parent = folder.path() / "pages";
  std::jthread remover([&](const std::stop_token& stop) {
    std::error_code ignored;
    while (!stop.stop_requested()) fs::remove(parent, ignored);
  });
  for (int round = 0; round < 2000; ++round) {
    const fs::path made = parent / "1.pdf";
    ASSERT_NO_THROW(make_folder(made)) << "round " << round;
    fs::remove(made);
  }
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
