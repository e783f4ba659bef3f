#include "ocrtune/server/web_page.h"

namespace ocrtune::server {

std::optional<Response> web_page_file(std::string_view path) {
  if (path != "/") return std::nullopt;
  return Response{.type = "text/plain; charset=utf-8",
                  .body = "This build of ocrtune has no page; its API works.\n"};
}

}  // namespace ocrtune::server
