#include "ocrtune/server/connection.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http.hpp>
#include <limits>
#include <string>
#include <utility>

#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/server/request_head.h"

namespace ocrtune::server {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace {

using boost::system::error_code;

/// Maximum number of bytes read from a connection at once.
constexpr std::size_t kPiece = std::size_t{64} * 1024;

/// Interval at which an event stream checks for events and for its client.
constexpr std::chrono::milliseconds kLook{100};

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

constexpr std::array<std::pair<const char*, const char*>, 5> kSecurityHeaders{{
    {"Content-Security-Policy",
     "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
     "form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
}};

/// Makes a coroutine continue with `failure` set instead of throwing.
auto go_on(error_code& failure) { return asio::redirect_error(asio::use_awaitable, failure); }

[[noreturn]] void too_large(std::uint64_t limit) {
  throw HttpError(413, tr("the request body is too large; the limit is {}", human_size(limit)));
}

/// The status line and headers of a response, without those of its body.
template <class Message>
void fill(Message& message, const Response& response, bool keep_alive) {
  message.result(static_cast<unsigned>(response.status));
  for (const auto& [name, value] : kSecurityHeaders) message.set(name, value);
  message.set(http::field::content_type, response.events ? "text/event-stream" : response.type);
  message.set(http::field::cache_control, "no-store");
  for (const auto& [name, value] : response.headers) message.set(name, value);
  message.keep_alive(keep_alive);
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, ConnectionContext& context)
    : stream_(std::move(socket)), received_(kPiece), context_(context) {
  ++context_.connections;
  // Processes that the server starts must not inherit it.
  ::fcntl(stream_.socket().native_handle(), F_SETFD, FD_CLOEXEC);
  error_code ignored;
  stream_.socket().non_blocking(true, ignored);
}

Connection::~Connection() { --context_.connections; }

asio::awaitable<void> Connection::converse() {
  for (bool more = true; more && !context_.stop;) {
    Parser parser;
    if (!co_await read_head(parser)) break;
    const auto& request = parser.get();
    const unsigned version = request.version();
    const bool head_only = request.method() == http::verb::head;
    Response response = co_await answer(parser);
    if (response.events && context_.streams >= context_.limits.event_streams) {
      response = error_response(503, tr("too many event streams are open"));
    }
    if (response.maker && context_.made >= context_.limits.made_bodies)
      response = error_response(503, tr("too many files are being downloaded; try again later"));
    // After a body that was not read, the next bytes are not a request.
    more = parser.is_done() && request.keep_alive() && !response.events && !response.maker &&
           response.status != 503;
    more = co_await write(std::move(response), version, head_only, more);
  }
  co_await close();
}

void Connection::stop_reading() {
  if (ocr_result_) stream_.cancel();
}

/// False if there is none; an invalid one gets a response.
asio::awaitable<bool> Connection::read_head(Parser& parser) {
  const ServerLimits& limits = context_.limits;
  const bool crowded = context_.connections > limits.connections / 2;
  error_code failure;
  ocr_result_ = true;
  if (received_.size() == 0) {
    stream_.expires_after(crowded ? limits.crowded_time : limits.idle_time);
    const std::size_t size =
        co_await stream_.async_read_some(received_.prepare(kPiece / 16), go_on(failure));
    received_.commit(size);
  }
  if (!failure) {
    parser.header_limit(limits.head_bytes);
    // The body limit depends on the route, which is not known yet.
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());
    stream_.expires_after(crowded ? limits.crowded_time : limits.head_time);
    co_await http::async_read_header(stream_, received_, parser, go_on(failure));
  }
  ocr_result_ = false;
  if (!failure) co_return true;
  const bool large =
      failure == http::error::header_limit || failure == http::error::buffer_overflow;
  const bool wrong = failure.category() == make_error_code(http::error::bad_method).category() &&
                     failure != http::error::end_of_stream;
  if (large || wrong) {
    Response refusal = large ? error_response(431, tr("the request header is too large"))
                             : error_response(400, tr("not an HTTP/1.1 request"));
    co_await write(std::move(refusal), 11, false, false);
  }
  co_return false;
}

/// Runs the handler on a worker, which reads the body when it needs it.
asio::awaitable<Response> Connection::answer(Parser& parser) {
  const auto work = [this, &parser]() -> asio::awaitable<Response> {
    const auto& request = parser.get();
    try {
      check_single(request);
      co_return context_.dispatcher.answer(
          head_of(request), std::string(request.target()),
          [&](std::uint64_t limit, const std::function<void(std::string_view)>& take) {
            read_body(parser, limit, take);
          });
    } catch (const HttpError& error) {
      co_return error_response(error.http_status(), error.what());
    }
  };
  co_return co_await asio::co_spawn(context_.workers.get_executor(), work, asio::use_awaitable);
}

/// For a worker, while the coroutine waits for its response. Throws HttpError.
void Connection::read_body(Parser& parser, std::uint64_t limit,
                           const std::function<void(std::string_view)>& take) {
  if (parser.is_done()) return;
  if (const auto length = parser.content_length(); length && *length > limit) too_large(limit);
  parser.body_limit(limit);
  const auto until = Clock::now() + context_.limits.body_time;
  std::array<char, kPiece> piece{};
  std::uint64_t taken = 0;
  while (!parser.is_done()) {
    const Piece got =
        asio::co_spawn(stream_.get_executor(),
                       read_piece(parser, piece.data(), piece.size(), until), asio::use_future)
            .get();
    taken += got.size;
    if (taken > limit || got.status == 413) too_large(limit);
    if (got.status != 200) throw HttpError(got.status, got.problem);
    if (got.size > 0) take(std::string_view(piece.data(), got.size));
  }
}

asio::awaitable<Connection::Piece> Connection::read_piece(Parser& parser, char* to,
                                                          std::size_t size,
                                                          Clock::time_point until) {
  error_code failure;
  auto& request = parser.get();
  stream_.expires_at(std::min(until, Clock::now() + context_.limits.silence));
  if (beast::iequals(request[http::field::expect], "100-continue")) {
    request.erase(http::field::expect);
    co_await asio::async_write(stream_, asio::buffer(kContinue), go_on(failure));
  }
  request.body().data = to;
  request.body().size = size;
  ocr_result_ = true;
  if (!failure && !context_.stop) {
    co_await http::async_read_some(stream_, received_, parser, go_on(failure));
  }
  ocr_result_ = false;
  Piece piece;
  if (failure == http::error::body_limit) {
    piece = {.status = 413};
  } else if (failure == http::error::partial_message) {
    piece = {.size = 0, .status = 400, .problem = tr("the body ends early")};
  } else if (failure && failure != http::error::need_buffer) {
    piece = {.size = 0, .status = 400, .problem = tr("the body is malformed")};
  } else if (context_.stop) {
    piece = {.size = 0, .status = 503, .problem = tr("the server is shutting down")};
  } else {
    piece.size = size - request.body().size;
  }
  co_return piece;
}

/// False if the connection cannot be used any longer.
asio::awaitable<bool> Connection::write(Response response, unsigned version, bool head_only,
                                        bool keep_alive) {
  error_code failure;
  stream_.expires_after(context_.limits.write_time);
  if (response.events || response.maker) {
    http::response<http::empty_body> head;
    fill(head, response, false);
    head.version(version);
    head.chunked(true);
    http::response_serializer<http::empty_body> serializer(head);
    co_await http::async_write_header(stream_, serializer, go_on(failure));
    if (failure || head_only) co_return false;
    if (response.events) {
      co_await write_events(std::move(response.events));
    } else {
      co_await write_made(std::move(response.maker));
    }
    co_return false;
  }
  http::response<http::string_body> message;
  fill(message, response, keep_alive);
  message.version(version);
  message.body() = std::move(response.body);
  message.prepare_payload();
  http::response_serializer<http::string_body> serializer(message);
  if (head_only) {
    co_await http::async_write_header(stream_, serializer, go_on(failure));
  } else {
    co_await http::async_write(stream_, serializer, go_on(failure));
  }
  co_return keep_alive && !failure;
}

asio::awaitable<void> Connection::write_events(EventSource events) {
  ++context_.streams;
  error_code failure;
  asio::steady_timer pause(stream_.get_executor());
  bool more = true;
  while (more && !failure && !context_.stop && client_is_there()) {
    std::string piece;
    more = events(piece);
    if (!piece.empty()) {
      failure = co_await write_chunk(piece);
    } else if (more) {
      pause.expires_after(kLook);
      co_await pause.async_wait(go_on(failure));
    }
  }
  if (!failure) co_await write_last_chunk();
  --context_.streams;
}

/// A body that ends early has no last chunk, by which clients notice.
asio::awaitable<void> Connection::write_made(BodyMaker maker) {
  const auto work = [this, maker = std::move(maker)]() -> asio::awaitable<bool> {
    std::string waiting;
    const auto send = [&] {
      auto sent = asio::co_spawn(stream_.get_executor(), write_chunk(waiting), asio::use_future);
      if (sent.get() || context_.stop) throw HttpError(503, tr("the connection has ended"));
      waiting.clear();
    };
    try {
      maker([&](std::string_view piece) {
        waiting += piece;
        if (waiting.size() >= kPiece) send();
      });
      if (!waiting.empty()) send();
    } catch (const std::exception&) {
      co_return false;
    }
    co_return true;
  };
  ++context_.made;
  const bool whole =
      co_await asio::co_spawn(context_.workers.get_executor(), work, asio::use_awaitable);
  --context_.made;
  if (whole) co_await write_last_chunk();
}

asio::awaitable<error_code> Connection::write_chunk(std::string_view piece) {
  error_code failure;
  stream_.expires_after(context_.limits.write_time);
  const auto chunk = http::make_chunk(asio::buffer(piece));
  co_await asio::async_write(stream_, chunk, go_on(failure));
  co_return failure;
}

asio::awaitable<void> Connection::write_last_chunk() {
  error_code ignored;
  stream_.expires_after(context_.limits.write_time);
  co_await asio::async_write(stream_, http::make_chunk_last(), go_on(ignored));
}

/// Reads what the client still sends for a moment: closing at once would make the system discard
/// the response that is being sent.
asio::awaitable<void> Connection::close() {
  error_code failure;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, failure);
  stream_.expires_after(kLook);
  std::array<char, kPiece> rest{};
  for (int i = 0; i < 16 && !failure && !context_.stop; ++i) {
    co_await stream_.async_read_some(asio::buffer(rest), go_on(failure));
  }
}

bool Connection::client_is_there() {
  char next = 0;
  error_code failure;
  stream_.socket().receive(asio::buffer(&next, 1), asio::ip::tcp::socket::message_peek, failure);
  return !failure || failure == asio::error::would_block || failure == asio::error::try_again;
}

}  // namespace ocrtune::server
