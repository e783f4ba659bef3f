#include "ocrtune/server/message.h"

#include "ocrtune/base/text.h"

namespace ocrtune::server {

int http_status_of(const Error& error) {
  if (const auto* http = dynamic_cast<const HttpError*>(&error)) return http->http_status();
  switch (error.status()) {
    case ExitStatus::input_unreadable:
      return 422;
    case ExitStatus::dependency_missing:
    case ExitStatus::study_error:
      return 409;
    case ExitStatus::limit_reached:
    case ExitStatus::interrupted:
      return 503;
    case ExitStatus::done:
    case ExitStatus::wrong_use:
    case ExitStatus::pipeline_invalid:
      break;
  }
  return 400;
}

Response json_response(const nlohmann::json& body, int status) {
  return {.status = status,
          .body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

Response error_response(int status, const std::string& line) {
  return json_response({{"error", quotable(line, 1000)}}, status);
}

}  // namespace ocrtune::server
