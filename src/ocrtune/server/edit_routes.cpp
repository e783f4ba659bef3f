#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "ocrtune/base/json_fields.h"
#include "ocrtune/image/picture.h"
#include "ocrtune/preview/page_images.h"
#include "ocrtune/server/edited_scan.h"
#include "ocrtune/server/routes.h"

namespace ocrtune::server {
namespace {

constexpr long long kMaxPagesOfFile = 1'000'000;

EditedScan scan_of(const Request& request, const Services& services) {
  const auto corpus = services.corpora.pages(request.parameters.at("id"));
  return {file_page_of(page_of(*corpus, page_number(request))), services.context.roots};
}

Response picture_after(const Request& request, const Services& services) {
  JsonFields fields(request.json, "");
  PageEdit edit = parse_edit(fields.object("edit"));
  const auto width = static_cast<int>(fields.whole("max_width", 1, kMaxPictureWidth));
  fields.finish();
  edit.split.reset();
  const Image image = scan_of(request, services).picture(edit);
  Picture picture = encode_picture(image, std::nullopt, width, PictureKind::jpeg);
  return {.type = std::move(picture.type),
          .body = std::move(picture.bytes),
          .headers = {image_size_header(image.gray.size())}};
}

Response put_edit(const Request& request, Corpora& corpora) {
  JsonFields fields(request.json, "");
  const PageEdit edit = parse_edit(fields.object("edit"));
  const std::string version = fields.text("version", kLongestVersion);
  fields.finish();
  return json_response(
      corpora.put_edit(request.parameters.at("id"), page_number(request), edit, version));
}

Response proposal(const Request& request, const Services& services) {
  JsonFields fields(request.json, "");
  const PageEdit edit = parse_edit(fields.object("edit"));
  fields.finish();
  return json_response(scan_of(request, services).proposal(edit));
}

Response copy_edit(const Request& request, Corpora& corpora) {
  JsonFields fields(request.json, "");
  constexpr std::size_t kLongestWord = 10;
  const std::string which = fields.line("which", kLongestWord);
  const std::string version = fields.text("version", kLongestVersion);
  fields.finish();
  return json_response(
      corpora.copy_edit(request.parameters.at("id"), page_number(request), which, version));
}

Response include(const Request& request, Corpora& corpora) {
  JsonFields fields(request.json, "");
  const std::string file = fields.text("file", kLongestPath);
  const auto number = static_cast<int>(fields.whole("number", 1, kMaxPagesOfFile));
  fields.finish();
  corpora.include(request.parameters.at("id"), file, number);
  return json_response(nlohmann::json::object());
}

}  // namespace

void add_edit_routes(Router& router, const Services& services) {
  router.add("GET", "/api/corpora/{id}/pages/{page}/edit", [&services](const Request& request) {
    return json_response(scan_of(request, services).json());
  });
  router.add_json("POST", "/api/corpora/{id}/pages/{page}/edit/picture",
                  [&services](const Request& request) { return picture_after(request, services); });
  router.add_json("POST", "/api/corpora/{id}/pages/{page}/edit/proposal",
                  [&services](const Request& request) { return proposal(request, services); });
  router.add_json(
      "POST", "/api/corpora/{id}/pages/{page}/edit/others",
      [&services](const Request& request) { return copy_edit(request, services.corpora); });
  router.add_json(
      "PUT", "/api/corpora/{id}/pages/{page}/edit",
      [&services](const Request& request) { return put_edit(request, services.corpora); });
  router.add_json("POST", "/api/corpora/{id}/include", [&services](const Request& request) {
    return include(request, services.corpora);
  });
}

}  // namespace ocrtune::server
