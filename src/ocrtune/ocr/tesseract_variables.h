#pragma once

#include <array>
#include <string>

#include "ocrtune/image/told.h"

namespace tesseract {
class TessBaseAPI;
}

namespace ocrtune {

/// Tells an opened Tesseract how to read a page. What an image doesn't state is set back to what it
/// was when this was made, so that one Tesseract reads images of different settings each as one
/// opened for it would. Not thread-safe; the Tesseract must outlive it.
class TesseractVariables {
 public:
  /// `psm`: for images that state none.
  TesseractVariables(tesseract::TessBaseAPI& api, int psm);

  /// For the next page. Sizes are those of the image as it is given to Tesseract. Throws
  /// Error(dependency_missing) where this Tesseract doesn't know what it is told.
  void tell(const Told& told);

 private:
  static constexpr std::size_t kCount = 7;
  using Texts = std::array<std::string, kCount>;

  [[nodiscard]] Texts wanted(const Told& told) const;

  tesseract::TessBaseAPI& api_;
  int psm_;
  int dpi_;       ///< that sizes are multiplied by where none is told
  Texts given_;   ///< as they were
  Texts stated_;  ///< as they are
};

}  // namespace ocrtune
