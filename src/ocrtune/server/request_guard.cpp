#include "ocrtune/server/request_guard.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::server {
namespace {

constexpr std::array<std::string_view, 3> kHosts{"127.0.0.1", "localhost", "[::1]"};

}  // namespace

RequestGuard::RequestGuard(std::string token, int port) : token_(std::move(token)), port_(port) {}

void RequestGuard::check_place(const RequestHead& head) const {
  bool host = false;
  bool origin = !head.has_origin;
  for (const std::string_view name : kHosts) {
    const std::string here = fmt::format("{}:{}", name, port_);
    host |= lower_case(head.host) == here;
    origin |= lower_case(head.origin) == "http://" + here;
  }
  if (!host) throw HttpError(403, tr("the header Host doesn't name this server"));
  if (!origin) throw HttpError(403, tr("the header Origin names another site"));
}

void RequestGuard::check_token(const RequestHead& head) const {
  constexpr std::string_view kBearer = "bearer ";
  if (lower_case(head.authorization.substr(0, kBearer.size())) == kBearer &&
      is_token(trimmed(std::string_view(head.authorization).substr(kBearer.size())))) {
    return;
  }
  const std::string name = cookie_name() + "=";
  for (const std::string& part : split(head.cookie, ';')) {
    const std::string_view cookie = trimmed(part);
    if (cookie.starts_with(name) && is_token(cookie.substr(name.size()))) return;
  }
  throw HttpError(
      401, tr("the token is missing or wrong; open the address that `ocrtune serve` printed"));
}

void RequestGuard::check_content_type(const RequestHead& head, Body body) {
  if (head.method == "GET" || head.method == "HEAD") return;
  const std::string type = lower_case(trimmed(split(head.content_type, ';').front()));
  const std::string wanted = body == Body::file ? "application/octet-stream" : "application/json";
  const bool no_form =
      head.method == "DELETE" || head.has_requested_with || !head.authorization.empty();
  if (type == wanted || (body != Body::json_text && no_form)) return;
  throw HttpError(415, tr("Content-Type must be ") + wanted);
}

bool RequestGuard::is_token(std::string_view text) const {
  if (text.size() != token_.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < token_.size(); ++i) {
    difference |= static_cast<unsigned char>(text[i]) ^ static_cast<unsigned char>(token_[i]);
  }
  return difference == 0;
}

std::string RequestGuard::cookie_name() const { return fmt::format("ocrtune_{}", port_); }

std::string RequestGuard::set_cookie() const {
  return fmt::format("{}={}; HttpOnly; SameSite=Strict; Path=/", cookie_name(), token_);
}

}  // namespace ocrtune::server
