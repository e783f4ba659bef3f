#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/server/message.h"

namespace ocrtune::server {

/// Handles a request. Throws Error, whose message becomes the response. Called from several threads
/// at once.
using Handler = std::function<Response(const Request&)>;

/// The body of a request to a route.
enum class Body { none, json_text, file };

/// An address and its handler.
struct Route {
  std::string method;   ///< "GET", "POST", "PUT" or "DELETE"
  std::string pattern;  ///< "/api/corpora/{id}": a name in braces matches one component of a path
  Body body = Body::none;
  Handler handler;
};

/// The result of a lookup; `route` is nullptr if there is none.
struct RouteMatch {
  const Route* route = nullptr;
  std::map<std::string, std::string> parameters;
  bool other_method = false;  ///< the path exists for another method
};

/// The table of all addresses. Filled before the server starts and read-only after.
class Router {
 public:
  /// Adds a route without a body: GET, DELETE, or a POST without data.
  void add(std::string method, std::string pattern, Handler handler);
  void add_json(std::string method, std::string pattern, Handler handler);
  void add_file(std::string method, std::string pattern, Handler handler);

  /// `path` is the part of an address before '?', percent-encoded as received. Throws
  /// HttpError(400) for an invalid encoding. HEAD is handled as GET.
  [[nodiscard]] RouteMatch find(std::string_view method, std::string_view path) const;

  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

/// Percent-decoded text. Throws HttpError(400) for a malformed escape, a NUL or invalid UTF-8.
/// `plus_is_space`: as in a query.
std::string decoded(std::string_view text, bool plus_is_space);

/// The names and values in "a=1&b=2". Throws as decoded, and for more than 32 of them.
std::map<std::string, std::string> parse_query(std::string_view text);

}  // namespace ocrtune::server
