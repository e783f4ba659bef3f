#pragma once

#include <array>
#include <string>

#include "ocrtune/pipeline/ocr_settings.h"

namespace tesseract {
class TessBaseAPI;
}

namespace ocrtune {

/// Sets an opened Tesseract's variables for a page. What its settings leave open is set back to
/// what it was when this was made, so that one Tesseract reads images of different settings each as
/// one opened for it would. Not thread-safe; the Tesseract must outlive it.
class TesseractVariables {
 public:
  /// `psm`: for settings that state none.
  TesseractVariables(tesseract::TessBaseAPI& api, int psm);

  /// For the next page. Sizes are those of the image as it is given to Tesseract. Throws
  /// Error(dependency_missing) where this Tesseract doesn't know a variable.
  void set(const OcrSettings& settings);

 private:
  static constexpr std::size_t kCount = 7;
  using Texts = std::array<std::string, kCount>;

  [[nodiscard]] Texts wanted(const OcrSettings& settings) const;

  tesseract::TessBaseAPI& api_;
  int psm_;
  int dpi_;       ///< that sizes are multiplied by where none is stated
  Texts given_;   ///< as they were
  Texts stated_;  ///< as they are
};

}  // namespace ocrtune
