#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace ocrtune::test {

/// An HTTP server on 127.0.0.1 that answers as a test wants it to, one connection after the other.
class HttpStandIn {
 public:
  struct Answer {
    std::string bytes;        ///< as they are sent, the head too
    bool stays_open = false;  ///< nothing follows, but the connection is closed by the client
  };

  /// `answer` gets the path of a request and the number of requests before it.
  explicit HttpStandIn(std::function<Answer(const std::string& path, int before)> answer);
  ~HttpStandIn();
  HttpStandIn(const HttpStandIn&) = delete;
  HttpStandIn& operator=(const HttpStandIn&) = delete;

  /// "http://127.0.0.1:PORT" and the path.
  [[nodiscard]] std::string url(std::string_view path) const;

  /// The heads of all requests so far.
  [[nodiscard]] std::vector<std::string> requests() const;

 private:
  void run();
  void answer(int connection);

  std::function<Answer(const std::string&, int)> answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ends_{false};
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

/// An answer with a status such as "200 OK", further header lines that end with CR LF, and a
/// content whose length is told.
HttpStandIn::Answer http_answer(std::string_view status, std::string_view content,
                                std::string_view headers = "");

/// A port on 127.0.0.1 at which nothing answers.
int closed_port();

}  // namespace ocrtune::test
