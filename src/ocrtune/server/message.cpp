#include "ocrtune/server/message.h"

#include <fmt/format.h>

#include "ocrtune/base/text.h"

namespace ocrtune::server {
namespace {

bool is_plain_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

}  // namespace

int http_status_of(const Error& error) {
  if (const auto* http = dynamic_cast<const HttpError*>(&error)) return http->http_status();
  switch (error.code()) {
    case Errc::not_found:
      return 404;
    case Errc::input_unreadable:
      return 422;
    case Errc::dependency_missing:
    case Errc::study_error:
    case Errc::output_unwritable:
      return 409;
    case Errc::limit_reached:
    case Errc::interrupted:
      return 503;
    case Errc::invalid_argument:
    case Errc::pipeline_invalid:
      break;
  }
  return 400;
}

Response json_response(const nlohmann::json& body, int status) {
  return {.status = status,
          .body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

// RFC 6266: an ASCII name, and the real one percent-encoded.
std::pair<std::string, std::string> attachment(const std::string& name) {
  std::string plain;
  std::string encoded;
  for (const char c : name) {
    plain += is_plain_name(c) ? c : '_';
    encoded += is_plain_name(c) ? std::string(1, c)
                                : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return {"Content-Disposition",
          fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain, encoded)};
}

Response error_response(int status, const std::string& line) {
  return json_response({{"error", quotable(line, 1000)}}, status);
}

}  // namespace ocrtune::server
