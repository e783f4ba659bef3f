#pragma once

#include <compare>
#include <map>
#include <string>

namespace ocrtune {

/// How Tesseract binarizes a page for layout analysis.
enum class Thresholding {
  otsu,           ///< one threshold for the page (Otsu 1979)
  adaptive_otsu,  ///< one for each tile, averaged with its neighbours
  sauvola         ///< by mean and deviation around each pixel (Sauvola & Pietikäinen 2000)
};

/// Whether Tesseract also tries uncertain lines as white on black.
enum class Inversion {
  given,  ///< not set
  on,     ///< they are tried
  off     ///< they are not tried
};

/// Which of the page's languages ("deu+lat") are used for OCR: all, or one alone. If there are
/// fewer, all.
enum class Languages {
  given,   ///< not set
  all,     ///< all of them
  first,   ///< the first alone
  second,  ///< the second alone
  third    ///< the third alone
};

/// OCR settings for one image: the values of a pipeline's [ocr] table for a page. A value that is
/// not set is left to the options of the command, and finally to Tesseract's default.
struct OcrSettings {
  int psm = 0;                                     ///< page segmentation mode; 0: not set
  Thresholding thresholding = Thresholding::otsu;  ///< otsu is Tesseract's default
  int window = 0;     ///< px of the image: side of sauvola's windows or of adaptive_otsu's tiles
  double k = 0;       ///< sauvola's factor, at least 0
  int smoothing = 0;  ///< tiles on each side that adaptive_otsu averages thresholds with
  int dpi = 0;        ///< resolution, 70 to 2400; 0: not set
  Inversion inversion = Inversion::given;  ///< given: not set
  Languages languages = Languages::given;  ///< given: not set
  /// Values of options of an external engine, as text; other engines have none.
  std::map<std::string, std::string> engine_options = {};

  auto operator<=>(const OcrSettings&) const = default;  ///< field by field, in their order

  /// The settings for the image at `factor` times its size.
  [[nodiscard]] OcrSettings scaled(double factor) const;

  /// A unique text for each value: the number of the page segmentation mode alone if nothing else
  /// is set.
  [[nodiscard]] std::string text() const;
};

/// Range of resolutions that Tesseract accepts.
inline constexpr int kMinDpi = 70;
inline constexpr int kMaxDpi = 2400;  ///< the greatest of them

}  // namespace ocrtune
