#include "ocrtune/pdf/program/font_metrics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

namespace ocrtune {
namespace {

using Object = QpdfFile::Object;

constexpr std::size_t kMaxCodes = 0x10000;

/// Of the characters from 32 to 126 in Helvetica, in hundredths; other fonts that every viewer has
/// are about as wide.
constexpr std::array<unsigned char, 95> kUsualWidths{
    28, 28, 36, 56, 56, 89, 67, 19, 33,  33, 39, 58, 28, 33, 28, 28, 56, 56, 56, 56, 56, 56, 56, 56,
    56, 56, 28, 28, 58, 58, 58, 56, 102, 67, 67, 72, 72, 67, 61, 78, 72, 28, 50, 67, 56, 83, 72, 78,
    67, 78, 72, 67, 61, 72, 67, 94, 67,  67, 61, 28, 28, 28, 47, 56, 33, 56, 56, 50, 56, 56, 28, 56,
    56, 22, 22, 50, 22, 83, 56, 56, 56,  56, 33, 50, 28, 56, 50, 72, 50, 50, 50, 33, 26, 33, 58};

std::vector<double> usual_widths(std::string_view name) {
  std::vector<double> widths(128, -1);
  const bool is_fixed = name.find("ourier") != std::string_view::npos;
  for (std::size_t i = 0; i < kUsualWidths.size(); ++i)
    widths[32 + i] = is_fixed ? 0.6 : kUsualWidths[i] / 100.0;
  return widths;
}

std::optional<double> number(QpdfFile& pdf, Object object) {
  const std::vector<double> numbers = pdf.numbers(object);
  return numbers.size() == 1 && std::isfinite(numbers[0]) ? std::optional(numbers[0])
                                                          : std::nullopt;
}

/// Sets the widths of codes from `first` on.
void set_widths(FontMetrics& metrics, double first, const std::vector<double>& widths,
                double unit) {
  if (!(first >= 0 && first < kMaxCodes)) return;
  auto code = static_cast<std::size_t>(first);
  for (const double width : widths) {
    if (code >= kMaxCodes) return;
    if (metrics.widths.size() <= code) metrics.widths.resize(code + 1, -1);
    metrics.widths[code++] = std::abs(width) * unit;
  }
}

void read_composite(QpdfFile& pdf, Object font, FontMetrics& metrics) {
  constexpr double kUnit = 0.001;
  metrics.code_bytes = 2;
  const std::string coding = pdf.name(pdf.key(font, "/Encoding"));
  metrics.is_vertical = coding.ends_with("-V");
  const std::vector<Object> descendants = pdf.items(pdf.key(font, "/DescendantFonts"));
  if (descendants.empty()) return;
  const Object descendant = descendants.front();
  metrics.usual_width = kUnit * number(pdf, pdf.key(descendant, "/DW")).value_or(1000);
  const Object all = pdf.key(descendant, "/W");
  if (!pdf.is_array(all)) return;
  const std::vector<Object> items = pdf.items(all);
  for (std::size_t i = 0; i + 1 < items.size();) {
    const double first = number(pdf, items[i]).value_or(-1);
    if (pdf.is_array(items[i + 1])) {
      set_widths(metrics, first, pdf.numbers(items[i + 1]), kUnit);
      i += 2;
    } else if (i + 2 < items.size()) {
      // Codes come in order; what is stated again is not set again, since that may never end.
      const double from = std::max(first, static_cast<double>(metrics.widths.size()));
      const double last = std::min<double>(number(pdf, items[i + 1]).value_or(-1), kMaxCodes);
      const double width = number(pdf, items[i + 2]).value_or(1000);
      if (first >= 0 && last >= from)
        set_widths(metrics, from,
                   std::vector<double>(static_cast<std::size_t>(last - from) + 1, width), kUnit);
      i += 3;
    } else {
      return;
    }
  }
}

/// The glyphs of such a font are content, in a space of their own.
void read_drawn(QpdfFile& pdf, Object font, FontMetrics& metrics, double& unit) {
  const std::vector<double> matrix = pdf.numbers(pdf.key(font, "/FontMatrix"));
  const std::vector<double> box = pdf.numbers(pdf.key(font, "/FontBBox"));
  if (matrix.size() != 6) return;
  unit = std::abs(matrix[0]);
  if (box.size() != 4 || box[1] == box[3]) return;
  const double one = box[1] * matrix[3];
  const double other = box[3] * matrix[3];
  metrics.ascent = std::max(one, other);
  metrics.descent = std::min(one, other);
}

}  // namespace

FontMetrics font_metrics(QpdfFile& pdf, Object font) {
  FontMetrics metrics;
  const std::string name = pdf.name(pdf.key(font, "/BaseFont"));
  metrics.has_no_glyphs = is_invisible_font(name);
  const std::string kind = pdf.name(pdf.key(font, "/Subtype"));
  if (kind == "/Type0") {
    read_composite(pdf, font, metrics);
    return metrics;
  }
  double unit = 0.001;
  if (kind == "/Type3") read_drawn(pdf, font, metrics, unit);
  const Object widths = pdf.key(font, "/Widths");
  if (pdf.is_array(widths)) {
    set_widths(metrics, number(pdf, pdf.key(font, "/FirstChar")).value_or(0), pdf.numbers(widths),
               unit);
  } else {
    metrics.widths = usual_widths(name);
  }
  return metrics;
}

bool is_invisible_font(std::string_view name) {
  std::string small;
  for (const char c : name) small += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  constexpr std::array<std::string_view, 3> kNames{"glyphless", "invisible", "hiddenhorz"};
  return std::ranges::any_of(
      kNames, [&](std::string_view one) { return small.find(one) != std::string::npos; });
}

}  // namespace ocrtune
