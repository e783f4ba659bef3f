#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "ocrtune/base/random_digits.h"
#include "ocrtune/server/dispatcher.h"
#include "ocrtune/server/request_guard.h"
#include "ocrtune/server/router.h"
#include "ocrtune/server/server_limits.h"

namespace ocrtune::server {

/// The default port.
inline constexpr int kUsualPort = 8421;

/// The HTTP server, reachable only from this machine.
class HttpServer {
 public:
  /// Binds 127.0.0.1 at `port` or, if none is given, at kUsualPort or any free port. Throws
  /// Error(invalid_argument) if the port is in use. `router` and `stop` must outlive this. `token`
  /// is what requests need.
  HttpServer(const Router& router, PageFiles page, const std::filesystem::path& upload_folder,
             std::optional<int> port, const std::atomic<bool>& stop,
             const ServerLimits& limits = {}, std::string token = random_digits());
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// "http://127.0.0.1:8421/?token=…", which grants access to a browser.
  [[nodiscard]] std::string address() const;

  /// Handles requests until `stop` becomes true, and finishes those in progress.
  void run();

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace ocrtune::server
