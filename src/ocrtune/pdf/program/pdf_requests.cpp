#include "ocrtune/pdf/program/pdf_requests.h"

#include <poppler/cpp/poppler-version.h>
#include <qpdf/qpdf-c.h>

#include <opencv2/imgproc.hpp>
#include <string>

#include "ocrtune/base/error.h"

namespace ocrtune {
namespace {

void send_pixels(const cv::Mat& pixels) {
  const bool whole = pixels.isContinuous();
  const auto width = static_cast<std::size_t>(whole ? pixels.total() : pixels.cols);
  for (int y = 0; y < (whole ? 1 : pixels.rows); ++y)
    send_data(std::as_bytes(std::span(pixels.ptr(y), width * pixels.elemSize())));
}

nlohmann::json json_of(const PdfPagePlace& place) {
  return {{"left", place.box.left},
          {"bottom", place.box.bottom},
          {"right", place.box.right},
          {"top", place.box.top},
          {"quarters", place.quarters}};
}

}  // namespace

nlohmann::json PdfRequests::answer(ParserRequest& request) {
  const auto what = request.fields.at("do").get<std::string>();
  if (what == "open") return open(request);
  if (what == "size") return size(request.fields);
  if (what == "render") return render(request.fields);
  if (what == "gray") return gray();
  if (what == "colour") return colour();
  if (what == "edit") return edit(request);
  if (what == "look") return look(request.fields);
  if (what == "prepare") return prepare(request.fields);
  if (what == "write") return write(request);
  if (what == "shrink") return shrink(request);
  if (what == "next_image") return next_image(request.fields);
  if (what == "shorten") return shorten(request.fields);
  if (what == "write_images") return write_images();
  if (what == "versions")
    return {{"poppler", poppler::version_string()}, {"qpdf", qpdf_get_qpdf_version()}};
  throw Error(Errc::invalid_argument, what);
}

void PdfRequests::close() {
  page_.release();
  rendered_ = poppler::image();
  pages_.reset();
  texts_.reset();
  images_.reset();
  file_.reset();
}

nlohmann::json PdfRequests::open(ParserRequest& request) {
  close();
  DecodeLimits limits;
  limits.max_side = request.fields.at("max_side");
  limits.max_pixels = request.fields.at("max_pixels");
  limits.max_pages = request.fields.at("max_pages");
  if (const int dpi = request.fields.at("dpi"); dpi > 0) limits.pdf_dpi = dpi;
  file_ = std::make_unique<MappedFile>(request.files.at(0));
  pages_.emplace(file_->bytes(), limits);
  return {{"pages", pages_->count()}};
}

nlohmann::json PdfRequests::size(const nlohmann::json& request) {
  const RenderedPages::Size size = pages_.value().size(request.at("page"));
  return {{"width", size.width}, {"height", size.height}, {"dpi_x", size.dpi.x},
          {"dpi_y", size.dpi.y}, {"scan", size.is_scan},  {"reduced", size.is_reduced}};
}

nlohmann::json PdfRequests::render(const nlohmann::json& request) {
  const RenderedPages::Size size{.dpi = {request.at("dpi_x"), request.at("dpi_y")},
                                 .is_scan = request.at("scan")};
  rendered_ = pages_.value().render(request.at("page"), size);
  page_ = cv::Mat(rendered_.height(), rendered_.width(), CV_8UC3, rendered_.data(),
                  static_cast<std::size_t>(rendered_.bytes_per_row()));
  const bool colour = request.at("colour").get<bool>() && has_colour(page_);
  return {{"width", page_.cols}, {"height", page_.rows}, {"colour", colour}};
}

nlohmann::json PdfRequests::gray() {
  cv::Mat gray;
  cv::cvtColor(page_, gray, cv::COLOR_BGR2GRAY);
  send_pixels(gray);
  return nlohmann::json::object();
}

nlohmann::json PdfRequests::colour() {
  send_pixels(page_);
  return nlohmann::json::object();
}

nlohmann::json PdfRequests::edit(ParserRequest& request) {
  close();
  file_ = std::make_unique<MappedFile>(request.files.at(0));
  texts_.emplace(file_->bytes());
  return {{"pages", texts_->page_count()},
          {"signed", texts_->is_signed()},
          {"encrypted", texts_->is_encrypted()},
          {"names", texts_->unused_names()}};
}

nlohmann::json PdfRequests::look(const nlohmann::json& request) {
  const PdfPageLook look = texts_.value().look(request.at("page"));
  nlohmann::json answer = json_of(look.place);
  answer["hidden"] = look.has_hidden;
  nlohmann::json& shown = answer["shown"] = nlohmann::json::array();
  for (const PdfBox& box : look.shown) shown.push_back({box.left, box.bottom, box.right, box.top});
  return answer;
}

nlohmann::json PdfRequests::prepare(const nlohmann::json& request) {
  const int change = request.at("change");
  if (change < 0 || change > static_cast<int>(PdfPageChange::remove_all))
    throw Error(Errc::invalid_argument, "change");
  const int turns = request.at("turns");
  if (turns < 0 || turns > 3) throw Error(Errc::invalid_argument, "turns");
  return json_of(
      texts_.value().prepare(request.at("page"), static_cast<PdfPageChange>(change), turns));
}

nlohmann::json PdfRequests::write(ParserRequest& request) {
  if (request.files.empty()) {
    texts_.value().write(std::nullopt);
  } else {
    const MappedFile layers(request.files.front());
    texts_.value().write(layers.bytes());
  }
  close();
  return nlohmann::json::object();
}

nlohmann::json PdfRequests::shrink(ParserRequest& request) {
  close();
  file_ = std::make_unique<MappedFile>(request.files.at(0));
  images_.emplace(file_->bytes());
  return nlohmann::json::object();
}

nlohmann::json PdfRequests::next_image(const nlohmann::json& request) {
  int continues = 0;
  const SmallerImages::Candidate found = images_.value().next(request.at("from"), continues);
  return {{"object", found.object}, {"samples", found.samples}, {"continues", continues}};
}

nlohmann::json PdfRequests::shorten(const nlohmann::json& request) {
  const std::size_t saved = images_.value().shorten(request.at("object"));
  return {{"saved", saved}, {"held", images_->held()}};
}

nlohmann::json PdfRequests::write_images() {
  images_.value().write();
  close();
  return nlohmann::json::object();
}

}  // namespace ocrtune
