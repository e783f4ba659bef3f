#include "ocrtune/pdf/searchable_pdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <opencv2/core/types.hpp>
#include <vector>

#include "ocrtune/documents/page_resolution.h"
#include "ocrtune/pdf/builder.h"
#include "ocrtune/pdf/fonts.h"
#include "ocrtune/pdf/metadata.h"
#include "ocrtune/pdf/text_layer.h"
#include "ocrtune/pdf/writer.h"

namespace ocrtune {
namespace {

/// pt per px, across and down.
struct Scale {
  double x = 0;
  double y = 0;
};

/// `unstated`: the resolution if there is none.
Scale scale_of(const cv::Size& page, const Resolution& dpi, double unstated) {
  const auto dots = [&](double given) { return given > 0 ? given : unstated; };
  constexpr double kMaxInches = 200;
  constexpr double kMinInches = 3.0 / 72;  // of PDF/A
  const double across = page.width / dots(dpi.x);
  const double down = page.height / dots(dpi.y);
  if (std::max(across, down) > kMaxInches) return {72 / kUnknownDpi, 72 / kUnknownDpi};
  const double larger = std::max(1.0, kMinInches / std::max(1e-9, std::min(across, down)));
  return {72 * larger / dots(dpi.x), 72 * larger / dots(dpi.y)};
}

bool states_resolution(const Facsimile& image) { return image.dpi.x > 0 && image.dpi.y > 0; }

double guess_of(const PdfPage& page) {
  OcrResult result = page.ocr_result;
  result.width = page.image->width;
  result.height = page.image->height;
  return guessed_dpi(result);
}

/// The median of the guesses for the first pages whose images do not state their resolution.
std::optional<double> guess_for(const PdfPages& pages) {
  constexpr std::size_t kPagesForGuess = 20;
  std::vector<double> guesses;
  for (std::size_t i = 0; i < std::min(pages.count, kPagesForGuess); ++i) {
    const std::optional<PdfPage> page = pages.page(i);
    // One page that states it is enough to look no further for the usual file.
    if (page && page->image && states_resolution(*page->image) && i == 0) return std::nullopt;
    if (page && page->image && !states_resolution(*page->image)) guesses.push_back(guess_of(*page));
  }
  if (guesses.empty()) return std::nullopt;
  const auto middle = guesses.begin() + static_cast<std::ptrdiff_t>(guesses.size() / 2);
  std::ranges::nth_element(guesses, middle);
  return *middle;
}

}  // namespace

std::optional<double> write_searchable_pdf(const PdfPages& pages, const TextSink& sink) {
  std::optional<double> guess = guess_for(pages);
  PdfWriter pdf(sink);
  PdfBuilder builder(pdf);
  for (std::size_t i = 0; i < pages.count; ++i) {
    const std::optional<PdfPage> page = pages.page(i);
    if (!page || !page->image) continue;
    const Facsimile& image = *page->image;
    if (!states_resolution(image) && !guess) guess = guess_of(*page);
    const Scale scale =
        scale_of({image.width, image.height}, image.dpi, guess.value_or(kUnknownDpi));
    builder.add(*page, {scale.x, 0, 0, scale.y, 0, 0},
                {0, 0, scale.x * image.width, scale.y * image.height});
  }
  const PdfMetadata metadata = write_pdf_metadata(pdf, pages.title, pages.program);
  const std::string language =
      pages.language.empty() ? "" : fmt::format(" /Lang {}", pdf_string(pages.language));
  builder.finish(metadata.catalog + language, metadata.info);
  return guess;
}

std::string pdf_text(const OcrResult& ocr_result, const PageSource& source) {
  const PdfPage page{ocr_result, source.facsimile(), source.turns};
  std::string bytes;
  write_searchable_pdf({.title = source.name,
                        .language = source.language,
                        .program = source.program,
                        .count = 1,
                        .page = [&](std::size_t) { return std::optional(page); }},
                       [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

std::string text_pdf(const OcrResult& ocr_result, const PageSource& source, const Resolution& dpi) {
  std::string bytes;
  const TextSink sink = [&](std::string_view piece) { bytes += piece; };
  PdfWriter pdf(sink);
  const Scale scale = scale_of({ocr_result.width, ocr_result.height}, dpi, kUnknownDpi);
  const int font = pdf.reserve();
  // The font is there whether the page uses it or not: the first page's is that of all.
  write_font(pdf, font, kOnlyExtent, write_utf16_font_parts(pdf));
  const int contents =
      pdf.deflated_stream("", fmt::format("q\n{:.8f} 0 0 {:.8f} 0 0 cm\n{}Q\n", scale.x, scale.y,
                                          one_font_layer(ocr_result).content));
  const int tree = pdf.reserve();
  const int page = pdf.object(fmt::format(
      "<< /Type /Page /Parent {} 0 R /MediaBox [0 0 {:.6f} {:.6f}] /Resources << /Font << /{} {} 0 "
      "R >> >> /Contents {} 0 R >>",
      tree, scale.x * ocr_result.width, scale.y * ocr_result.height, kOnlyFont, font, contents));
  pdf.object(tree, fmt::format("<< /Type /Pages /Count 1 /Kids [{} 0 R] >>", page));
  const int info = pdf.object(fmt::format("<< /Title {} /Producer {} >>", pdf_string(source.name),
                                          pdf_string(source.program)));
  pdf.finish(pdf.object(fmt::format("<< /Type /Catalog /Pages {} 0 R >>", tree)), info);
  return bytes;
}

}  // namespace ocrtune
