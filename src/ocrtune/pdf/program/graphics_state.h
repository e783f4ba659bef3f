#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "ocrtune/pdf/program/font_metrics.h"
#include "ocrtune/pdf/transform.h"

namespace ocrtune {

/// The number of a token of a content stream; 0 if it is none.
double number_of(std::string_view token);

/// The matrix that six operands are; nothing if they are not as many.
std::optional<Transform> matrix_in(const std::vector<std::string_view>& operands);

/// A colour, as far as it matters whether it can be seen.
struct Paint {
  std::optional<double> light = 0;  ///< from 0, black or a colour, to 1, white; nothing: unknown
  bool is_plain = true;             ///< no pattern
  bool is_counted = true;           ///< its space is gray, RGB or CMYK, by the number of components
};

/// The state of a content stream: what `q` saves.
struct GraphicsState {
  Transform matrix;  ///< to the page
  PdfBox clip;       ///< around what can be drawn
  bool clip_is_box = true;
  Paint fill;
  Paint stroke;
  double fill_alpha = 1;
  double stroke_alpha = 1;
  double group_alpha = 1;  ///< of the groups around
  bool blends = false;     ///< what is beneath shows through
  bool is_masked = false;  ///< by a soft mask
  int mode = 0;            ///< of text
  std::shared_ptr<const FontMetrics> font;
  double size = 0;
  double spacing = 0;
  double word_spacing = 0;
  double stretch = 1;
  double rise = 0;
  double leading = 0;

  /// Applies an operator that sets a parameter, but for the font and what resources name. False if
  /// it is another one.
  bool set(std::string_view name, const std::vector<std::string_view>& operands);

  /// Whether text would be shown if nothing lay over it.
  [[nodiscard]] bool shows_text() const;
  /// How light it would be; nothing if that is unknown.
  [[nodiscard]] std::optional<double> light_of_text() const;
  /// Whether nothing shines through what is filled, or through an image without a mask.
  [[nodiscard]] bool covers() const;

 private:
  bool set_text(std::string_view name, const std::vector<std::string_view>& operands);
  bool set_colour(std::string_view name, const std::vector<std::string_view>& operands);
};

}  // namespace ocrtune
