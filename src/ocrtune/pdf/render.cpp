#include "ocrtune/pdf/render.h"

#include <fmt/format.h>

#include <utility>

#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/image/unreadable.h"
#include "ocrtune/parsers/received_bytes.h"
#include "ocrtune/pdf/failed_parts.h"
#include "ocrtune/pdf/parsed_pdf.h"

namespace ocrtune {
namespace {

/// So many pages of one PDF may take a parser's time in vain; the others are not tried.
constexpr int kMostFailures = 3;

class PdfFile final : public PageFile {
 public:
  PdfFile(std::span<const std::byte> bytes, const DecodeLimits& limits)
      : bytes_(bytes), limits_(limits), failed_parts_(bytes, limits.parser_memory) {
    failed_parts_.unless_failed(part("opened"), [&] { pages_ = count_pages(); });
  }

  [[nodiscard]] int page_count() const override { return pages_; }

  [[nodiscard]] std::string remark() const override { return remark_; }

  using PageFile::decode;

  Image decode(int index, bool in_colour) override {
    remark_.clear();
    if (failures_ >= kMostFailures)
      unreadable(tr("was not tried: {} pages of this PDF could not be parsed", failures_));
    Image image;
    try {
      failed_parts_.unless_failed(part(fmt::format("page-{}", index)),
                                  [&] { image = render(index, in_colour); });
    } catch (const ParserFailure&) {
      ++failures_;
      throw;
    }
    return image;
  }

 private:
  [[nodiscard]] std::string part(const std::string& name) const {
    return limits_.pdf_dpi ? fmt::format("{}-{}", name, *limits_.pdf_dpi) : name;
  }

  ParsedPdf& parsed(ParsedPdf::Use::From from = ParsedPdf::Use::From::waiting) {
    if (!parsed_) {
      parsed_.emplace(bytes_,
                      nlohmann::json{{"do", "open"},
                                     {"dpi", limits_.pdf_dpi.value_or(0)},
                                     {"max_side", limits_.max_side},
                                     {"max_pixels", limits_.max_pixels},
                                     {"max_pages", limits_.max_pages}},
                      ParsedPdf::Use{.from = from, .memory = limits_.parser_memory});
    }
    return *parsed_;
  }

  int count_pages() {
    JsonFields answer(parsed().opened(), "answer");
    return static_cast<int>(answer.whole("pages", 1, limits_.max_pages));
  }

  Image render(int index, bool in_colour) {
    const bool fresh = parsed().is_fresh();
    try {
      return render_in(parsed(), index, in_colour);
    } catch (const ParserFailure& failure) {
      // What other pages have left in the parser may be why: memory that they hold, for one.
      parsed_.reset();
      if (fresh || failure.end() == ParserEnd::time) throw;
    }
    try {
      return render_in(parsed(ParsedPdf::Use::From::fresh), index, in_colour);
    } catch (const ParserFailure&) {
      parsed_.reset();
      throw;
    }
  }

  Image render_in(ParsedPdf& pdf, int index, bool in_colour) {
    const nlohmann::json size = pdf.ask({{"do", "size"}, {"page", index}});
    JsonFields fields(size, "answer");
    const auto width = static_cast<int>(fields.whole("width", 1, limits_.max_side));
    const auto height = static_cast<int>(fields.whole("height", 1, limits_.max_side));
    Image image;
    image.dpi = {fields.number("dpi_x", 0, 1e6), fields.number("dpi_y", 0, 1e6)};
    if (fields.boolean("reduced")) {
      remark_ =
          tr("is rendered at {} dpi, the highest resolution within the limits; --pdf-dpi "
             "chooses another",
             image.dpi.x);
    }
    const double pixels = static_cast<double>(width) * height;
    const nlohmann::json rendered = pdf.ask({{"do", "render"},
                                             {"page", index},
                                             {"colour", in_colour},
                                             {"dpi_x", image.dpi.x},
                                             {"dpi_y", image.dpi.y},
                                             {"scan", fields.boolean("scan")}},
                                            pixels);
    JsonFields is(rendered, "answer");
    const auto columns = static_cast<int>(is.whole("width", 1, limits_.max_side));
    const auto rows = static_cast<int>(is.whole("height", 1, limits_.max_side));
    check_size(columns, rows, limits_);
    image.gray = pixels_of(pdf, "gray", rows, columns, CV_8UC1);
    if (is.boolean("colour")) image.colour = pixels_of(pdf, "colour", rows, columns, CV_8UC3);
    return image;
  }

  static cv::Mat pixels_of(ParsedPdf& pdf, const char* which, int rows, int columns, int type) {
    cv::Mat pixels(rows, columns, type);
    ReceivedBytes into(
        std::as_writable_bytes(std::span(pixels.ptr(), pixels.total() * pixels.elemSize())));
    pdf.ask({{"do", which}}, static_cast<double>(rows) * columns,
            [&](std::span<const std::byte> piece) {
              if (!into.take(piece)) unreadable(tr("this page of the PDF can't be rendered"));
            });
    if (!into.is_full()) unreadable(tr("this page of the PDF can't be rendered"));
    return pixels;
  }

  std::span<const std::byte> bytes_;
  DecodeLimits limits_;
  FailedParts failed_parts_;
  std::optional<ParsedPdf> parsed_;
  int pages_ = 0;
  int failures_ = 0;
  std::string remark_;
};

}  // namespace

std::unique_ptr<PageFile> open_pdf(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  return std::make_unique<PdfFile>(bytes, limits);
}

}  // namespace ocrtune
