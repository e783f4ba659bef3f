#include "ocrtune/parsers/parser.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>
#include <utility>

#include "ocrtune/base/data_folders.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/spawn.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/parsers/wire.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr int kPollMilliseconds = 50;
/// A request fits into the socket, unless its parser reads none.
constexpr time_t kSendSeconds = 5;
/// A parser that waits for something that never comes takes no processor time.
constexpr int kWallFactor = 20;
/// For the end of a parser that closed its connection.
constexpr int kPollsForEnd = 20;
constexpr std::size_t kMaxErrorText = 1000;
constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;

std::atomic<const std::atomic<bool>*> all_stop{nullptr};

bool all_end() {
  const std::atomic<bool>* stop = all_stop.load();
  return stop != nullptr && stop->load();
}

fs::path find_parser(const std::string& name) {
  if (fs::path file = data_file(name); !file.empty()) return file;
  throw Error(Errc::dependency_missing,
              tr("the program {} is not installed beside ocrtune; install ocrtune again", name));
}

std::string text_of(ParserEnd end, const ParserLimits& limits) {
  switch (end) {
    case ParserEnd::memory:
      return tr("needs more memory than a file of its size may: {}", human_size(limits.memory));
    case ParserEnd::time:
      return tr("takes longer than a file of its size may: {} s of processor time",
                limits.processor_time.count());
    case ParserEnd::killed:
      return tr("the program that parses it was killed, perhaps for lack of memory");
    case ParserEnd::crash:
      break;
  }
  return tr("is damaged: the program that parses it crashed");
}

Errc code_of(ParserEnd end) {
  return end == ParserEnd::killed ? Errc::limit_reached : Errc::input_unreadable;
}

/// When a parser has taken too long for an answer.
class Deadline {
 public:
  Deadline(pid_t pid, std::chrono::seconds processor_time)
      : allowed_(processor_time),
        end_(std::chrono::steady_clock::now() + kWallFactor * processor_time) {
    has_clock_ = ::clock_getcpuclockid(pid, &clock_) == 0;
    begun_ = used();
  }

  [[nodiscard]] bool processor_time_is_over() const { return used() - begun_ > allowed_; }
  /// It waits for something that does not come.
  [[nodiscard]] bool is_over() const { return std::chrono::steady_clock::now() > end_; }

 private:
  [[nodiscard]] std::chrono::nanoseconds used() const {
    timespec time{};
    if (!has_clock_ || ::clock_gettime(clock_, &time) != 0) return {};
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  }

  std::chrono::seconds allowed_;
  std::chrono::steady_clock::time_point end_;
  clockid_t clock_{};
  bool has_clock_ = false;
  std::chrono::nanoseconds begun_{};
};

/// The error of an answer: the parser goes on.
struct RefusedByParser : Error {
  using Error::Error;
};

/// A parser says what is wrong with a file, and nothing else.
void throw_error_of(const nlohmann::json& answer, const ParserLimits& limits) {
  const auto error = answer.find("error");
  if (error == answer.end()) return;
  const auto code = answer.find("code");
  constexpr std::array kCodes{Errc::input_unreadable, Errc::limit_reached,
                              Errc::dependency_missing};
  for (const Errc known : kCodes) {
    if (error->is_string() && code != answer.end() && *code == static_cast<int>(known))
      throw RefusedByParser(known, quotable(error->get<std::string>(), kMaxErrorText));
  }
  throw ParserFailure(ParserEnd::crash, limits);
}

/// Signals by which what a file does to a library ends a process.
bool is_of_crash(int signal) {
  constexpr std::array kSignals{SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS};
  return std::ranges::find(kSignals, signal) != kSignals.end();
}

[[noreturn]] void cannot_start(int number) {
  throw Error(Errc::study_error, tr("the program that parses files can't be started: {}",
                                    system_message({number, std::generic_category()})));
}

/// An error of the connection itself, of which the file knows nothing.
[[noreturn]] void cannot_reach(int number) {
  throw Error(Errc::study_error, tr("the program that parses files can't be reached: {}",
                                    system_message({number, std::generic_category()})));
}

/// What a system call says of a parser that has ended or takes nothing.
bool is_of_parser(int number) {
  return number == EPIPE || number == ECONNRESET || number == EAGAIN;
}

}  // namespace

ParserLimits limits_of_file(const FileCosts& costs, std::size_t file_bytes, double pixels) {
  constexpr std::uint64_t kMemoryPerFileByte = 2;
  constexpr std::uint64_t kSeconds = 8;
  constexpr std::uint64_t kFileBytesPerSecond = 1'000'000;
  constexpr std::uint64_t kMostSeconds = 300;
  return {.memory = costs.memory + kMemoryPerFileByte * file_bytes +
                    static_cast<std::uint64_t>(costs.memory_per_pixel * pixels),
          .processor_time = std::chrono::seconds(std::min(
              kMostSeconds, kSeconds + file_bytes / kFileBytesPerSecond +
                                static_cast<std::uint64_t>(pixels / costs.pixels_per_second)))};
}

ParserFailure::ParserFailure(ParserEnd end, const ParserLimits& limits)
    : Error(code_of(end), text_of(end, limits)), end_(end), limits_(limits) {}

/// One request on its way.
struct Parser::Exchange {  // NOLINT(bugprone-exception-escape): json's destructor allocates
  std::string received;    ///< of the answer, with its length
  bool answered = false;
  nlohmann::json answer;
  bool is_complete = false;  ///< answered, and all data are here
};

Parser::Parser(const std::string& name, const std::vector<std::string>& folders) {
  const fs::path program = find_parser(name);
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) cannot_start(errno);
  socket_.reset(ends[0]);
  const timeval patience{.tv_sec = kSendSeconds, .tv_usec = 0};
  (void)::setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const Descriptor its_socket(ends[1]);
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) cannot_start(errno);
  data_.reset(ends[0]);
  const Descriptor its_data(ends[1]);
  (void)::fcntl(data_.get(), F_SETPIPE_SZ, static_cast<int>(kPieceBytes));
  // Else it would be waited for without end.
  if (::fcntl(data_.get(), F_SETFL, O_NONBLOCK) != 0) cannot_start(errno);
  errors_.reset(::memfd_create("errors", MFD_CLOEXEC));
  if (!errors_.valid()) cannot_start(errno);
  std::vector<std::string> arguments{name};
  arguments.insert(arguments.end(), folders.begin(), folders.end());
  pid_ = spawn_for_process(
      {.file = program,
       .arguments = std::move(arguments),
       .folder = "/",
       .environment = {},
       .death_signal = SIGKILL},
      {.input = its_socket.get(), .output = its_data.get(), .error = errors_.get()});
}

Parser::~Parser() { finish(); }

bool Parser::is_running() {
  if (pid_ > 0) {
    const pid_t ended = ::waitpid(pid_, nullptr, WNOHANG);
    if (ended == pid_ || (ended < 0 && errno == ECHILD)) pid_ = 0;
  }
  return pid_ > 0;
}

void Parser::finish() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
}

bool Parser::send(const nlohmann::json& request, std::span<const int> files) {
  const std::string text = request.dump();
  auto size = static_cast<std::uint32_t>(text.size());
  iovec head{.iov_base = &size, .iov_len = sizeof size};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(kMaxParserFiles * sizeof(int))> room{};
  msghdr message{};
  message.msg_iov = &head;
  message.msg_iovlen = 1;
  if (!files.empty()) {
    message.msg_control = room.data();
    message.msg_controllen = CMSG_SPACE(files.size_bytes());
    cmsghdr* rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(files.size_bytes());
    std::memcpy(CMSG_DATA(rights), files.data(), files.size_bytes());
  }
  ssize_t sent = 0;
  do {
    sent = ::sendmsg(socket_.get(), &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  if (sent < 0 && !is_of_parser(errno)) cannot_reach(errno);
  if (sent != static_cast<ssize_t>(sizeof size)) return false;
  std::string_view rest = text;
  while (!rest.empty()) {
    sent = ::send(socket_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && !is_of_parser(errno)) cannot_reach(errno);
    if (sent <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Parser::read_answer(Exchange& exchange) {
  std::array<char, 4096> piece{};
  const ssize_t got = ::recv(socket_.get(), piece.data(), piece.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (got < 0 && !is_of_parser(errno)) cannot_reach(errno);
  if (got <= 0) return false;
  std::string& received = exchange.received;
  received.append(piece.data(), static_cast<std::size_t>(got));
  std::uint32_t size = 0;
  if (received.size() < sizeof size) return true;
  std::memcpy(&size, received.data(), sizeof size);
  if (size > kMaxParserMessage || received.size() > sizeof size + size) return false;
  if (received.size() < sizeof size + size) return true;
  exchange.answer = nlohmann::json::parse(received.begin() + sizeof size, received.end(), nullptr,
                                          /*allow_exceptions=*/false);
  exchange.answered = exchange.answer.is_object();
  return exchange.answered;
}

Parser::Data Parser::read_data(const Sink& sink) {
  if (!piece_) piece_ = std::make_unique_for_overwrite<std::byte[]>(kPieceBytes);
  const ssize_t got = ::read(data_.get(), piece_.get(), kPieceBytes);
  if (got < 0 && errno == EAGAIN) return Data::none;
  if (got < 0 && errno == EINTR) return Data::more;
  if (got < 0) cannot_reach(errno);
  if (got == 0 || !sink) return Data::failed;
  sink({piece_.get(), static_cast<std::size_t>(got)});
  return Data::more;
}

nlohmann::json Parser::ask(const nlohmann::json& request, std::span<const int> files,
                           const ParserLimits& limits, const Sink& sink) {
  if (!is_running()) throw ParserFailure(ParserEnd::killed, limits);
  (void)::ftruncate(errors_.get(), 0);
  nlohmann::json whole = request;
  whole["memory"] = limits.memory;
  whole["language"] = language_tag(current_language());
  try {
    Exchange exchange;
    const Deadline deadline(pid_, limits.processor_time);
    if (!send(whole, files)) fail(limits);
    while (!exchange.is_complete) {
      if (!advance(exchange, sink)) fail(limits);
      if (all_end()) throw Error(Errc::interrupted, tr("was interrupted"));
      if (exchange.is_complete) break;
      if (deadline.processor_time_is_over()) throw ParserFailure(ParserEnd::time, limits);
      if (deadline.is_over()) throw ParserFailure(ParserEnd::killed, limits);
    }
    throw_error_of(exchange.answer, limits);
    return std::move(exchange.answer);
  } catch (const RefusedByParser&) {
    throw;
  } catch (...) {
    finish();
    throw;
  }
}

bool Parser::advance(Exchange& exchange, const Sink& sink) {
  std::array<pollfd, 2> ready{pollfd{.fd = socket_.get(), .events = POLLIN, .revents = 0},
                              pollfd{.fd = data_.get(), .events = POLLIN, .revents = 0}};
  ::poll(ready.data(), ready.size(), exchange.answered ? 0 : kPollMilliseconds);
  // It has ended, and all of its data have been read.
  if (ready[1].revents == POLLHUP) return false;
  if (!exchange.answered && ready[0].revents != 0 && !read_answer(exchange)) return false;
  if (ready[1].revents == 0 && !exchange.answered) return true;
  // All data were sent before the answer: when there are no more, they are complete.
  const Data data = read_data(sink);
  exchange.is_complete = exchange.answered && data == Data::none;
  return data != Data::failed;
}

void Parser::fail(const ParserLimits& limits) {
  // What ends by itself says how.
  int status = 0;
  pid_t ended = 0;
  for (int i = 0; i < kPollsForEnd && ended != pid_; ++i) {
    ended = ::waitpid(pid_, &status, WNOHANG);
    if (ended != pid_) ::poll(nullptr, 0, kPollMilliseconds);
  }
  // What broke the protocol is ended.
  if (ended != pid_) throw ParserFailure(ended == 0 ? ParserEnd::crash : ParserEnd::killed, limits);
  pid_ = 0;
  // What Poppler and GLib write before they abort.
  const std::string errors = error_output();
  const bool out_of_memory = (WIFEXITED(status) && WEXITSTATUS(status) == kParserOutOfMemory) ||
                             errors.find("Out of memory") != std::string::npos ||
                             errors.find("failed to allocate") != std::string::npos;
  if (out_of_memory) throw ParserFailure(ParserEnd::memory, limits);
  const bool crashed = WIFSIGNALED(status) && is_of_crash(WTERMSIG(status));
  throw ParserFailure(crashed ? ParserEnd::crash : ParserEnd::killed, limits);
}

std::string Parser::error_output() const {
  std::array<char, 4096> text{};
  const ssize_t got = ::pread(errors_.get(), text.data(), text.size(), 0);
  return got > 0 ? std::string(text.data(), static_cast<std::size_t>(got)) : std::string();
}

std::uint64_t Parser::resident() const {
  const std::string text = read_part(fmt::format("/proc/{}/statm", pid_), 0, 100);
  const std::size_t second = text.find(' ');
  if (second == std::string::npos) return 0;
  return std::strtoull(text.c_str() + second, nullptr, 10) *
         static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void end_parsers_when(const std::atomic<bool>& stop) { all_stop = &stop; }

Descriptor nameless_file(std::span<const std::byte> bytes) {
  Descriptor file(::memfd_create("file", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  constexpr int kSeals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  if (!file.valid() || !write_all(file.get(), bytes) ||
      ::fcntl(file.get(), F_ADD_SEALS, kSeals) != 0)
    throw Error(Errc::limit_reached, tr("needs more memory than available"));
  return file;
}

}  // namespace ocrtune
