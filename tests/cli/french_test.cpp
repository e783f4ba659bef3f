// A French user's way from pages to texts: nothing that a command says on it is English.

#include <gtest/gtest.h>

#include <cstdlib>

#include "command_run.h"
#include "english_lines.h"
#include "support/sanitized.h"
#include "support/temp_folder.h"

namespace ocrtune::cli::test {
namespace {

TEST(French, TheWayFromPagesToTexts) {
  if (ocrtune::test::is_sanitized())
    GTEST_SKIP() << "takes minutes, and libraries may write to standard error";
  // Its models take longer to open than all else here.
  setenv("OCRTUNE_PPOCR", "/nonexistent", 1);
  const ocrtune::test::TempFolder folder;
  const std::string pages = four_pages();
  const auto in = [&](const char* name) { return (folder.path() / name).string(); };
  const std::vector<std::string> commands[] = {
      {"tune", pages, "--trials", "6", "--hold-out", "1", "--study", in("s.db"), "-o",
       in("best.toml"), "--no-report"},
      {"show", in("s.db")},
      {"timings", in("s.db")},
      {"export", in("s.db"), "-o", in("csv")},
      {"clean", pages, "--pipeline", "standard", "-o", in("cleaned")},
      {"apply", pages, "--pipeline", "raw", "--pipeline", "standard", "-o", in("texts")},
      {"compare", pages, "--pipeline", "raw", "--pipeline", "standard"},
      {"evaluate", in("texts"), "--truth", pages},
      {"score", receipt(), "--pipeline", "raw"},
      {"doctor", "--lang", "eng"},
  };
  for (const auto& command : commands) {
    const CommandRun done = run(command, Language::french);
    EXPECT_EQ(done.status, 0) << command.front() << ": " << done.err;
    EXPECT_NE(done.out + done.err, "") << command.front();
    EXPECT_EQ(english_lines(done.out + done.err), std::vector<std::string>{}) << command.front();
  }
}

}  // namespace
}  // namespace ocrtune::cli::test
