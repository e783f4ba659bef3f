#include "ocrtune/server/http_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
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

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

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

  /// False where the server has closed.
  [[nodiscard]] bool try_send(const std::string& text) const {
    return ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) > 0;
  }

  /// Sends nothing more.
  void finish() const { ::shutdown(socket_, SHUT_WR); }

  /// Waits until the answer has `text`; everything that came.
  [[nodiscard]] std::string until(const std::string& text) const {
    std::string got;
    while (got.find(text) == std::string::npos && receive(got)) {
    }
    return got;
  }

  /// Waits until the server closes; everything that came.
  [[nodiscard]] std::string rest() const {
    std::string got;
    while (receive(got)) {
    }
    return got;
  }

 private:
  [[nodiscard]] bool receive(std::string& got) const {
    char piece[4096];
    const ssize_t size = ::recv(socket_, piece, sizeof piece, 0);
    if (size > 0) got.append(piece, static_cast<std::size_t>(size));
    return size > 0;
  }

  int socket_;
};

/// The status of the first answer in `text`, 0 where there is none.
int status_in(const std::string& text) {
  return text.starts_with("HTTP/1.1 ") ? std::stoi(text.substr(9)) : 0;
}

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
      return Response{.events = [this, told = false](std::string& piece) mutable {
        if (!told) piece = "event: first\n\n";
        told = true;
        return !stop;
      }};
    });
    router.add("GET", "/api/made", [this](const Request&) {
      return Response{.type = "text/plain", .body = "", .maker = [this](const TextSink& sink) {
                        for (int i = 0; i < kPieces; ++i) sink(std::string(1000, 'x'));
                        while (waits && !stop) std::this_thread::sleep_for(milliseconds(1));
                      }};
    });
    router.add("GET", "/api/broken", [](const Request&) {
      return Response{.body = "", .maker = [](const TextSink& sink) {
                        sink(std::string(200'000, 'x'));
                        throw std::runtime_error("inner secret");
                      }};
    });
    router.add("GET", "/api/slow", [](const Request&) {
      std::this_thread::sleep_for(milliseconds(500));
      return json_response({{"slow", 1}});
    });
    router.add_file("PUT", "/api/file", [](const Request& request) {
      return json_response({{"size", std::filesystem::file_size(request.upload)}});
    });
    start({});
  }

  /// Starts the server, anew where there is one.
  void start(const ServerLimits& limits) {
    end();
    stop = false;
    server.emplace(
        router, [](std::string_view) { return std::nullopt; }, folder.path(), 0, stop, limits);
    const std::string address = server->address();
    port = std::stoi(address.substr(address.find(':', 7) + 1));
    token = address.substr(address.find('=') + 1);
    thread = std::jthread([this] { server->run(); });
  }
  ~HttpServerTest() override { end(); }

  void end() {
    stop = true;
    if (thread.joinable()) thread.join();
  }

  [[nodiscard]] std::string head(const std::string& first_line) const {
    return fmt::format(
        "{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n"
        "Content-Type: application/json\r\n",
        first_line, port, token);
  }

  /// The status that a request to /api/echo gets, whose client then sends nothing more.
  [[nodiscard]] int status_of(const std::string& headers, const std::string& body) const {
    const Client client(port);
    client.send(head("POST /api/echo") + headers + "\r\n" + body);
    client.finish();
    return status_in(client.rest());
  }

  static constexpr int kPieces = 1000;
  std::atomic<bool> stop{false};
  std::atomic<bool> waits{false};
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

TEST_F(HttpServerTest, EventStreamsAreWhatBrowsersTakeForSuch) {
  const Client client(port);
  client.send(head("GET /api/events") + "\r\n");
  const std::string answer = client.until("event: first\n\n");
  EXPECT_EQ(status_in(answer), 200);
  EXPECT_NE(answer.find("\r\nContent-Type: text/event-stream\r\n"), std::string::npos) << answer;
  EXPECT_NE(answer.find("\r\nCache-Control: no-store\r\n"), std::string::npos);
}

TEST_F(HttpServerTest, EventStreamsAreBoundedAndLeaveRoomForRequests) {
  std::vector<std::unique_ptr<Client>> streams;
  for (std::size_t i = 0; i < ServerLimits().event_streams; ++i) {
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
  for (std::size_t i = 0; i < 3 * ServerLimits().event_streams; ++i) {
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

TEST_F(HttpServerTest, ABodyIsWrittenWhileItIsMade) {
  const Client client(port);
  client.send(head("GET /api/made") + "\r\n");
  const std::string answer = client.rest();
  EXPECT_EQ(status_in(answer), 200);
  EXPECT_NE(answer.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(std::ranges::count(answer.substr(answer.find("\r\n\r\n")), 'x'), 1000 * kPieces);
  EXPECT_TRUE(answer.ends_with("\r\n0\r\n\r\n"));
}

TEST_F(HttpServerTest, AMadeBodyThatFailsHasNoEnd) {
  const Client client(port);
  client.send(head("GET /api/broken") + "\r\n");
  const std::string answer = client.rest();
  EXPECT_EQ(status_in(answer), 200);
  EXPECT_FALSE(answer.ends_with("\r\n0\r\n\r\n"));
  EXPECT_EQ(answer.find("secret"), std::string::npos);
}

TEST_F(HttpServerTest, MadeBodiesAreBoundedAndLeaveRoomForRequests) {
  waits = true;
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < ServerLimits().made_bodies; ++i) {
    clients.push_back(std::make_unique<Client>(port));
    clients.back()->send(head("GET /api/made") + "\r\n");
    ASSERT_NE(clients.back()->until("xxx").find("200 OK"), std::string::npos) << i;
  }
  const Client further(port);
  further.send(head("GET /api/made") + "\r\n");
  EXPECT_EQ(status_in(further.rest()), 503);
  const Client request(port);
  request.send(head("GET /api/hello") + "\r\n");
  EXPECT_NE(request.until("{\"hello\":1}").find("200"), std::string::npos);
  // Those that leave make room.
  clients.clear();
  waits = false;
  for (int attempt = 0;; ++attempt) {
    const Client next(port);
    next.send(head("GET /api/made") + "\r\n");
    if (status_in(next.rest()) == 200) break;
    ASSERT_LT(attempt, 200);
    std::this_thread::sleep_for(milliseconds(50));
  }
}

TEST_F(HttpServerTest, HeadIsAnsweredWithoutABody) {
  const Client client(port);
  client.send(head("HEAD /api/hello") + "Connection: close\r\n\r\n");
  const std::string answer = client.rest();
  EXPECT_EQ(status_in(answer), 200);
  EXPECT_NE(answer.find("Content-Length: 11\r\n"), std::string::npos) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(HttpServerTest, HeadsAreBoundedAndChecked) {
  const auto status = [&](const std::string& text) {
    const Client client(port);
    client.send(text);
    client.finish();
    return status_in(client.rest());
  };
  EXPECT_EQ(status(head("GET /api/hello") + "X: " + std::string(15'000, 'x') + "\r\n\r\n"), 200);
  EXPECT_EQ(status(head("GET /api/hello") + "X: " + std::string(17'000, 'x') + "\r\n\r\n"), 431);
  EXPECT_EQ(status(std::string(100'000, 'x')), 431);
  EXPECT_EQ(status("GET / HTTP/9.9\r\n\r\n"), 400);
  EXPECT_EQ(status(std::string(10, '\0') + "\r\n\r\n"), 400);
  EXPECT_EQ(status(head("GET /api/hello") + "Host: other\r\n\r\n"), 400);
  EXPECT_EQ(status(head("GET /api/hello") + "Content-Encoding: gzip\r\n\r\n"), 415);
}

TEST_F(HttpServerTest, ALongBodyIsRefusedUnsent) {
  const Client client(port);
  client.send(head("POST /api/echo") + "Content-Length: 1048577\r\n\r\n");
  EXPECT_EQ(status_in(client.rest()), 413);
}

TEST_F(HttpServerTest, ALongBodyInChunksEndsAtTheLimit) {
  const Client client(port);
  client.send(head("POST /api/echo") + "Transfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
  for (int i = 0; i < 16; ++i) client.send(chunk);
  client.send("1\r\n");
  EXPECT_EQ(status_in(client.rest()), 413);
}

TEST_F(HttpServerTest, MalformedBodiesAreRefused) {
  EXPECT_EQ(status_of("Content-Length: x\r\n", ""), 400);
  EXPECT_EQ(status_of("Content-Length: -1\r\n", ""), 400);
  EXPECT_EQ(status_of("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
  EXPECT_EQ(status_of("Transfer-Encoding: gzip\r\n", "0\r\n\r\n"), 400);
  EXPECT_EQ(status_of("Content-Length: 9\r\n", "short"), 400);
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  EXPECT_EQ(status_of(chunked, "4\r\nnull\r\n0\r\n\r\n"), 200);
  EXPECT_EQ(status_of(chunked, "\r\n"), 400);
  EXPECT_EQ(status_of(chunked, "-1\r\nx\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(status_of(chunked, "2\r\nabc\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(status_of(chunked, "4\r\nnull\r\n"), 400);
  EXPECT_EQ(status_of(chunked, "ffffffffffffffff\r\n"), 413);
  EXPECT_EQ(status_of(chunked, "10000000000000000\r\n"), 400);
  EXPECT_EQ(status_of(chunked, std::string(100'000, '0')), 400);
}

TEST_F(HttpServerTest, UploadsAreKeptWholeAndDeleted) {
  const Client client(port);
  const std::string text(3'000'000, 'x');
  std::string request =
      head("PUT /api/file") + fmt::format("Content-Length: {}\r\n\r\n", text.size());
  request.replace(request.find("application/json"), 16, "application/octet-stream");
  client.send(request + text);
  EXPECT_NE(client.until("}").find("{\"size\":3000000}"), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(HttpServerTest, ABodyIsAskedForWhereItIsWanted) {
  const std::string expects = "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n";
  const Client client(port);
  client.send(head("POST /api/echo") + expects);
  EXPECT_EQ(client.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("[17]");
  EXPECT_EQ(status_in(client.until("[17]")), 200);
  const Client stranger(port);
  token = std::string(32, '0');
  stranger.send(head("POST /api/echo") + expects);
  EXPECT_EQ(status_in(stranger.rest()), 401);
}

TEST_F(HttpServerTest, ABodyIsTheSameHoweverItIsCutIntoChunksAndPackets) {
  EXPECT_TRUE(rc::check([&] {
    const auto text = *rc::gen::container<std::string>(rc::gen::inRange('a', 'z'));
    const std::string whole = "\"" + text + "\"";
    std::string request = head("POST /api/echo") + "Transfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < whole.size();) {
      const auto size = *rc::gen::inRange<std::size_t>(1, whole.size() - at + 1);
      request += fmt::format("{:x};name=value\r\n{}\r\n", size, whole.substr(at, size));
      at += size;
    }
    request += "0\r\nTrailer: x\r\n\r\n";
    const Client client(port);
    for (std::size_t at = 0; at < request.size();) {
      const auto size = *rc::gen::inRange<std::size_t>(1, request.size());
      client.send(request.substr(at, size));
      at += size;
    }
    RC_ASSERT(client.until(whole).ends_with("\r\n\r\n" + whole));
  }));
}

TEST_F(HttpServerTest, AnythingIsTakenOrRefused) {
  EXPECT_TRUE(rc::check([&](const std::string& text, bool chunked) {
    const int status = status_of(chunked ? "Transfer-Encoding: chunked\r\n"
                                         : fmt::format("Content-Length: {}\r\n", text.size()),
                                 text);
    RC_ASSERT(status == 200 || status == 400 || status == 413);
    const Client client(port);
    client.send(text);
    client.finish();
    const int other = status_in(client.rest());
    RC_ASSERT(other == 0 || other == 400);
  }));
}

/// How long `client` was kept, milliseconds.
std::int64_t kept(const Client& client, Clock::time_point since) {
  (void)client.rest();
  return std::chrono::duration_cast<milliseconds>(Clock::now() - since).count();
}

TEST_F(HttpServerTest, SlowAndSilentClientsAreEnded) {
  start({.idle_time = milliseconds(300),
         .head_time = milliseconds(400),
         .silence = milliseconds(500),
         .body_time = milliseconds(900)});
  const auto began = Clock::now();
  const Client idle(port);
  const Client half_a_head(port);
  half_a_head.send("GET / HTTP/1.1\r\nHo");
  const Client no_body(port);
  no_body.send(head("POST /api/echo") + "Content-Length: 9\r\n\r\n");
  const Client dripping(port);
  dripping.send(head("POST /api/echo") + "Content-Length: 1000\r\n\r\n");
  std::jthread drips([&](const std::stop_token& ended) {
    while (!ended.stop_requested()) {
      ::usleep(50'000);
      if (!dripping.try_send("x")) break;
    }
  });
  const Client other(port);
  other.send(head("GET /api/hello") + "Connection: close\r\n\r\n");
  EXPECT_EQ(status_in(other.rest()), 200);
  EXPECT_GE(kept(idle, began), 290);
  EXPECT_GE(kept(half_a_head, began), 390);
  EXPECT_GE(kept(no_body, began), 490);
  EXPECT_GE(kept(dripping, began), 850);
  EXPECT_LT(kept(dripping, began), 10'000);
}

TEST_F(HttpServerTest, ACrowdOfSlowClientsLeavesRoom) {
  start({.connections = 8, .crowded_time = milliseconds(100)});
  std::vector<std::unique_ptr<Client>> crowd;
  for (int i = 0; i < 100; ++i) {
    crowd.push_back(std::make_unique<Client>(port));
    if (i % 2 == 0) crowd.back()->send("GET / HT");
  }
  const auto began = Clock::now();
  const Client client(port);
  client.send(head("GET /api/hello") + "\r\n");
  EXPECT_EQ(status_in(client.until("{\"hello\":1}")), 200);
  EXPECT_LT(Clock::now() - began, std::chrono::seconds(9))
      << "waited for those of an uncrowded time";
}

TEST_F(HttpServerTest, EndsAtOnceButAnswersWhatItHasBegun) {
  const Client idle(port);
  const Client half_a_head(port);
  half_a_head.send("GET / HTTP/1.1\r\nHo");
  const Client no_body(port);
  no_body.send(head("POST /api/echo") + "Content-Length: 9\r\n\r\n");
  const Client stream(port);
  stream.send(head("GET /api/events") + "\r\n");
  EXPECT_EQ(status_in(stream.until("event: first")), 200);
  const Client slow(port);
  slow.send(head("GET /api/slow") + "\r\n");
  ::usleep(200'000);
  const auto began = Clock::now();
  end();
  EXPECT_LT(Clock::now() - began, std::chrono::seconds(4));
  EXPECT_EQ(status_in(slow.rest()), 200);
  EXPECT_TRUE(stream.rest().ends_with("0\r\n\r\n"));
}

}  // namespace
}  // namespace ocrtune::server
