#include "ocrtune/ocr/tesseract_variables.h"

#include <fmt/format.h>
#include <tesseract/baseapi.h>

#include <cstddef>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

enum Variable : std::size_t { method, window, factor, tile, smoothing, dpi, inversion };

constexpr std::array kVariableNames{
    "thresholding_method",    "thresholding_window_size",        "thresholding_kfactor",
    "thresholding_tile_size", "thresholding_smooth_kernel_size", "user_defined_dpi",
    "invert_threshold"};

/// Tesseract's default certainty below which it also tries a line inverted.
constexpr const char* kUsualInversion = "0.7";

/// Tesseract multiplies sizes by the resolution and truncates.
std::string size_text(int px, int dpi) { return fmt::format("{:.9f}", (px + 0.5) / dpi); }

}  // namespace

TesseractVariables::TesseractVariables(tesseract::TessBaseAPI& api, int psm)
    : api_(api), psm_(psm), dpi_(0) {
  static_assert(kVariableNames.size() == kCount);
  for (std::size_t i = 0; i < kCount; ++i) api_.GetVariableAsString(kVariableNames[i], &given_[i]);
  stated_ = given_;
  api_.GetIntVariable(kVariableNames[dpi], &dpi_);
  // Images have no resolution of their own; Tesseract then uses its minimum.
  if (dpi_ <= 0) dpi_ = kMinDpi;
}

TesseractVariables::Texts TesseractVariables::wanted(const OcrSettings& settings) const {
  Texts texts = given_;
  const int resolution = settings.dpi == 0 ? dpi_ : settings.dpi;
  if (settings.thresholding == Thresholding::sauvola) {
    texts[method] = "2";
    texts[window] = size_text(settings.window, resolution);
    texts[factor] = fmt::format("{:.17g}", settings.k);
  }
  if (settings.thresholding == Thresholding::adaptive_otsu) {
    texts[method] = "1";
    texts[tile] = size_text(settings.window, resolution);
    // Tesseract interprets this width in tiles as one in inches.
    texts[smoothing] = size_text(2 * settings.smoothing, resolution);
  }
  if (settings.dpi != 0) texts[dpi] = std::to_string(settings.dpi);
  if (settings.inversion != Inversion::given)
    texts[inversion] = settings.inversion == Inversion::on ? kUsualInversion : "0";
  return texts;
}

void TesseractVariables::set(const OcrSettings& settings) {
  api_.SetPageSegMode(static_cast<tesseract::PageSegMode>(settings.psm == 0 ? psm_ : settings.psm));
  Texts texts = wanted(settings);
  for (std::size_t i = 0; i < kCount; ++i) {
    if (texts[i] == stated_[i]) continue;
    if (!api_.SetVariable(kVariableNames[i], texts[i].c_str())) {
      throw Error(Errc::dependency_missing,
                  tr("this Tesseract has no variable `{}`", kVariableNames[i]));
    }
    stated_[i] = std::move(texts[i]);
  }
}

}  // namespace ocrtune
