#include <fmt/format.h>

#include "ocrtune/server/preview_request.h"
#include "ocrtune/server/routes.h"

namespace ocrtune::server {
namespace {

std::string timing_header(const std::vector<StepTiming>& steps) {
  std::string text;
  for (const StepTiming& step : steps) {
    text += fmt::format("{}{};dur={:.1f}", text.empty() ? "" : ", ", step.name, step.ms);
  }
  return text;
}

Response preview_response(Preview preview) {
  return {
      .type = std::move(preview.picture.type),
      .body = std::move(preview.picture.bytes),
      .headers = {{"X-Image-Size", fmt::format("{}x{}", preview.size.width, preview.size.height)},
                  {"Server-Timing", timing_header(preview.steps)}}};
}

}  // namespace

void add_preview_routes(Router& router, Previews& previews) {
  router.add_json("POST", "/api/preview", [&previews](const Request& request) {
    return preview_response(previews.picture(parse_preview_request(request.json)));
  });
  router.add_json("POST", "/api/preview/reading", [&previews](const Request& request) {
    return json_response(previews.reading(parse_preview_request(request.json)));
  });
}

}  // namespace ocrtune::server
