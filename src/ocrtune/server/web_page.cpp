#include "ocrtune/server/web_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ocrtune/base/translation.h"
#include "ocrtune/report/report_page.h"
#include "ocrtune/server/embedded_files.h"

namespace ocrtune::server {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kTypes{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
}};

std::string_view type_of(std::string_view path) {
  const auto found =
      std::ranges::find_if(kTypes, [&](const auto& type) { return path.ends_with(type.first); });
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

}  // namespace

std::string web_page_problem() {
  if (!web_files().empty()) return "";
  return tr("this ocrtune was built without the web interface; only its API works: {}",
            translated(kBuildWithPage));
}

std::optional<Response> web_page_file(std::string_view path) {
  const std::vector<EmbeddedFile>& files = web_files();
  if (files.empty() && path == "/") {
    return Response{.type = "text/plain; charset=utf-8", .body = web_page_problem() + "\n"};
  }
  const std::string_view name = path == "/" ? "index.html" : path.substr(1);
  const auto found = std::ranges::find(files, name, &EmbeddedFile::path);
  if (found == files.end()) return std::nullopt;
  return Response{.type = std::string(type_of(name)),
                  .body = std::string(found->bytes),
                  .headers = {{"Cache-Control", "no-cache"}}};
}

}  // namespace ocrtune::server
