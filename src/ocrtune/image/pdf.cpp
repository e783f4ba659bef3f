#include "ocrtune/image/pdf.h"

#include <fmt/format.h>
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>

#include <limits>
#include <mutex>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocrtune/image/unreadable.h"

namespace ocrtune {
namespace {

class PdfFile final : public PageFile {
 public:
  PdfFile(std::unique_ptr<poppler::document> document, const DecodeLimits& limits)
      : document_(std::move(document)), limits_(limits) {}

  [[nodiscard]] int page_count() const override { return document_->pages(); }

  using PageFile::decode;

  Image decode(int index, bool in_colour) override {
    const std::unique_ptr<poppler::page> page(document_->create_page(index));
    if (!page) unreadable("this page of the PDF is damaged");
    const poppler::rectf box = page->page_rect();
    const double scale = limits_.pdf_dpi / 72.0;
    check_size(box.width() * scale, box.height() * scale, limits_);
    poppler::page_renderer renderer;
    renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
    renderer.set_image_format(poppler::image::format_bgr24);
    poppler::image rendered = renderer.render_page(page.get(), limits_.pdf_dpi, limits_.pdf_dpi);
    if (!rendered.is_valid() || rendered.width() < 1 || rendered.height() < 1) {
      unreadable("this page of the PDF can't be rendered");
    }
    const cv::Mat colour(rendered.height(), rendered.width(), CV_8UC3, rendered.data(),
                         static_cast<std::size_t>(rendered.bytes_per_row()));
    Image image;
    cv::cvtColor(colour, image.gray, cv::COLOR_BGR2GRAY);
    if (in_colour && has_colour(colour)) image.colour = colour.clone();
    image.dpi = {static_cast<double>(limits_.pdf_dpi), static_cast<double>(limits_.pdf_dpi)};
    return image;
  }

 private:
  std::unique_ptr<poppler::document> document_;
  DecodeLimits limits_;
};

}  // namespace

std::unique_ptr<PageFile> open_pdf(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  static std::once_flag silenced;
  std::call_once(silenced, [] {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  });
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    unreadable("is too large for a PDF: the limit is 2 GB");
  }
  std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(
      reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size())));
  if (!document) unreadable("is damaged: not a PDF that can be opened");
  if (document->is_locked()) unreadable("is locked with a password");
  if (document->pages() < 1) unreadable("has no pages");
  if (document->pages() > limits.max_pages) {
    unreadable(fmt::format("has {} pages, the limit is {}", document->pages(), limits.max_pages));
  }
  return std::make_unique<PdfFile>(std::move(document), limits);
}

}  // namespace ocrtune
