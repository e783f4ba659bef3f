#include "ocrtune/server/http_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/temp_folder.h"

namespace ocrtune::server {
namespace {

/// A connection to a server on this machine.
class Client {
 public:
  explicit Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{.tv_sec = 30, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(const std::string& text) const {
    EXPECT_EQ(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
  }

  /// Waits until the answer has `text`; everything that came.
  [[nodiscard]] std::string until(const std::string& text) const {
    std::string got;
    char piece[4096];
    while (got.find(text) == std::string::npos) {
      const ssize_t size = ::recv(socket_, piece, sizeof piece, 0);
      if (size <= 0) break;
      got.append(piece, static_cast<std::size_t>(size));
    }
    return got;
  }

 private:
  int socket_;
};

/// A server with an address that answers, one that fails, and a stream of events.
class HttpServerTest : public ::testing::Test {
 protected:
  HttpServerTest() {
    router.add("GET", "/api/hello", [](const Request&) { return json_response({{"hello", 1}}); });
    router.add("GET", "/api/bug",
               [](const Request&) -> Response { throw std::runtime_error("inner secret"); });
    router.add_json("POST", "/api/echo",
                    [](const Request& request) { return json_response(request.json); });
    router.add("GET", "/api/events", [this](const Request&) {
      return Response{.events = [this, told = false](std::string& piece,
                                                     std::chrono::milliseconds wait) mutable {
        if (!told) piece = "event: first\n\n";
        if (told) std::this_thread::sleep_for(wait);
        told = true;
        return !stop;
      }};
    });
    server.emplace(
        router, [](std::string_view) { return std::nullopt; }, folder.path(), 0, stop);
    const std::string address = server->address();
    port = std::stoi(address.substr(address.find(':', 7) + 1));
    token = address.substr(address.find('=') + 1);
    thread = std::jthread([this] { server->run(); });
  }
  ~HttpServerTest() override { stop = true; }

  [[nodiscard]] std::string head(const std::string& first_line) const {
    return fmt::format(
        "{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n"
        "Content-Type: application/json\r\n",
        first_line, port, token);
  }

  std::atomic<bool> stop{false};
  test::TempFolder folder;
  Router router;
  std::optional<HttpServer> server;
  int port = 0;
  std::string token;
  std::jthread thread;
};

TEST_F(HttpServerTest, AnswersSeveralRequestsOfAConnection) {
  const Client client(port);
  for (int i = 0; i < 20; ++i) {
    client.send(head("GET /api/hello") + "\r\n");
    EXPECT_NE(client.until("{\"hello\":1}").find("200"), std::string::npos);
  }
  client.send(head("POST /api/echo") + "Content-Length: 5\r\n\r\n[1,2]" + head("GET /api/hello") +
              "\r\n");
  EXPECT_NE(client.until("{\"hello\":1}").find("[1,2]"), std::string::npos);
}

TEST_F(HttpServerTest, TellsNothingOfTheInside) {
  const Client client(port);
  client.send(head("GET /api/bug") + "\r\n");
  const std::string answer = client.until("}");
  EXPECT_NE(answer.find("500"), std::string::npos);
  EXPECT_EQ(answer.find("secret"), std::string::npos);
}

TEST_F(HttpServerTest, EventStreamsAreBoundedAndLeaveRoomForRequests) {
  std::vector<std::unique_ptr<Client>> streams;
  for (std::size_t i = 0; i < kMostEventStreams; ++i) {
    streams.push_back(std::make_unique<Client>(port));
    streams.back()->send(head("GET /api/events") + "\r\n");
    ASSERT_NE(streams.back()->until("event: first").find("200 OK"), std::string::npos) << i;
  }
  for (int i = 0; i < 168; ++i) {
    const Client further(port);
    further.send(head("GET /api/events") + "\r\n");
    ASSERT_NE(further.until("}").find("503"), std::string::npos) << i;
  }
  const Client request(port);
  request.send(head("GET /api/hello") + "\r\n");
  EXPECT_NE(request.until("{\"hello\":1}").find("200"), std::string::npos);
}

TEST_F(HttpServerTest, AStreamThatIsLeftMakesRoom) {
  for (std::size_t i = 0; i < 3 * kMostEventStreams; ++i) {
    for (int attempt = 0;; ++attempt) {
      const Client stream(port);
      stream.send(head("GET /api/events") + "\r\n");
      // It is noticed within a moment that the one before has gone.
      if (stream.until("\n\n").find("200 OK") != std::string::npos) break;
      ASSERT_LT(attempt, 200) << i;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
}

}  // namespace
}  // namespace ocrtune::server
