#pragma once

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace ocrtune::server {

/// What a connection may take. Bytes and seconds.
struct ConnectionLimits {
  std::size_t head_bytes = std::size_t{16} * 1024;
  std::chrono::milliseconds head_time{10'000};   ///< from its first byte to its last
  std::chrono::milliseconds idle_time{5'000};    ///< without a request
  std::chrono::milliseconds silence{10'000};     ///< within a body, and for writing
  std::chrono::milliseconds body_time{120'000};  ///< for a whole body
};

/// A client's connection, as httplib sees it. Heads of requests are read here, whole and bounded,
/// so that httplib's reading, which isn't, never meets the network. For one thread.
class Connection : public httplib::Stream {
 public:
  /// Takes the socket over. `stop` ends waiting.
  Connection(socket_t socket, const ConnectionLimits& limits, const std::atomic<bool>& stop);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  enum class Head { none, there, too_large };

  /// Waits for the head of the next request. None where the client is gone, silent or slow; while
  /// `crowded` says true it is waited for only shortly.
  Head next_head(const std::function<bool()>& crowded);

  /// Reads up to `size` bytes of the body: 0 where the client ended it, negative where it is
  /// silent or too slow.
  ssize_t read_body(char* to, std::size_t size);

  /// No further request is taken: its body wasn't read.
  void close_after_this() { closing_ = true; }
  /// All of the request was read: another one may follow.
  void stay_open() { closing_ = false; }
  [[nodiscard]] bool closing() const { return closing_; }

  [[nodiscard]] bool is_readable() const override;
  /// False once the client is gone.
  [[nodiscard]] bool is_writable() const override;
  /// The head only.
  ssize_t read(char* to, std::size_t size) override;
  ssize_t write(const char* from, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  [[nodiscard]] socket_t socket() const override { return socket_; }

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] bool wait(short events, Clock::time_point until) const;
  bool receive(Clock::time_point until);
  void take_head(std::size_t end);

  socket_t socket_;
  ConnectionLimits limits_;
  const std::atomic<bool>& stop_;
  std::string received_;  // of the body, or of the next head
  std::string head_;
  std::size_t head_read_ = 0;
  Clock::time_point body_until_{};
  bool closing_ = false;
};

}  // namespace ocrtune::server
