#include "ocrtune/server/http_server.h"

#include <fmt/format.h>
#include <httplib.h>

#include <chrono>
#include <thread>
#include <utility>

#include "ocrtune/server/connection.h"
#include "ocrtune/server/worker_threads.h"

namespace ocrtune::server {
namespace {

/// Connections that wait for a thread; further ones wait in the system's queue.
constexpr std::size_t kWaitingConnections = 64;

/// How long an event source waits before it is looked whether the client is still there.
constexpr std::chrono::milliseconds kEventWait{250};

/// The connection whose request this thread answers; httplib's handlers aren't told.
thread_local Connection* current = nullptr;

const httplib::Headers& security_headers() {
  static const httplib::Headers kHeaders{
      {"Content-Security-Policy",
       "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
       "form-action 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
  };
  return kHeaders;
}

/// httplib's threads: ours.
class Threads : public httplib::TaskQueue {
 public:
  Threads() : workers_(kRequestThreads + kMostEventStreams, kWaitingConnections) {}
  void enqueue(std::function<void()> task) override { workers_.add(std::move(task)); }
  void shutdown() override { workers_.finish(); }
  [[nodiscard]] bool crowded() const { return workers_.crowded(); }

 private:
  WorkerThreads workers_;
};

RequestHead head_of(const httplib::Request& request) {
  return {.method = request.method,
          .host = request.get_header_value("Host"),
          .origin = request.get_header_value("Origin"),
          .has_origin = request.has_header("Origin"),
          .authorization = request.get_header_value("Authorization"),
          .cookie = request.get_header_value("Cookie"),
          .content_type = request.get_header_value("Content-Type"),
          .has_requested_with = request.has_header("X-Requested-With")};
}

void check_single(const httplib::Request& request) {
  for (const char* name :
       {"Host", "Origin", "Authorization", "Content-Length", "Content-Type", "Transfer-Encoding"}) {
    if (request.get_header_value_count(name) <= 1) continue;
    throw HttpError(400, fmt::format("the header {} is given twice", name));
  }
  if (request.has_header("Content-Encoding")) {
    throw HttpError(415, "bodies mustn't be compressed");
  }
}

}  // namespace

class HttpServer::Core : public httplib::Server {
 public:
  Core(const Router& router, PageFiles page, const std::filesystem::path& upload_folder,
       std::optional<int> port, const std::atomic<bool>& stop)
      : port_(bind(port)),
        token_(random_token()),
        dispatcher_(router, RequestGuard(token_, port_), std::move(page), upload_folder),
        stop_(stop) {
    new_task_queue = [this] {
      // httplib deletes it when it has ended.
      threads_ = new Threads;
      return threads_;
    };
    set_default_headers(security_headers());
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      answer(request, response);
      return HandlerResponse::Handled;
    });
  }

  [[nodiscard]] std::string address() const {
    return fmt::format("http://127.0.0.1:{}/?token={}", port_, token_);
  }

  /// Ends listening once `stop` became true; returns where `ended` says that it is over.
  void stop_when_asked(const std::stop_token& ended) {
    while (!ended.stop_requested()) {
      std::this_thread::sleep_for(kEventWait);
      // Asked a second time httplib would abort.
      if (stop_ && is_running()) return stop();
    }
  }

 private:
  /// The port that was bound.
  int bind(std::optional<int> port) {
    // httplib's own options let a second server share the port.
    set_socket_options([](socket_t socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    constexpr const char* kHost = "127.0.0.1";
    const int wanted = port.value_or(kUsualPort);
    if (wanted != 0 && bind_to_port(kHost, wanted)) return wanted;
    const int any = port.value_or(0) == 0 ? bind_to_any_port(kHost) : -1;
    if (any > 0) return any;
    throw Error(ExitStatus::wrong_use,
                fmt::format("--port {}: is in use by another program; give another one", wanted));
  }

  bool process_and_close_socket(socket_t socket) override {
    Connection connection(socket, {}, stop_);
    current = &connection;
    while (!connection.closing()) {
      const auto head = connection.next_head([this] { return threads_->crowded(); });
      if (head == Connection::Head::too_large) {
        connection.close_after_this();
        connection.httplib::Stream::write(
            "HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      }
      if (head != Connection::Head::there) break;
      // Where httplib refuses a head by itself, what follows it is unknown.
      connection.close_after_this();
      bool closed = false;
      if (!process_request(connection, false, closed, nullptr) || closed) break;
    }
    current = nullptr;
    return true;
  }

  void answer(const httplib::Request& request, httplib::Response& to) {
    std::optional<IncomingBody> body;
    const auto open_body = [&]() -> IncomingBody& {
      body.emplace(request.get_header_value("Content-Length"),
                   request.get_header_value("Transfer-Encoding"),
                   [](char* into, std::size_t size) { return current->read_body(into, size); });
      return *body;
    };
    Response response;
    try {
      check_single(request);
      response = dispatcher_.answer(head_of(request), request.target, open_body);
    } catch (const HttpError& error) {
      response = error_response(error.http_status(), error.what());
    }
    const bool sends_body =
        request.has_header("Content-Length") || request.has_header("Transfer-Encoding");
    if (body ? body->complete() : !sends_body) {
      current->stay_open();
    } else {
      response.headers.emplace_back("Connection", "close");
    }
    give(std::move(response), to);
  }

  void give(Response response, httplib::Response& to) {
    if (response.events && ++streams_ > kMostEventStreams) {
      --streams_;
      response = error_response(503, "too many event streams are open");
      current->close_after_this();
      response.headers.emplace_back("Connection", "close");
    }
    to.status = response.status;
    for (const auto& [name, value] : response.headers) to.set_header(name, value);
    if (!to.has_header("Cache-Control")) to.set_header("Cache-Control", "no-store");
    if (!response.events) {
      to.set_content(response.body, response.type);
      return;
    }
    current->close_after_this();
    to.set_chunked_content_provider(
        "text/event-stream",
        [this, next = std::move(response.events)](std::size_t, httplib::DataSink& sink) {
          // Where nothing is written, nobody else notices that the client has gone.
          if (!current->is_writable()) return false;
          std::string piece;
          const bool more = !stop_ && next(piece, kEventWait);
          if (!piece.empty() && !sink.write(piece.data(), piece.size())) return false;
          if (!more) sink.done();
          return true;
        },
        [this](bool) { --streams_; });
  }

  int port_;
  std::string token_;
  Dispatcher dispatcher_;
  const std::atomic<bool>& stop_;
  std::atomic<std::size_t> streams_{0};
  Threads* threads_ = nullptr;
};

HttpServer::HttpServer(const Router& router, PageFiles page,
                       const std::filesystem::path& upload_folder, std::optional<int> port,
                       const std::atomic<bool>& stop)
    : core_(std::make_unique<Core>(router, std::move(page), upload_folder, port, stop)) {}

HttpServer::~HttpServer() = default;

std::string HttpServer::address() const { return core_->address(); }

void HttpServer::run() {
  std::jthread watcher([this](const std::stop_token& ended) { core_->stop_when_asked(ended); });
  core_->listen_after_bind();
}

}  // namespace ocrtune::server
