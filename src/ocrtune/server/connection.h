#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "ocrtune/server/dispatcher.h"
#include "ocrtune/server/message.h"
#include "ocrtune/server/server_limits.h"

namespace ocrtune::server {

/// Shared state of a server's connections. `connections`, `streams` and `made` belong to the I/O
/// thread.
struct ConnectionContext {
  const Dispatcher& dispatcher;
  boost::asio::thread_pool& workers;  ///< threads that handle requests
  const std::atomic<bool>& stop;
  const ServerLimits& limits;
  std::size_t connections = 0;
  std::size_t streams = 0;  ///< number of event streams
  std::size_t made = 0;     ///< number of responses that are being made
};

/// A client's connection: reads requests one after another, has a worker handle each, and writes
/// the responses. Runs on the socket's executor, which must have a single thread. `context` must
/// outlive this.
class Connection {
 public:
  Connection(boost::asio::ip::tcp::socket socket, ConnectionContext& context);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Handles requests until the client or the server closes the connection, or the client is idle,
  /// too slow or sends an invalid request.
  boost::asio::awaitable<void> converse();

  /// Stops waiting for further data of the client.
  void stop_reading();

 private:
  using Clock = std::chrono::steady_clock;
  using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

  /// A part of a body, or the reason why there is none. Errors are not passed between threads as
  /// exceptions, because ThreadSanitizer cannot see the reference counts of exceptions.
  struct Piece {
    std::size_t size = 0;
    int status = 200;
    std::string problem;
  };

  boost::asio::awaitable<bool> read_head(Parser& parser);
  boost::asio::awaitable<Response> answer(Parser& parser);
  void read_body(Parser& parser, std::uint64_t limit,
                 const std::function<void(std::string_view)>& take);
  boost::asio::awaitable<Piece> read_piece(Parser& parser, char* to, std::size_t size,
                                           Clock::time_point until);
  boost::asio::awaitable<bool> write(Response response, unsigned version, bool head_only,
                                     bool keep_alive);
  boost::asio::awaitable<void> write_events(EventSource events);
  boost::asio::awaitable<void> write_made(BodyMaker maker);
  boost::asio::awaitable<boost::system::error_code> write_chunk(std::string_view piece);
  boost::asio::awaitable<void> write_last_chunk();
  boost::asio::awaitable<void> close();
  [[nodiscard]] bool client_is_there();

  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer received_;
  ConnectionContext& context_;
  bool ocr_result_ = false;
};

}  // namespace ocrtune::server
