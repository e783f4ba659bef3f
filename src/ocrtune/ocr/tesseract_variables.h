#pragma once

#include <array>
#include <string>

#include "ocrtune/ocr/ocr_settings.h"

namespace tesseract {
class TessBaseAPI;
}

namespace ocrtune {

/// Sets an opened Tesseract's variables for a page. Variables without a setting are reset to their
/// values at construction, so that one Tesseract gives the same results for images with different
/// settings as one opened for each. Not thread-safe; the Tesseract must outlive it.
class TesseractVariables {
 public:
  /// `psm`: for settings without one.
  TesseractVariables(tesseract::TessBaseAPI& api, int psm);

  /// Sets the variables for the next page. Sizes are those of the image that Tesseract gets. Throws
  /// Error(dependency_missing) if this Tesseract does not have a variable.
  void set(const OcrSettings& settings);

 private:
  static constexpr std::size_t kCount = 7;
  using Texts = std::array<std::string, kCount>;

  [[nodiscard]] Texts wanted(const OcrSettings& settings) const;

  tesseract::TessBaseAPI& api_;
  int psm_;
  int dpi_;       ///< by which sizes are multiplied if there is no resolution
  Texts given_;   ///< initial values
  Texts stated_;  ///< present values
};

}  // namespace ocrtune
