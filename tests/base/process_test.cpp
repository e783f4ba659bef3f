#include "ocrtune/base/process.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "ocrtune/base/error.h"

namespace ocrtune {
namespace {

/// All that a process says, until its end.
std::string all_said(Process& process) {
  std::string text;
  while (!process.ended() || process.output() >= 0) {
    pollfd file{.fd = process.output(), .events = POLLIN, .revents = 0};
    ::poll(&file, 1, 20);
    text += process.said();
  }
  return text;
}

Process shell(const std::string& script) { return {"/bin/sh", {"sh", "-c", script}, "/"}; }

TEST(Process, SaysAndEnds) {
  Process process = shell("echo out; echo err >&2; pwd; exit 7");
  EXPECT_EQ(all_said(process), "out\nerr\n/\n");
  EXPECT_EQ(process.ended()->exit_status, 7);
  EXPECT_FALSE(process.ended()->by_signal);
  EXPECT_EQ(process.ended()->exit_status, 7);
}

TEST(Process, TakesArgumentsAsTheyAre) {
  Process process("/bin/echo", {"echo", "$(id)", "a b", ";", "'\"", ""}, "/");
  EXPECT_EQ(all_said(process), "$(id) a b ; '\" \n");
}

TEST(Process, HasAGroupOfItsOwnAndNoOtherFiles) {
  const int other = ::dup(STDIN_FILENO);
  // Not in a pipeline or as the last command: the shell would have a pipe open, or become `ls`.
  Process process = shell("ps -o pgid= -p $$; echo $$; ls /proc/$$/fd; true");
  std::string text = all_said(process);
  ::close(other);
  long long group = 0;
  long long pid = 0;
  int read = 0;
  ASSERT_EQ(std::sscanf(text.c_str(), "%lld %lld %n", &group, &pid, &read), 2) << text;
  EXPECT_EQ(group, pid);
  EXPECT_EQ(text.substr(static_cast<std::size_t>(read)), "0\n1\n2\n");
}

TEST(Process, IsToldByItsGroup) {
  Process process = shell("sleep 60 & wait");
  EXPECT_FALSE(process.ended().has_value());
  process.signal(SIGTERM);
  // The pipe closes only when the one in the background has ended too.
  (void)all_said(process);
  EXPECT_TRUE(process.ended()->by_signal);
  EXPECT_EQ(process.ended()->exit_status, 128 + SIGTERM);
  process.signal(SIGTERM);
}

TEST(Process, EndsWithTheThreadThatStartedIt) {
  ProcessMark mark;
  std::unique_ptr<Process> process;
  std::thread([&] {
    process = std::make_unique<Process>("/bin/sleep", std::vector<std::string>{"sleep", "60"}, "/");
    mark = process->mark();
    EXPECT_EQ(mark_of(mark.pid), mark);
  }).join();
  (void)all_said(*process);
  EXPECT_EQ(process->ended()->exit_status, 128 + SIGINT);
}

TEST(Process, ThatCannotBeStartedIsOneLine) {
  for (const auto& [program, folder] :
       {std::pair("/nowhere/program", "/"), std::pair("/bin/echo", "/nowhere")}) {
    try {
      Process process(program, {"x"}, folder);
      FAIL();
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("can't be started: No such file"),
                std::string::npos);
    }
  }
}

TEST(Process, LeftoversEndAndOthersDoNot) {
  Process process("/bin/sleep", {"sleep", "60"}, "/");
  ProcessMark other = process.mark();
  other.start += 1;
  EXPECT_TRUE(end_leftover(other));
  EXPECT_FALSE(process.ended().has_value());
  other = process.mark();
  other.boot = "another";
  EXPECT_TRUE(end_leftover(other));
  EXPECT_FALSE(process.ended().has_value());
  EXPECT_TRUE(end_leftover({}));
  EXPECT_TRUE(end_leftover(process.mark()));
  (void)all_said(process);
  EXPECT_EQ(process.ended()->exit_status, 128 + SIGKILL);
}

}  // namespace
}  // namespace ocrtune
