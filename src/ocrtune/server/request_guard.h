#pragma once

#include <string>
#include <string_view>

#include "ocrtune/server/router.h"

namespace ocrtune::server {

/// The headers that decide whether a request is let in; empty where they aren't there.
struct RequestHead {
  std::string method;
  std::string host;
  std::string origin;
  bool has_origin = false;
  std::string authorization;
  std::string cookie;
  std::string content_type;
  bool has_requested_with = false;  ///< X-Requested-With, whatever it says
};

/// Decides what is let in: the page's own requests, by whoever has the token. Const use is
/// thread-safe.
class RequestGuard {
 public:
  RequestGuard(std::string token, int port);

  /// Throws HttpError(403) where Host or Origin is not this server: a name that was made to point
  /// here, or another site's page.
  void check_place(const RequestHead& head) const;

  /// Throws HttpError(401) where neither Authorization nor the cookie has the token.
  void check_token(const RequestHead& head) const;

  /// Throws HttpError(415) where JSON isn't called so, and where a request that changes something
  /// could be another site's form: what has neither the type application/json (of a file
  /// application/octet-stream) nor the header Authorization or X-Requested-With.
  static void check_content_type(const RequestHead& head, Body body);

  /// True for the token itself, in a time that doesn't depend on where they differ.
  [[nodiscard]] bool is_token(std::string_view text) const;

  /// "ocrtune_8421": of this port, so that two servers of one host don't take each other's.
  [[nodiscard]] std::string cookie_name() const;

  /// The value of Set-Cookie.
  [[nodiscard]] std::string set_cookie() const;

 private:
  std::string token_;
  int port_;
};

/// 128 random bits in hexadecimal digits, from the system. Throws Error(dependency_missing) where
/// it gives none.
std::string random_token();

}  // namespace ocrtune::server
