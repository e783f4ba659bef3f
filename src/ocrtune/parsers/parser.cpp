#include "ocrtune/parsers/parser.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>
#include <system_error>
#include <utility>

#include "ocrtune/base/data_folders.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/spawn.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/parsers/wire.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

constexpr int kPollMilliseconds = 50;
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
  for (const fs::path& file : data_folders(name)) {
    std::error_code ignored;
    if (fs::is_regular_file(file, ignored)) return file;
  }
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

  [[nodiscard]] bool has_passed() const {
    return used() - begun_ > allowed_ || std::chrono::steady_clock::now() > end_;
  }

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

void throw_error_of(const nlohmann::json& answer) {
  JsonFields fields(answer, "answer");
  if (fields.absent("error")) return;
  const auto last = static_cast<long long>(Errc::interrupted);
  throw RefusedByParser(static_cast<Errc>(fields.whole("code", 0, last)),
                        quotable(fields.text("error", kMaxErrorText), kMaxErrorText));
}

[[noreturn]] void no_pipe(int number) {
  throw Error(Errc::study_error, tr("the program that parses files can't be started: {}",
                                    system_message({number, std::generic_category()})));
}

}  // namespace

ParserFailure::ParserFailure(ParserEnd end, const ParserLimits& limits)
    : Error(code_of(end), text_of(end, limits)), end_(end), limits_(limits) {}

/// One request on its way.
struct Parser::Exchange {
  std::string received;  ///< of the answer, with its length
  bool answered = false;
  nlohmann::json answer;
};

Parser::Parser(const std::string& name, const std::string& folder) {
  const fs::path program = find_parser(name);
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) no_pipe(errno);
  socket_.reset(ends[0]);
  const Descriptor its_socket(ends[1]);
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) no_pipe(errno);
  data_.reset(ends[0]);
  const Descriptor its_data(ends[1]);
  (void)::fcntl(data_.get(), F_SETPIPE_SZ, static_cast<int>(kPieceBytes));
  (void)::fcntl(data_.get(), F_SETFL, O_NONBLOCK);
  errors_.reset(::memfd_create("errors", MFD_CLOEXEC));
  if (!errors_.valid()) no_pipe(errno);
  pid_ = spawn_for_process(
      {.file = program,
       .arguments = {name, folder},
       .folder = "/",
       .environment = {},
       .death_signal = SIGKILL},
      {.input = its_socket.get(), .output = its_data.get(), .error = errors_.get()});
}

Parser::~Parser() { finish(); }

bool Parser::is_running() {
  if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) != 0) pid_ = 0;
  return pid_ > 0;
}

void Parser::finish() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
}

void Parser::send(const nlohmann::json& request, std::span<const int> files) {
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
  if (::sendmsg(socket_.get(), &message, MSG_NOSIGNAL) != static_cast<ssize_t>(sizeof size)) return;
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t sent = ::send(socket_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // it has ended, as reading its answer will show
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool Parser::read_answer(Exchange& exchange) {
  std::array<char, 4096> piece{};
  const ssize_t got = ::recv(socket_.get(), piece.data(), piece.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (got <= 0) return false;
  std::string& received = exchange.received;
  received.append(piece.data(), static_cast<std::size_t>(got));
  std::uint32_t size = 0;
  if (received.size() < sizeof size) return true;
  std::memcpy(&size, received.data(), sizeof size);
  if (size > kMaxParserMessage || received.size() > sizeof size + size) return false;
  if (received.size() < sizeof size + size) return true;
  exchange.answer = parse_json(std::string_view(received).substr(sizeof size));
  exchange.answered = true;
  return true;
}

bool Parser::read_data(const Sink& sink) {
  if (!piece_) piece_ = std::make_unique_for_overwrite<std::byte[]>(kPieceBytes);
  for (;;) {
    const ssize_t got = ::read(data_.get(), piece_.get(), kPieceBytes);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    if (got <= 0) return false;
    if (!sink) return false;
    sink({piece_.get(), static_cast<std::size_t>(got)});
  }
}

nlohmann::json Parser::ask(const nlohmann::json& request, std::span<const int> files,
                           const ParserLimits& limits, const Sink& sink) {
  (void)::ftruncate(errors_.get(), 0);
  nlohmann::json whole = request;
  whole["memory"] = limits.memory;
  whole["language"] = language_tag(current_language());
  try {
    Exchange exchange;
    send(whole, files);
    const Deadline deadline(pid_, limits.processor_time);
    while (!exchange.answered) {
      if (!advance(exchange, sink)) fail(limits);
      if (all_end()) throw Error(Errc::interrupted, tr("was interrupted"));
      if (deadline.has_passed()) throw ParserFailure(ParserEnd::time, limits);
    }
    throw_error_of(exchange.answer);
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
  ::poll(ready.data(), ready.size(), kPollMilliseconds);
  if (ready[1].revents == POLLHUP) return false;
  if (ready[0].revents != 0 && !read_answer(exchange)) return false;
  // All data was sent before the answer: now it is here.
  const bool has_data = ready[1].revents != 0 || exchange.answered;
  return !has_data || read_data(sink);
}

void Parser::fail(const ParserLimits& limits) {
  // What ends by itself says how.
  int status = 0;
  pid_t ended = 0;
  for (int i = 0; i < kPollsForEnd && ended == 0; ++i) {
    ended = ::waitpid(pid_, &status, WNOHANG);
    if (ended == 0) ::poll(nullptr, 0, kPollMilliseconds);
  }
  if (ended != 0) pid_ = 0;
  if (ended > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
    throw ParserFailure(ParserEnd::killed, limits);
  // What Poppler and GLib write before they abort.
  const std::string errors = error_output();
  const bool out_of_memory =
      (ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == kParserOutOfMemory) ||
      errors.find("Out of memory") != std::string::npos ||
      errors.find("failed to allocate") != std::string::npos;
  throw ParserFailure(out_of_memory ? ParserEnd::memory : ParserEnd::crash, limits);
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
  Descriptor file(::memfd_create("file", MFD_CLOEXEC));
  if (!file.valid() || !write_all(file.get(), bytes))
    throw Error(Errc::limit_reached, tr("needs more memory than available"));
  return file;
}

}  // namespace ocrtune
