#include "ocrtune/pdf/builder.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "ocrtune/image/orientation.h"
#include "ocrtune/pdf/fonts.h"
#include "ocrtune/pdf/image_coding.h"

namespace ocrtune {
namespace {

constexpr std::string_view kPageImage = "Page";
constexpr std::string_view kBackgroundImage = "Background";

std::string_view chars_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string colour_space(const Facsimile& image) {
  if (image.palette.empty()) return image.channels == 3 ? "/DeviceRGB" : "/DeviceGray";
  return fmt::format("[/Indexed /DeviceRGB {} {}]", image.palette.size() / 3 - 1,
                     hexadecimal_string(chars_of(image.palette)));
}

std::string filter_of(const Facsimile& image) {
  if (image.coding == Facsimile::Coding::jpeg) return "/Filter /DCTDecode";
  if (image.coding == Facsimile::Coding::jpeg2000) return "/Filter /JPXDecode";
  const auto size = [](int value) { return static_cast<std::size_t>(value); };
  if (image.coding == Facsimile::Coding::group4)
    return "/Filter /CCITTFaxDecode /DecodeParms " +
           group4_parameters(size(image.width), size(image.height));
  return "/Filter /FlateDecode /DecodeParms " +
         predictor_parameters(size(image.channels), size(image.bits), size(image.width));
}

/// Its pixels as colours, or, as a stencil, the dark ones as ink.
enum class ShownAs { colours, stencil };

int write_image(PdfWriter& pdf, const Facsimile& image, ShownAs shown) {
  const bool turned = swaps_sides(image.orientation);
  return pdf.stream(
      fmt::format(
          "/Type /XObject /Subtype /Image /Width {} /Height {} /BitsPerComponent {} {} {}",
          turned ? image.height : image.width, turned ? image.width : image.height, image.bits,
          shown == ShownAs::stencil ? "/ImageMask true" : "/ColorSpace " + colour_space(image),
          filter_of(image)),
      chars_of(image.data));
}

/// The matrix that shows an image upright in the unit square.
std::string_view upright_matrix(int orientation) {
  constexpr std::array<std::string_view, 9> kMatrices{"",
                                                      "",
                                                      "-1 0 0 1 1 0",
                                                      "-1 0 0 -1 1 1",
                                                      "1 0 0 -1 0 1",
                                                      "0 -1 -1 0 1 1",
                                                      "0 -1 1 0 0 1",
                                                      "0 1 1 0 0 0",
                                                      "0 1 -1 0 1 0"};
  const bool is_known = orientation > 1 && orientation < static_cast<int>(kMatrices.size());
  return is_known ? kMatrices.at(static_cast<std::size_t>(orientation)) : "";
}

/// The image as large as the page. Slightly within it: an image that ends at the end of a px is
/// drawn a px too wide by Poppler.
std::string shown_image(const Facsimile& page, int orientation, std::string_view name) {
  constexpr double kTrace = 1e-3;
  std::string turn(upright_matrix(orientation));
  if (!turn.empty()) turn += " cm\n";
  return fmt::format("{:.6f} 0 0 {:.6f} {:.6f} {:.6f} cm\n{}/{} Do\n", page.width - 2 * kTrace,
                     page.height - 2 * kTrace, kTrace, kTrace, turn, name);
}

/// The colour in which stencils are filled.
std::string fill_colour(const std::array<std::uint8_t, 3>& rgb) {
  constexpr double kMost = 255;
  return fmt::format("{:.4f} {:.4f} {:.4f} rg\n", rgb[0] / kMost, rgb[1] / kMost, rgb[2] / kMost);
}

/// What shows the image of a page; `place` begins a group in px of the page.
std::string shown_page(const PdfPage& page, const std::string& place) {
  const Facsimile& image = *page.image;
  const std::string shown = shown_image(image, image.orientation, kPageImage) + "Q\n";
  if (!page.background) return place + shown;
  return place + shown_image(image, page.background->image.orientation, kBackgroundImage) + "Q\n" +
         place + fill_colour(page.background->ink) + shown;
}

}  // namespace

PdfBuilder::PdfBuilder(PdfWriter& pdf, std::string fonts)
    : pdf_(pdf), names_(std::move(fonts)), tree_(pdf.reserve()) {}

std::string PdfBuilder::resources(const PageText& text, const std::string& images) {
  std::string entries = "<< /Font << ";
  for (const std::size_t font : text.fonts) {
    const auto [found, added] = numbers_.emplace(font, 0);
    if (added) found->second = pdf_.reserve();
    entries += fmt::format("/{}{} {} 0 R ", names_, font, found->second);
  }
  entries += ">> ";
  if (!images.empty()) entries += fmt::format("/XObject << {}>> ", images);
  return entries + ">>";
}

std::string PdfBuilder::images_of(const PdfPage& page) {
  if (!page.image) return "";
  std::string images;
  if (page.background) {
    images = fmt::format("/{} {} 0 R ", kBackgroundImage,
                         write_image(pdf_, page.background->image, ShownAs::colours));
  }
  const ShownAs shown = page.background ? ShownAs::stencil : ShownAs::colours;
  return images + fmt::format("/{} {} 0 R ", kPageImage, write_image(pdf_, *page.image, shown));
}

void PdfBuilder::add(const PdfPage& page, const PdfMatrix& matrix, const PdfBox& box) {
  const std::string images = images_of(page);
  const PageText text = page_text(page.ocr_result, fonts_, names_);
  std::string place = "q\n";
  for (const double value : matrix) place += fmt::format("{:.8f} ", value);
  place += "cm\n";
  // The text is a group of its own, which can be removed as a whole.
  std::string content;
  if (page.image) content += shown_page(page, place);
  if (!text.content.empty()) content += place + text.content + "Q\n";
  const int contents = pdf_.deflated_stream("", content);
  pages_.push_back(pdf_.object(fmt::format(
      "<< /Type /Page /Parent {} 0 R /MediaBox [{:.6f} {:.6f} {:.6f} {:.6f}] /Resources {} "
      "/Contents {} 0 R{} >>",
      tree_, box.left, box.bottom, box.right, box.top, resources(text, images), contents,
      page.turns == 0 ? "" : fmt::format(" /Rotate {}", 90 * page.turns))));
}

void PdfBuilder::finish(const std::string& catalog, int info) {
  if (!numbers_.empty()) {
    const PdfFontParts parts = write_font_parts(pdf_, fonts_.characters());
    for (const auto& [font, number] : numbers_)
      write_font(pdf_, number, fonts_.extents().at(font), parts);
  }
  std::string kids;
  for (const int page : pages_) kids += fmt::format("{} 0 R ", page);
  pdf_.object(tree_, fmt::format("<< /Type /Pages /Count {} /Kids [{}] >>", pages_.size(), kids));
  pdf_.finish(pdf_.object(fmt::format("<< /Type /Catalog /Pages {} 0 R {} >>", tree_, catalog)),
              info);
}

}  // namespace ocrtune
