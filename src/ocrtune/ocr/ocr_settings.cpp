#include "ocrtune/ocr/ocr_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ocrtune {
namespace {

int scaled_px(int px, double factor) {
  return px == 0 ? 0 : std::max(1, static_cast<int>(std::lround(px * factor)));
}

}  // namespace

OcrSettings OcrSettings::scaled(double factor) const {
  OcrSettings all = *this;
  all.window = scaled_px(window, factor);
  if (dpi != 0) all.dpi = std::clamp(scaled_px(dpi, factor), kMinDpi, kMaxDpi);
  return all;
}

std::string OcrSettings::text() const {
  std::string text = std::to_string(psm);
  // Hexadecimal, so that different values never have the same text.
  if (thresholding == Thresholding::sauvola) text += fmt::format(" sauvola={},{:a}", window, k);
  if (thresholding == Thresholding::adaptive_otsu)
    text += fmt::format(" adaptive_otsu={},{}", window, smoothing);
  if (dpi != 0) text += fmt::format(" dpi={}", dpi);
  if (inversion != Inversion::given)
    text += inversion == Inversion::on ? " invert=on" : " invert=off";
  if (languages != Languages::given)
    text += fmt::format(" languages={}", static_cast<int>(languages));
  for (const auto& [name, value] : engine_options) text += fmt::format(" {}={}", name, value);
  return text;
}

}  // namespace ocrtune
