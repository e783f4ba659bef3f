#pragma once

#include <compare>
#include <string>

namespace ocrtune {

/// How Tesseract makes a page black and white to find its lines.
enum class Thresholding {
  otsu,           ///< one threshold for the page (Otsu 1979)
  adaptive_otsu,  ///< one for each tile, averaged with its neighbours
  sauvola         ///< by mean and deviation around each pixel (Sauvola & Pietikäinen 2000)
};

/// Whether Tesseract also tries uncertain lines as white on black.
enum class Inversion {
  given,  ///< says nothing
  on,     ///< they are tried
  off     ///< they are not tried
};

/// Which of the languages that a page is said to be in ("deu+lat") it is read with: all, or one
/// alone. Where there are fewer, all.
enum class Languages {
  given,   ///< says nothing
  all,     ///< all of them
  first,   ///< the first alone
  second,  ///< the second alone
  third    ///< the third alone
};

/// How one image is read, beside its pixels: what a pipeline's [ocr] table comes to on a page. A
/// value that says nothing leaves it to the options of the command, and in the end to Tesseract's
/// own default.
struct OcrSettings {
  int psm = 0;                                     ///< page segmentation mode; 0: the one asked for
  Thresholding thresholding = Thresholding::otsu;  ///< otsu is Tesseract's own
  int window = 0;     ///< px of the image: side of sauvola's windows or of adaptive_otsu's tiles
  double k = 0;       ///< sauvola's factor, at least 0
  int smoothing = 0;  ///< tiles on each side that adaptive_otsu averages thresholds with
  int dpi = 0;        ///< resolution, 70 to 2400; 0: none
  Inversion inversion = Inversion::given;  ///< given says nothing
  Languages languages = Languages::given;  ///< given says nothing

  auto operator<=>(const OcrSettings&) const = default;  ///< field by field, in their order

  /// For the image at `factor` times its size.
  [[nodiscard]] OcrSettings scaled(double factor) const;

  /// One text for each value: the number of the mode alone where nothing else is set.
  [[nodiscard]] std::string text() const;
};

/// Resolutions that Tesseract believes.
inline constexpr int kLeastDpi = 70;
inline constexpr int kMostDpi = 2400;  ///< the greatest of them

}  // namespace ocrtune
