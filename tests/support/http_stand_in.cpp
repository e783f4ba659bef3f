#include "support/http_stand_in.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace ocrtune::test {
namespace {

constexpr int kLookMilliseconds = 20;
constexpr int kLongestLooks = 500;

/// A socket that is bound to a free port of 127.0.0.1.
std::pair<int, int> bound_socket() {
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (made < 0 || ::bind(made, any, size) != 0 || ::getsockname(made, any, &size) != 0)
    throw std::runtime_error("no socket");
  return {made, ntohs(address.sin_port)};
}

bool has_news(int descriptor) {
  pollfd wanted{.fd = descriptor, .events = POLLIN, .revents = 0};
  return ::poll(&wanted, 1, kLookMilliseconds) > 0;
}

}  // namespace

HttpStandIn::HttpStandIn(std::function<Answer(const std::string&, int)> answer)
    : answer_(std::move(answer)) {
  std::tie(listener_, port_) = bound_socket();
  if (::listen(listener_, 16) != 0) throw std::runtime_error("no listener");
  thread_ = std::thread([this] { run(); });
}

HttpStandIn::~HttpStandIn() {
  ends_ = true;
  thread_.join();
  ::close(listener_);
}

std::string HttpStandIn::url(std::string_view path) const {
  return fmt::format("http://127.0.0.1:{}{}", port_, path);
}

std::vector<std::string> HttpStandIn::requests() const {
  const std::scoped_lock lock(mutex_);
  return requests_;
}

void HttpStandIn::run() {
  while (!ends_) {
    if (!has_news(listener_)) continue;
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    answer(connection);
    ::close(connection);
  }
}

void HttpStandIn::answer(int connection) {
  std::string head;
  std::array<char, 4096> part{};
  while (head.find("\r\n\r\n") == std::string::npos) {
    const ssize_t got = ::recv(connection, part.data(), part.size(), 0);
    if (got <= 0) return;
    head.append(part.data(), static_cast<std::size_t>(got));
  }
  const std::size_t begin = head.find(' ') + 1;
  const std::string path = head.substr(begin, head.find(' ', begin) - begin);
  int before = 0;
  {
    const std::scoped_lock lock(mutex_);
    before = static_cast<int>(requests_.size());
    requests_.push_back(head);
  }
  const Answer answer = answer_(path, before);
  std::string_view left = answer.bytes;
  while (!left.empty()) {
    const ssize_t sent = ::send(connection, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
  for (int looks = 0; answer.stays_open && !ends_ && looks < kLongestLooks; ++looks) {
    if (has_news(connection) && ::recv(connection, part.data(), part.size(), 0) <= 0) return;
  }
}

HttpStandIn::Answer http_answer(std::string_view status, std::string_view content,
                                std::string_view headers) {
  return {fmt::format("HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: {}\r\n{}\r\n{}", status,
                      content.size(), headers, content)};
}

int closed_port() {
  const auto [made, port] = bound_socket();
  ::close(made);
  return port;
}

}  // namespace ocrtune::test
