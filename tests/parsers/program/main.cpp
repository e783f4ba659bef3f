// A parser that does what a request asks for, to try what holds it.

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/sanitizers.h"
#include "ocrtune/parsers/program/answers.h"

namespace {

/// The errno of a call that failed; 0 if it succeeded.
int number_of(long result) { return result < 0 ? errno : 0; }

int attempt(const std::string& what, const std::string& path) {
  if (what == "write") return number_of(::open(path.c_str(), O_WRONLY | O_CREAT, 0600));
  if (what == "read") return number_of(::open(path.c_str(), O_RDONLY));
  if (what == "remove") return number_of(::unlink(path.c_str()));
  if (what == "folder") return number_of(::mkdir(path.c_str(), 0700));
  if (what == "socket") return number_of(::socket(AF_INET, SOCK_STREAM, 0));
  if (what == "fork") return number_of(::fork());
  if (what == "run") return number_of(::execl("/bin/true", "true", nullptr));
  if (what == "kill") return number_of(::kill(::getppid(), SIGTERM));
  return -1;
}

[[noreturn]] void loop() {
  for (volatile bool goes_on = true; goes_on;) {
  }
  std::abort();
}

nlohmann::json answer(ocrtune::ParserRequest& request) {
  const auto what = request.fields.at("do").get<std::string>();
  if (what == "abort") std::abort();
  if (what == "sanitized") return {{"value", ocrtune::kSanitized}};
  if (what == "exit") ::_exit(0);
  if (what == "loop") loop();
  if (what == "refuse") throw ocrtune::Error(ocrtune::Errc::input_unreadable, "is refused");
  if (what == "allocate") {
    std::vector<char> bytes(request.fields.at("bytes").get<std::size_t>(), 'x');
    return {{"last", static_cast<int>(bytes.back())}};
  }
  if (what == "send") {
    const std::string bytes(request.fields.at("bytes").get<std::size_t>(), 'x');
    ocrtune::send_data(std::as_bytes(std::span(bytes)));
    return nlohmann::json::object();
  }
  if (what == "thread") {
    int value = 0;
    std::thread([&] { value = 7; }).join();
    return {{"value", value}};
  }
  if (what == "file") return {{"size", ocrtune::MappedFile(request.files.at(0)).bytes().size()}};
  return {{"errno", attempt(what, request.fields.value("path", ""))}};
}

}  // namespace

int main(int argc, char** argv) { return ocrtune::answer_requests(argc, argv, answer); }
