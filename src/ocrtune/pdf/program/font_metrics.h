#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "ocrtune/pdf/program/qpdf_file.h"

namespace ocrtune {

/// How much room the text of a font takes, as far as its dictionary says, in its size.
struct FontMetrics {
  std::size_t code_bytes = 1;  ///< of a code
  bool is_vertical = false;    ///< letters stand below each other
  bool has_no_glyphs = false;  ///< it shows nothing: that of a text layer
  double ascent = 0.75;
  double descent = -0.22;
  double usual_width = 0.55;        ///< of codes without a width
  std::vector<double> widths = {};  ///< by code

  [[nodiscard]] double width(std::size_t code) const {
    return code < widths.size() && widths[code] >= 0 ? widths[code] : usual_width;
  }
};

/// Of a font's dictionary, whatever it is.
FontMetrics font_metrics(QpdfFile& pdf, QpdfFile::Object font);

/// Recognizes an invisible font by the names that OCR programs give their fonts without glyphs.
bool is_invisible_font(std::string_view name);

}  // namespace ocrtune
