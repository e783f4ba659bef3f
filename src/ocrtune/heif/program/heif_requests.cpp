#include "ocrtune/heif/program/heif_requests.h"

#include <libheif/heif.h>

#include <string>

#include "ocrtune/base/error.h"

namespace ocrtune {

nlohmann::json HeifRequests::answer(ParserRequest& request) {
  const auto what = request.fields.at("do").get<std::string>();
  if (what == "open") return open(request);
  if (what == "size") return size(request.fields);
  if (what == "decode") return decode(request.fields);
  if (what == "pixels") return pixels();
  if (what == "versions") return {{"libheif", heif_get_version()}};
  throw Error(Errc::invalid_argument, what);
}

nlohmann::json HeifRequests::open(ParserRequest& request) {
  decoded_.release();
  images_.reset();
  file_ = std::make_unique<MappedFile>(request.files.at(0));
  images_.emplace(file_->bytes());
  return {{"pages", images_->count()}};
}

nlohmann::json HeifRequests::size(const nlohmann::json& request) {
  const HeifImages::Size size = images_.value().size(request.at("page"));
  return {
      {"width", size.width}, {"height", size.height}, {"dpi_x", size.dpi.x}, {"dpi_y", size.dpi.y}};
}

nlohmann::json HeifRequests::decode(const nlohmann::json& request) {
  decoded_.release();
  decoded_ = images_.value().decode(request.at("page"));
  return {{"width", decoded_.cols}, {"height", decoded_.rows}, {"alpha", decoded_.channels() == 4}};
}

nlohmann::json HeifRequests::pixels() {
  if (!decoded_.empty())
    send_data(std::as_bytes(std::span(decoded_.ptr(), decoded_.total() * decoded_.elemSize())));
  decoded_.release();
  return nlohmann::json::object();
}

}  // namespace ocrtune
