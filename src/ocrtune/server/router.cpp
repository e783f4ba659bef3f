#include "ocrtune/server/router.h"

#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::server {
namespace {

constexpr std::size_t kMaxQueryFields = 32;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_parameter(std::string_view part) {
  return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

/// True if the components of a path match a pattern; fills `parameters`.
bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path,
             std::map<std::string, std::string>& parameters) {
  if (pattern.size() != path.size()) return false;
  parameters.clear();
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (is_parameter(pattern[i]) && !path[i].empty()) {
      parameters[pattern[i].substr(1, pattern[i].size() - 2)] = path[i];
    } else if (pattern[i] != path[i]) {
      return false;
    }
  }
  return true;
}

}  // namespace

void Router::add(std::string method, std::string pattern, Handler handler) {
  routes_.push_back({std::move(method), std::move(pattern), Body::none, std::move(handler)});
}

void Router::add_json(std::string method, std::string pattern, Handler handler) {
  routes_.push_back({std::move(method), std::move(pattern), Body::json_text, std::move(handler)});
}

void Router::add_file(std::string method, std::string pattern, Handler handler) {
  routes_.push_back({std::move(method), std::move(pattern), Body::file, std::move(handler)});
}

RouteMatch Router::find(std::string_view method, std::string_view path) const {
  std::vector<std::string> parts = split(path, '/');
  for (std::string& part : parts) part = decoded(part, false);
  if (method == "HEAD") method = "GET";
  RouteMatch match;
  for (const Route& route : routes_) {
    std::map<std::string, std::string> parameters;
    if (!matches(split(route.pattern, '/'), parts, parameters)) continue;
    if (route.method == method) return {&route, std::move(parameters), false};
    match.other_method = true;
  }
  return match;
}

std::string decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) throw HttpError(400, tr("the address contains a malformed %"));
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') throw HttpError(400, tr("the address contains a NUL"));
    out += c;
  }
  if (!is_utf8(out)) throw HttpError(400, tr("the address isn't UTF-8"));
  return out;
}

std::map<std::string, std::string> parse_query(std::string_view text) {
  std::map<std::string, std::string> fields;
  if (text.empty()) return fields;
  const std::vector<std::string> parts = split(text, '&');
  if (parts.size() > kMaxQueryFields) throw HttpError(400, tr("the address has too many values"));
  for (const std::string& part : parts) {
    const std::size_t equals = part.find('=');
    const std::string name = decoded(std::string_view(part).substr(0, equals), true);
    fields[name] = equals == std::string::npos
                       ? std::string()
                       : decoded(std::string_view(part).substr(equals + 1), true);
  }
  return fields;
}

}  // namespace ocrtune::server
