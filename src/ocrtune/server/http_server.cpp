#include "ocrtune/server/http_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <chrono>
#include <set>
#include <utility>

#include "ocrtune/base/translation.h"
#include "ocrtune/server/connection.h"

namespace ocrtune::server {
namespace asio = boost::asio;
namespace {

using asio::ip::tcp;
using boost::system::error_code;

/// Interval of checks whether the server must end, or a connection has closed.
constexpr std::chrono::milliseconds kLook{100};

}  // namespace

/// One thread does the I/O of all connections; a thread pool handles requests.
class HttpServer::Core {
 public:
  Core(const Router& router, PageFiles page, const std::filesystem::path& upload_folder,
       std::optional<int> port, const std::atomic<bool>& stop, const ServerLimits& limits,
       std::string token)
      : limits_(limits),
        acceptor_(io_),
        port_(bind(port)),
        token_(std::move(token)),
        dispatcher_(router, RequestGuard(token_, port_), std::move(page), upload_folder),
        workers_(limits.request_threads),
        context_{.dispatcher = dispatcher_, .workers = workers_, .stop = stop, .limits = limits_} {}

  ~Core() { workers_.join(); }
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  [[nodiscard]] std::string address() const {
    return fmt::format("http://127.0.0.1:{}/?token={}", port_, token_);
  }

  void run() {
    asio::co_spawn(io_, accept(), asio::detached);
    asio::co_spawn(io_, end_when_asked(), asio::detached);
    io_.run();
  }

 private:
  /// Returns the port that was bound.
  int bind(std::optional<int> port) {
    const int wanted = port.value_or(kUsualPort);
    if (listens_at(wanted) || (!port && listens_at(0))) return acceptor_.local_endpoint().port();
    throw Error(Errc::invalid_argument,
                tr("--port {}: is in use by another program; give another one", wanted));
  }

  bool listens_at(int port) {
    const tcp::endpoint place(asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port));
    error_code failure;
    acceptor_.close(failure);
    open_acceptor(place.protocol(), failure);
    if (!failure) acceptor_.set_option(tcp::acceptor::reuse_address(true), failure);
    if (!failure) acceptor_.bind(place, failure);
    if (!failure) acceptor_.listen(tcp::acceptor::max_listen_connections, failure);
    return !failure;
  }

  /// As acceptor_.open(), but a program that is started, such as a browser, does not get the
  /// socket: it would keep the port.
  void open_acceptor(const tcp& protocol, error_code& failure) {
    const int socket =
        ::socket(protocol.family(), protocol.type() | SOCK_CLOEXEC, protocol.protocol());
    if (socket < 0) {
      failure = error_code(errno, boost::system::generic_category());
      return;
    }
    acceptor_.assign(protocol, socket, failure);
    if (failure) ::close(socket);
  }

  asio::awaitable<void> accept() {
    asio::steady_timer pause(io_);
    while (!context_.stop) {
      error_code failure;
      if (open_.size() < limits_.connections) {
        tcp::socket socket(io_);
        co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, failure));
        if (!failure) {
          ::fcntl(socket.native_handle(), F_SETFD, FD_CLOEXEC);
          asio::co_spawn(io_, converse(std::move(socket)), asio::detached);
          continue;
        }
      }
      // Further connections wait in the system's queue.
      pause.expires_after(kLook);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, failure));
    }
  }

  asio::awaitable<void> converse(tcp::socket socket) {
    Connection connection(std::move(socket), context_);
    open_.insert(&connection);
    try {
      co_await connection.converse();
    } catch (const std::exception&) {
      // A failure of one connection, such as lack of memory, does not affect the others.
    }
    open_.erase(&connection);
  }

  asio::awaitable<void> end_when_asked() {
    asio::steady_timer pause(io_);
    error_code ignored;
    while (!context_.stop || !open_.empty()) {
      if (context_.stop) {
        acceptor_.close(ignored);
        for (Connection* connection : open_) connection->stop_reading();
      }
      pause.expires_after(kLook);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    acceptor_.close(ignored);
  }

  const ServerLimits limits_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  int port_;
  std::string token_;
  Dispatcher dispatcher_;
  asio::thread_pool workers_;
  ConnectionContext context_;
  std::set<Connection*> open_;
};

HttpServer::HttpServer(const Router& router, PageFiles page,
                       const std::filesystem::path& upload_folder, std::optional<int> port,
                       const std::atomic<bool>& stop, const ServerLimits& limits, std::string token)
    : core_(std::make_unique<Core>(router, std::move(page), upload_folder, port, stop, limits,
                                   std::move(token))) {}

HttpServer::~HttpServer() = default;

std::string HttpServer::address() const { return core_->address(); }

void HttpServer::run() { core_->run(); }

}  // namespace ocrtune::server
