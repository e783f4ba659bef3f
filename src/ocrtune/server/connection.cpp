#include "ocrtune/server/connection.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "ocrtune/base/text.h"

namespace ocrtune::server {
namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n";

/// How often a wait looks whether the server ends or others wait.
constexpr std::chrono::milliseconds kLook{100};

/// A new connection's first bytes are on their way already.
constexpr std::chrono::milliseconds kCrowdedIdle{300};

/// True for lines of a head that httplib isn't told: parts of answers and compressed ones aren't
/// given, and the body is asked for here.
bool is_left_out(std::string_view line) {
  static constexpr std::array<std::string_view, 3> kNames{"range:", "accept-encoding:", "expect:"};
  return std::ranges::any_of(kNames, [&](std::string_view name) {
    return lower_case(line.substr(0, name.size())) == name;
  });
}

}  // namespace

Connection::Connection(socket_t socket, const ConnectionLimits& limits,
                       const std::atomic<bool>& stop)
    : socket_(socket), limits_(limits), stop_(stop) {
  // Commands that the server starts mustn't keep it open.
  ::fcntl(socket_, F_SETFD, FD_CLOEXEC);
}

Connection::~Connection() {
  ::shutdown(socket_, SHUT_WR);
  // What the client still sends is read for a moment: closing at once would make the system throw
  // away the answer that is on its way.
  std::array<char, 4096> rest{};
  const auto until = Clock::now() + kLook;
  for (int i = 0; i < 64 && closing_ && wait(POLLIN, until); ++i) {
    if (::recv(socket_, rest.data(), rest.size(), 0) <= 0) break;
  }
  ::close(socket_);
}

Connection::Head Connection::next_head(const std::function<bool()>& crowded) {
  const auto asked = Clock::now();
  while (received_.empty()) {
    const auto idle = Clock::now() - asked;
    if (stop_ || idle > limits_.idle_time || (idle > kCrowdedIdle && crowded())) return Head::none;
    if (wait(POLLIN, Clock::now() + kLook) && !receive(Clock::now())) return Head::none;
  }
  const auto until = Clock::now() + limits_.head_time;
  for (;;) {
    const std::size_t end = received_.find(kEndOfHead);
    if (end != std::string::npos && end <= limits_.head_bytes) {
      take_head(end + kEndOfHead.size());
      return Head::there;
    }
    if (received_.size() > limits_.head_bytes) return Head::too_large;
    if (!receive(until)) return Head::none;
  }
}

void Connection::take_head(std::size_t end) {
  head_.clear();
  head_read_ = 0;
  std::string_view rest = std::string_view(received_).substr(0, end);
  while (!rest.empty()) {
    const std::size_t length = rest.find("\r\n") + 2;
    if (!is_left_out(rest.substr(0, length))) head_ += rest.substr(0, length);
    if (lower_case(rest.substr(0, 11)) == "expect: 100") {
      static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
      write(kGoOn.data(), kGoOn.size());
    }
    rest.remove_prefix(length);
  }
  received_.erase(0, end);
  body_until_ = Clock::now() + limits_.body_time;
}

ssize_t Connection::read_body(char* to, std::size_t size) {
  if (received_.empty() && size > 0) {
    const auto until = std::min(body_until_, Clock::now() + limits_.silence);
    if (!wait(POLLIN, until)) return -1;
    return ::recv(socket_, to, size, 0);
  }
  const std::size_t length = std::min(size, received_.size());
  std::copy_n(received_.begin(), length, to);
  received_.erase(0, length);
  return static_cast<ssize_t>(length);
}

ssize_t Connection::read(char* to, std::size_t size) {
  const std::size_t length = std::min(size, head_.size() - head_read_);
  std::copy_n(head_.begin() + static_cast<std::ptrdiff_t>(head_read_), length, to);
  head_read_ += length;
  return static_cast<ssize_t>(length);
}

ssize_t Connection::write(const char* from, std::size_t size) {
  const auto until = Clock::now() + limits_.silence;
  std::size_t done = 0;
  while (done < size) {
    const ssize_t sent = ::send(socket_, from + done, size - done, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      done += static_cast<std::size_t>(sent);
    } else if ((errno != EAGAIN && errno != EINTR) || !wait(POLLOUT, until)) {
      return -1;
    }
  }
  return static_cast<ssize_t>(size);
}

bool Connection::is_readable() const { return head_read_ < head_.size(); }

bool Connection::is_writable() const {
  char next = 0;
  const ssize_t got = ::recv(socket_, &next, 1, MSG_PEEK | MSG_DONTWAIT);
  return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip = "127.0.0.1";
  port = 0;
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  get_remote_ip_and_port(ip, port);
}

bool Connection::wait(short events, Clock::time_point until) const {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    if (left.count() < 0 || stop_) return false;
    pollfd entry{.fd = socket_, .events = events, .revents = 0};
    const auto slice = std::min<std::int64_t>(left.count() + 1, kLook.count());
    if (::poll(&entry, 1, static_cast<int>(slice)) > 0) return true;
  }
}

/// Adds what the client sent to received_; false where nothing comes.
bool Connection::receive(Clock::time_point until) {
  if (!wait(POLLIN, until)) return false;
  std::array<char, 4096> piece{};
  const ssize_t got = ::recv(socket_, piece.data(), piece.size(), MSG_DONTWAIT);
  if (got <= 0) return false;
  received_.append(piece.data(), static_cast<std::size_t>(got));
  return true;
}

}  // namespace ocrtune::server
