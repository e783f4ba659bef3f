#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/server/message.h"

namespace ocrtune::server {

/// Answers a request. Throws Error, whose line is told. Called from several threads at once.
using Handler = std::function<Response(const Request&)>;

/// What a request to a route carries.
enum class Body { none, json_text, file };

/// An address and what answers there.
struct Route {
  std::string method;   ///< "GET", "POST", "PUT" or "DELETE"
  std::string pattern;  ///< "/api/corpora/{id}": what is in braces matches one part of a path
  Body body = Body::none;
  Handler handler;
};

/// What a router has for a request; `route` is nullptr where there is nothing.
struct RouteMatch {
  const Route* route = nullptr;
  std::map<std::string, std::string> parameters;
  bool other_method = false;  ///< the path is there, for another method
};

/// The table of all addresses. Filled before the server starts, then only read.
class Router {
 public:
  /// A bodiless request: GET, DELETE, or a POST that only says what to do.
  void add(std::string method, std::string pattern, Handler handler);
  void add_json(std::string method, std::string pattern, Handler handler);
  void add_file(std::string method, std::string pattern, Handler handler);

  /// `path` is the part of an address before '?', percent-encoded as it came. Throws
  /// HttpError(400) where it isn't well encoded. HEAD is answered as GET.
  [[nodiscard]] RouteMatch find(std::string_view method, std::string_view path) const;

  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

/// Percent-decoded text. Throws HttpError(400) for a malformed escape, a NUL or bytes that aren't
/// UTF-8. `plus_is_space`: as in a query.
std::string decoded(std::string_view text, bool plus_is_space);

/// The names and values of "a=1&b=2". Throws as decoded, and for more than 32 of them.
std::map<std::string, std::string> parse_query(std::string_view text);

}  // namespace ocrtune::server
