#include "ocrtune/base/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <sstream>
#include <thread>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/spawn.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kReadAtOnce = std::size_t{1} << 20U;

std::string boot_id() {
  try {
    return std::string(trimmed(read_text("/proc/sys/kernel/random/boot_id", 100)));
  } catch (const Error&) {
    return "";
  }
}

/// The content of a file below /proc, which has no size; empty if it cannot be read.
std::string proc_text(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return "";
  std::array<char, 4096> bytes{};
  const ssize_t got = ::read(file, bytes.data(), bytes.size());
  ::close(file);
  return got > 0 ? std::string(bytes.data(), static_cast<std::size_t>(got)) : "";
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_./=,:+@%").find(c) != std::string_view::npos;
}

}  // namespace

Process::Process(const fs::path& program, const std::vector<std::string>& arguments,
                 const fs::path& folder, const std::vector<std::string>& environment) {
  std::array<int, 2> talk{-1, -1};
  if (::pipe2(talk.data(), O_CLOEXEC) != 0) {
    throw Error(Errc::study_error, tr("{}: can't be started: {}", shown(program),
                                      system_message({errno, std::generic_category()})));
  }
  output_ = talk[0];
  try {
    pid_ = spawn({.file = program,
                  .arguments = arguments,
                  .folder = folder,
                  .environment = environment,
                  .death_signal = SIGINT},
                 {.output = talk[1], .error = talk[1]});
  } catch (const Error&) {
    ::close(talk[1]);
    close_output();
    throw;
  }
  ::close(talk[1]);
  ::fcntl(output_, F_SETFL, O_NONBLOCK);
  mark_ = mark_of(pid_);
}

Process::~Process() {
  if (!ended()) {
    signal(SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  close_output();
}

void Process::close_output() {
  if (output_ >= 0) ::close(output_);
  output_ = -1;
}

void Process::signal(int number) {
  if (!ended()) ::kill(-pid_, number);
}

std::string Process::said() {
  std::string text;
  std::array<char, 16384> bytes{};
  while (output_ >= 0 && text.size() < kReadAtOnce) {
    const ssize_t got = ::read(output_, bytes.data(), bytes.size());
    if (got > 0) {
      text.append(bytes.data(), static_cast<std::size_t>(got));
    } else if (got == 0) {
      close_output();
    } else if (errno != EINTR) {
      if (errno != EAGAIN && errno != EWOULDBLOCK) close_output();
      break;
    }
  }
  return text;
}

ProcessEnd process_end(int status) {
  const bool by_signal = WIFSIGNALED(status);
  return {.exit_status = by_signal ? 128 + WTERMSIG(status) : WEXITSTATUS(status),
          .by_signal = by_signal};
}

std::optional<ProcessEnd> Process::ended() {
  if (end_) return end_;
  int status = 0;
  const pid_t got = ::waitpid(pid_, &status, WNOHANG);
  if (got == pid_) end_ = process_end(status);
  return end_;
}

ProcessMark mark_of(pid_t pid) {
  const std::string text = proc_text(fmt::format("/proc/{}/stat", pid));
  // Its second field, the name in brackets, may hold anything.
  const std::size_t behind_name = text.rfind(')');
  if (pid <= 0 || behind_name == std::string::npos) return {};
  std::istringstream fields(text.substr(behind_name + 1));
  std::string field;
  fields >> field;
  if (field == "Z") return {};
  constexpr int kStartTime = 22;  // counted from 1, the state is the third
  for (int i = 4; i <= kStartTime; ++i) fields >> field;
  long long start = 0;
  if (!parse_number(field, start)) return {};
  return {.pid = pid, .start = static_cast<std::uint64_t>(start), .boot = boot_id()};
}

bool end_leftover(const ProcessMark& mark) {
  const auto is_gone = [&] { return mark.pid <= 1 || mark_of(mark.pid) != mark; };
  if (is_gone()) return true;
  // All finished work is on the disk, so it may end at once.
  ::kill(-mark.pid, SIGKILL);
  constexpr int kTries = 500;
  for (int i = 0; i < kTries && !is_gone(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return is_gone();
}

std::string shell_text(const std::vector<std::string>& arguments) {
  std::vector<std::string> shown;
  for (const std::string& word : arguments) {
    if (!word.empty() && std::ranges::all_of(word, is_plain)) {
      shown.push_back(word);
      continue;
    }
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    shown.push_back(quoted + "'");
  }
  return joined(shown, " ");
}

}  // namespace ocrtune
