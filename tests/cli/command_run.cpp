#include "command_run.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "ocrtune/cli/run_command.h"

namespace ocrtune::cli::test {
namespace {

/// A standard stream that is a file in memory for as long as the object lives.
class CapturedStream {
 public:
  explicit CapturedStream(int stream, const std::string& content = "")
      : stream_(stream), before_(::dup(stream)), file_(::memfd_create("stream", MFD_CLOEXEC)) {
    EXPECT_EQ(::write(file_, content.data(), content.size()), static_cast<ssize_t>(content.size()));
    ::lseek(file_, 0, SEEK_SET);
    ::dup2(file_, stream);
  }
  ~CapturedStream() {
    ::dup2(before_, stream_);
    ::close(before_);
    ::close(file_);
  }
  CapturedStream(const CapturedStream&) = delete;
  CapturedStream& operator=(const CapturedStream&) = delete;

  [[nodiscard]] std::string text() const {
    std::string text(static_cast<std::size_t>(::lseek(file_, 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file_, text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    return text;
  }

 private:
  int stream_;
  int before_;
  int file_;
};

/// The variables that say the user's language, as before at the end.
class UserLanguage {
 public:
  explicit UserLanguage(Language language) {
    const char* before = std::getenv("LANGUAGE");
    if (before != nullptr) before_ = before;
    ::setenv("LANGUAGE", std::string(language_tag(language)).c_str(), 1);
  }
  ~UserLanguage() {
    ::setenv("LANGUAGE", before_.c_str(), 1);
    use_language(language_of_environment());
  }
  UserLanguage(const UserLanguage&) = delete;
  UserLanguage& operator=(const UserLanguage&) = delete;

 private:
  std::string before_;
};

}  // namespace

CommandRun run(std::vector<std::string> arguments, Language language) {
  return run_with_input("", std::move(arguments), language);
}

CommandRun run_with_input(const std::string& input, std::vector<std::string> arguments,
                          Language language) {
  arguments.insert(arguments.begin(), "ocrtune");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);

  const UserLanguage user(language);
  std::fflush(nullptr);
  const CapturedStream in(STDIN_FILENO, input);
  const CapturedStream out(STDOUT_FILENO);
  const CapturedStream err(STDERR_FILENO);
  const ExitStatus status = run_command(static_cast<int>(arguments.size()), argv.data());
  std::fflush(nullptr);
  std::clearerr(stdin);
  std::cin.clear();
  return {static_cast<int>(status), out.text(), err.text()};
}

std::string output_of(std::vector<std::string> arguments, Language language) {
  const CommandRun done = run(std::move(arguments), language);
  EXPECT_EQ(done.status, 0) << done.err;
  return done.out;
}

std::string in_repository(const std::string& name) {
  return std::string(OCRTUNE_SOURCE_DIR) + "/" + name;
}

std::string four_pages() { return in_repository("tests/e2e/pages/tiny"); }

std::string receipt() { return four_pages() + "/04-receipt-eng-faded.png"; }

}  // namespace ocrtune::cli::test
