#include "ocrtune/base/run_program.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace ocrtune {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ProgramResult run_shell(const std::string& script, const std::string& input = "",
                        milliseconds limit = seconds(60), bool stopped = false) {
  return run_program({.file = "/bin/sh", .arguments = {"sh", "-c", script}, .folder = "/"}, input,
                     limit, [stopped] { return stopped; });
}

TEST(RunProgram, GivesWhatItWroteAndHowItEnded) {
  const ProgramResult result = run_shell("cat; echo problem >&2; exit 3", "a\nb");
  EXPECT_EQ(result.output, "a\nb");
  EXPECT_EQ(result.error, "problem\n");
  ASSERT_TRUE(result.end.has_value());
  EXPECT_EQ(result.end->exit_status, 3);
  EXPECT_FALSE(result.end->by_signal);
  EXPECT_EQ(run_shell("kill -9 $$").end->exit_status, 128 + 9);
}

TEST(RunProgram, NeitherInputNorOutputBlocksIt) {
  const std::string much(std::size_t{3} << 20U, 'x');
  EXPECT_EQ(run_shell("echo unread", much).output, "unread\n");
  // More than is kept, so the rest is read and dropped.
  const ProgramResult result = run_shell("cat; echo end >&2", much);
  EXPECT_EQ(result.output, much.substr(0, std::size_t{1} << 20U));
  EXPECT_EQ(result.error, "end\n");
}

TEST(RunProgram, DoesNotWaitForWhatItLeftInTheBackground) {
  const ProgramResult result = run_shell("sleep 5 & echo done");
  EXPECT_EQ(result.output, "done\n");
  EXPECT_TRUE(result.end.has_value());
}

TEST(RunProgram, IsKilledAfterItsTimeOrWhenStopped) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(run_shell("trap '' TERM INT; yes", "", milliseconds(100)).end.has_value());
  EXPECT_FALSE(run_shell("sleep 60 & wait", "", seconds(60), true).end.has_value());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(10));
}

TEST(RunProgram, SaysWhyItCannotStart) {
  const std::string message = test::error_of(Errc::study_error, [] {
    run_program({.file = "/no/such", .arguments = {"such"}, .folder = "/"}, "", seconds(1),
                [] { return false; });
  });
  EXPECT_TRUE(test::contains(message, "/no/such")) << message;
}

}  // namespace
}  // namespace ocrtune
