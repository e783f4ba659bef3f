#pragma once

#include <optional>

#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/layout/box.h"
#include "ocrtune/ocr/lstm/line_input.h"

namespace ocrtune::lstm {

/// A line cut out of a page and scaled to a network's height.
struct LineImage {
  PixPtr pix;       ///< 8 or 32 bit
  float scale = 1;  ///< source px × scale = px here
};

/// Cuts `crop`, which must lie within the page, and scales it as Tesseract does (Leptonica's
/// pixScale). `page`: 1, 8 or 32 bit without a colour map. None if the line is too small to be
/// recognized, or memory is short.
std::optional<LineImage> cut_line(PIX* page, const layout::Box& crop, int height, int min_width);

/// The line as a network's input: gray, with the darkest and brightest turning points of its middle
/// row stretched to −1 and 1. `integer`: 8-bit values, else floats. Replaces the contents of
/// `input`.
void to_input(const LineImage& line, bool integer, LineInput& input);

/// Inverts black and white, in place.
void invert(LineImage& line);

}  // namespace ocrtune::lstm
