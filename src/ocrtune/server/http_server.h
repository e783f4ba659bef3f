#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "ocrtune/server/dispatcher.h"
#include "ocrtune/server/router.h"
#include "ocrtune/server/server_limits.h"

namespace ocrtune::server {

/// The port that is tried where none is asked for.
inline constexpr int kUsualPort = 8421;

/// The HTTP server, reachable from this machine only.
class HttpServer {
 public:
  /// Binds 127.0.0.1 at `port`, or, where none is given, at kUsualPort or any free one. Throws
  /// Error(invalid_argument) where the port is taken. `router` and `stop` outlive this.
  HttpServer(const Router& router, PageFiles page, const std::filesystem::path& upload_folder,
             std::optional<int> port, const std::atomic<bool>& stop,
             const ServerLimits& limits = {});
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// "http://127.0.0.1:8421/?token=…", which lets a browser in.
  [[nodiscard]] std::string address() const;

  /// Answers until `stop` becomes true; what is being answered then is finished.
  void run();

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace ocrtune::server
