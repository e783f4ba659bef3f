#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/server/request_guard.h"
#include "ocrtune/server/router.h"

namespace ocrtune::server {

/// Maximum sizes of request bodies, in bytes.
inline constexpr std::uint64_t kMaxJsonBytes = 1U << 20U;
inline constexpr std::uint64_t kMaxUploadBytes = 64U << 20U;

/// Returns a file of the web interface, or nothing if there is none with that path ("/",
/// "/app.js").
using PageFiles = std::function<std::optional<Response>(std::string_view path)>;

/// Handles requests: checks access, reads the body that the route accepts, and turns errors into
/// responses. Thread-safe.
class Dispatcher {
 public:
  /// `router` must outlive this. Uploads are stored in `upload_folder` while they are received.
  Dispatcher(const Router& router, RequestGuard guard, PageFiles page,
             std::filesystem::path upload_folder);

  /// Never throws. `target` is the requested address from its first '/' on; `body` is called at
  /// most once, and only if the rest of the request is valid.
  [[nodiscard]] Response answer(const RequestHead& head, const std::string& target,
                                const BodyReader& body) const;

  [[nodiscard]] const RequestGuard& guard() const { return guard_; }

 private:
  [[nodiscard]] Response routed(const RequestHead& head, const std::string& target,
                                const BodyReader& body) const;
  [[nodiscard]] Response page(const RequestHead& head, std::string_view path,
                              const Request& request) const;

  const Router& router_;
  RequestGuard guard_;
  PageFiles page_;
  std::filesystem::path upload_folder_;
};

}  // namespace ocrtune::server
