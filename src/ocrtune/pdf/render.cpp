#include "ocrtune/pdf/render.h"

#include <fmt/format.h>
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>

#include "ocrtune/base/translation.h"
#include "ocrtune/image/unreadable.h"
#include "ocrtune/pdf/scans.h"

namespace ocrtune {
namespace {

/// The resolution at which `points` are slightly fewer pixels: Poppler draws an image that ends at
/// the end of a pixel one pixel too wide.
double fitting(double dpi, double points) {
  constexpr double kTrace = 0.01;
  const double pixels = points * dpi / 72;
  return dpi * std::max(0.5, (pixels - kTrace) / pixels);
}

class PdfFile final : public PageFile {
 public:
  PdfFile(std::unique_ptr<poppler::document> document, std::optional<PdfScans> scans,
          const DecodeLimits& limits)
      : document_(std::move(document)), scans_(std::move(scans)), limits_(limits) {}

  [[nodiscard]] int page_count() const override { return document_->pages(); }

  using PageFile::decode;

  Image decode(int index, bool in_colour) override {
    const std::unique_ptr<poppler::page> page(document_->create_page(index));
    if (!page) unreadable(tr("this page of the PDF is damaged"));
    const poppler::rectf box = page->page_rect();
    const std::optional<Resolution> scan = resolution_of_scan(index, box);
    const double usual = limits_.pdf_dpi.value_or(kPdfDpi);
    const Resolution dpi = scan.value_or(Resolution{usual, usual});
    check_size(box.width() * dpi.x / 72, box.height() * dpi.y / 72, limits_);
    const Resolution fitted =
        scan ? Resolution{fitting(dpi.x, box.width()), fitting(dpi.y, box.height())} : dpi;
    poppler::page_renderer renderer;
    renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
    renderer.set_image_format(poppler::image::format_bgr24);
    poppler::image rendered = renderer.render_page(page.get(), fitted.x, fitted.y);
    if (!rendered.is_valid() || rendered.width() < 1 || rendered.height() < 1) {
      unreadable(tr("this page of the PDF can't be rendered"));
    }
    const cv::Mat colour(rendered.height(), rendered.width(), CV_8UC3, rendered.data(),
                         static_cast<std::size_t>(rendered.bytes_per_row()));
    Image image;
    cv::cvtColor(colour, image.gray, cv::COLOR_BGR2GRAY);
    if (in_colour && has_colour(colour)) image.colour = colour.clone();
    image.dpi = dpi;
    return image;
  }

 private:
  /// None if the page would exceed the limits.
  [[nodiscard]] std::optional<Resolution> resolution_of_scan(int index,
                                                             const poppler::rectf& box) const {
    const auto scan = scans_ ? scans_->resolution(index) : std::nullopt;
    if (!scan || !fits(box.width() * scan->x / 72, box.height() * scan->y / 72, limits_))
      return std::nullopt;
    return scan;
  }

  std::unique_ptr<poppler::document> document_;
  std::optional<PdfScans> scans_;  ///< none if a resolution is asked for
  DecodeLimits limits_;
};

}  // namespace

std::unique_ptr<PageFile> open_pdf(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  static std::once_flag silenced;
  std::call_once(silenced, [] {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  });
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    unreadable(tr("is too large for a PDF: the limit is 2 GB"));
  }
  std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(
      reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size())));
  if (!document) unreadable(tr("is damaged: can't be opened as a PDF"));
  if (document->is_locked()) unreadable(tr("is locked with a password"));
  if (document->pages() < 1) unreadable(tr("has no pages"));
  if (document->pages() > limits.max_pages) {
    unreadable(tr("has {} pages, the limit is {}", document->pages(), limits.max_pages));
  }
  std::optional<PdfScans> scans;
  if (!limits.pdf_dpi) scans.emplace(bytes);
  return std::make_unique<PdfFile>(std::move(document), std::move(scans), limits);
}

}  // namespace ocrtune
