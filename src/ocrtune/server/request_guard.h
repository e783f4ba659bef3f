#pragma once

#include <string>
#include <string_view>

#include "ocrtune/server/router.h"

namespace ocrtune::server {

/// The headers that decide on the access of a request; empty if missing.
struct RequestHead {
  std::string method;
  std::string host;
  std::string origin;
  bool has_origin = false;
  std::string authorization;
  std::string cookie;
  std::string content_type;
  std::string accept_language;
  bool has_requested_with = false;  ///< X-Requested-With, with any value
};

/// Admits only requests of the web interface or of clients with the token. Const use is
/// thread-safe.
class RequestGuard {
 public:
  RequestGuard(std::string token, int port);

  /// Throws HttpError(403) if Host or Origin is not this server: because of DNS rebinding, or a
  /// request from another website.
  void check_place(const RequestHead& head) const;

  /// Throws HttpError(401) if neither Authorization nor the cookie has the token.
  void check_token(const RequestHead& head) const;

  /// Throws HttpError(415) if a JSON body has no JSON content type, and if a request that changes
  /// something could come from a form of another website: one that has neither the type
  /// application/json (for files application/octet-stream) nor the header Authorization or
  /// X-Requested-With.
  static void check_content_type(const RequestHead& head, Body body);

  /// True for the token itself; the running time does not depend on the position of a difference.
  [[nodiscard]] bool is_token(std::string_view text) const;

  /// "ocrtune_8421", with the port, so that two servers on one host have different cookies.
  [[nodiscard]] std::string cookie_name() const;

  /// The value of the header Set-Cookie.
  [[nodiscard]] std::string set_cookie() const;

 private:
  std::string token_;
  int port_;
};

}  // namespace ocrtune::server
