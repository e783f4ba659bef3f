#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/base/error.h"
#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/image/image.h"
#include "ocrtune/ocr/noise.h"
#include "ocrtune/ocr/ocr_settings.h"

namespace ocrtune {

/// Placeholder for the engine that is selected for each language (engine_choice.h).
inline constexpr std::string_view kAutomaticEngine = "auto";

/// The name of the selected engine for each language ("eng", "eng+fra"); never auto.
using LanguageEngines = std::map<std::string, std::string>;

class OcrDevice;

/// OCR options for pages, where a pipeline does not set them. Part of a study's identity, except
/// for the device.
struct RecognitionOptions {
  int psm = 6;                   ///< Tesseract's page segmentation mode, 1 to 13 but for 2
  int oem = 1;                   ///< Tesseract's engine mode: 0 legacy, 1 LSTM, 2 both, 3 default
  std::optional<int> max_width;  ///< px; wider pages are scaled to this width (area interpolation)
  std::string tessdata;          ///< folder of the .traineddata files; empty: Tesseract's own
  std::string engine{kAutomaticEngine};  ///< "auto", or an engine's name (engine_registry.h)
  LanguageEngines engines;               ///< for these languages, instead of `engine`
  /// Device for engines that can run their networks on it, which changes only the running time;
  /// null: the CPU.
  std::shared_ptr<OcrDevice> device;
};

/// An OCR engine failed on a page: it crashed, hung, or gave no valid answer.
class EngineFailure : public Error {
 public:
  /// `message`: one line, with the engine's title.
  explicit EngineFailure(const std::string& message) : Error(Errc::limit_reached, message) {}
};

/// Recognizes the text of images. Opened once and reused; one per thread, never shared.
class Recognizer {
 public:
  virtual ~Recognizer() = default;

  /// The words of an image, recognized with these settings. The result depends on the image and the
  /// settings only, not on earlier images. If `stop` becomes true meanwhile, recognition ends early
  /// and nothing is returned. If `page` is not empty and the image is_noise() compared with its
  /// page, throws Error(limit_reached); external engines have a time limit instead. Throws
  /// EngineFailure if the engine fails on this image.
  virtual std::optional<OcrResult> read(const Image& image, const OcrSettings& settings,
                                        const std::atomic<bool>& stop,
                                        const CountPageMarks& page) = 0;

  /// The same without the check for noise.
  std::optional<OcrResult> read(const Image& image, const OcrSettings& settings,
                                const std::atomic<bool>& stop) {
    return read(image, settings, stop, {});
  }
};

/// The copy of a page for OCR: halved (bilinear) if it is wider than 2500 px and its size was not
/// chosen for OCR, or scaled to `max_width` (area) if that is given and it is wider. The page
/// itself if neither applies.
Image ocr_result_copy(const Image& page, std::optional<int> max_width);

/// The settings for ocr_result_copy's copy of a page, with sizes scaled accordingly. `usual_psm`:
/// the page segmentation mode, if they have none. If it looks for columns or lines in a page, and
/// the settings have no resolution, it is the copy's (stated_dpi()); other modes do not depend on
/// it.
OcrSettings settings_of_copy(const OcrSettings& settings, const Image& page, const Image& copy,
                             int usual_psm);

/// The resolution of an image for an OCR engine; 0 if it is unknown or out of Tesseract's range.
int stated_dpi(const Image& image);

}  // namespace ocrtune
