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

/// Longest bodies that are taken, bytes.
inline constexpr std::uint64_t kMostJsonBytes = 1U << 20U;
inline constexpr std::uint64_t kMostUploadBytes = 64U << 20U;

/// Gives a file of the page, or nothing where it has none of that path ("/", "/app.js").
using PageFiles = std::function<std::optional<Response>(std::string_view path)>;

/// Answers requests: lets in what may come in, reads the body that the route takes, and turns
/// errors into answers. Thread-safe.
class Dispatcher {
 public:
  /// `router` outlives this. Uploads are put into `upload_folder` while they come in.
  Dispatcher(const Router& router, RequestGuard guard, PageFiles page,
             std::filesystem::path upload_folder);

  /// Never throws. `target` is the address as it was asked for, from its first '/' on; `body` is
  /// called at most once, and only where the rest of the request is right.
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
