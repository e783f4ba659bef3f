#include "ocrtune/pdf/program/rendered_pages.h"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-image.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "ocrtune/base/translation.h"
#include "ocrtune/image/unreadable.h"
#include "ocrtune/pdf/render.h"

namespace ocrtune {
namespace {

/// The resolution at which `points` are slightly fewer pixels: Poppler draws an image that ends at
/// the end of a pixel one pixel too wide.
double fitting(double dpi, double points) {
  constexpr double kTrace = 0.01;
  const double pixels = points * dpi / 72;
  return dpi * std::max(0.5, (pixels - kTrace) / pixels);
}

/// At which a page of this size, inches, is within the limits.
Resolution highest_resolution(const Resolution& inches, const DecodeLimits& limits) {
  constexpr double kRounded = 2;  // px
  const double of_side = (limits.max_side - kRounded) / std::max(inches.x, inches.y);
  const double of_area = std::sqrt(static_cast<double>(limits.max_pixels) / (inches.x * inches.y)) -
                         kRounded / std::min(inches.x, inches.y);
  const double dpi = std::max(1.0, std::floor(std::min(of_side, of_area)));
  return {dpi, dpi};
}

}  // namespace

RenderedPages::RenderedPages(std::span<const std::byte> bytes, const DecodeLimits& limits)
    : limits_(limits) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    unreadable(tr("is too large for a PDF: the limit is 2 GB"));
  }
  document_.reset(poppler::document::load_from_raw_data(reinterpret_cast<const char*>(bytes.data()),
                                                        static_cast<int>(bytes.size())));
  if (!document_) unreadable(tr("is damaged: can't be opened as a PDF"));
  if (document_->is_locked()) unreadable(tr("is locked with a password"));
  if (document_->pages() < 1) unreadable(tr("has no pages"));
  if (document_->pages() > limits.max_pages) {
    unreadable(tr("has {} pages, the limit is {}", document_->pages(), limits.max_pages));
  }
  if (!limits.pdf_dpi) scans_.emplace(bytes);
}

RenderedPages::~RenderedPages() = default;

int RenderedPages::count() const { return document_->pages(); }

RenderedPages::Size RenderedPages::size(int index) const {
  const std::unique_ptr<poppler::page> page(document_->create_page(index));
  if (!page) unreadable(tr("this page of the PDF is damaged"));
  const poppler::rectf box = page->page_rect();
  const auto pixels = [&](const Resolution& dpi) {
    return Resolution{box.width() * dpi.x / 72, box.height() * dpi.y / 72};
  };
  const double usual = limits_.pdf_dpi.value_or(kPdfDpi);
  std::optional<Resolution> scan = scans_ ? scans_->resolution(index) : std::nullopt;
  // A page that would exceed the limits so is rendered as others are.
  if (scan && !fits(pixels(*scan).x, pixels(*scan).y, limits_)) scan.reset();
  Resolution dpi = scan.value_or(Resolution{usual, usual});
  const bool reduced = !limits_.pdf_dpi && !fits(pixels(dpi).x, pixels(dpi).y, limits_);
  if (reduced) dpi = highest_resolution(pixels({1, 1}), limits_);
  const Resolution sides = pixels(dpi);
  check_size(sides.x, sides.y, limits_);
  return {.width = static_cast<int>(std::ceil(sides.x)),
          .height = static_cast<int>(std::ceil(sides.y)),
          .dpi = dpi,
          .is_scan = scan.has_value(),
          .is_reduced = reduced};
}

poppler::image RenderedPages::render(int index, const Size& size) const {
  const std::unique_ptr<poppler::page> page(document_->create_page(index));
  if (!page) unreadable(tr("this page of the PDF is damaged"));
  const poppler::rectf box = page->page_rect();
  const Resolution dpi =
      size.is_scan ? Resolution{fitting(size.dpi.x, box.width()), fitting(size.dpi.y, box.height())}
                   : size.dpi;
  poppler::page_renderer renderer;
  renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
  renderer.set_image_format(poppler::image::format_bgr24);
  poppler::image rendered = renderer.render_page(page.get(), dpi.x, dpi.y);
  if (!rendered.is_valid() || rendered.width() < 1 || rendered.height() < 1) {
    unreadable(tr("this page of the PDF can't be rendered"));
  }
  check_size(rendered.width(), rendered.height(), limits_);
  return rendered;
}

}  // namespace ocrtune
