#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/image/image.h"
#include "ocrtune/ocr/noise.h"
#include "ocrtune/ocr/reading.h"
#include "ocrtune/pipeline/ocr_settings.h"

namespace ocrtune {

/// Names an engine only once it is known which of them read a language (reader.h).
inline constexpr std::string_view kAutomaticReader = "auto";

/// For each language ("eng", "eng+fra") the name of the engine that was settled on; never auto.
using Readers = std::map<std::string, std::string>;

class ReadingDevice;

/// How pages are read where a pipeline says nothing of it. Part of a study's identity, but for the
/// device.
struct ReadingOptions {
  int psm = 6;                   ///< Tesseract's page segmentation mode, 1 to 13 but for 2
  int oem = 1;                   ///< Tesseract's engine mode: 0 legacy, 1 LSTM, 2 both, 3 default
  std::optional<int> max_width;  ///< px; wider pages are read at this width (area interpolation)
  std::string tessdata;          ///< folder of the .traineddata files; empty: Tesseract's own
  std::string reader{kAutomaticReader};  ///< "auto", or an engine's name (engine_registry.h)
  Readers readers;                       ///< for these languages, instead of `reader`
  /// Where engines that can run their networks, which changes nothing but the time; null: on the
  /// processors.
  std::shared_ptr<ReadingDevice> device;
};

/// Reads images. Opened once and reused; one per thread, never shared.
class Recognizer {
 public:
  virtual ~Recognizer() = default;

  /// The words of an image, read with these settings. The same image and settings give the same
  /// reading, whatever was read before.
  /// `stop` may become true meanwhile: the reading ends early and nothing is returned. `page`,
  /// where it isn't empty: an image that is_noise() beside its page isn't read, which is
  /// Error(limit_reached).
  virtual std::optional<Reading> read(const Image& image, const OcrSettings& settings,
                                      const std::atomic<bool>& stop,
                                      const CountPageMarks& page) = 0;

  /// Whatever it takes.
  std::optional<Reading> read(const Image& image, const OcrSettings& settings,
                              const std::atomic<bool>& stop) {
    return read(image, settings, stop, {});
  }
};

/// The copy of a page that is read: halved (bilinear) where it is wider than 2500 px and its size
/// wasn't chosen for reading, or scaled to `max_width` (area) where that is given and it is wider.
/// The page itself where neither applies.
Image reading_copy(const Image& page, std::optional<int> max_width);

/// The settings for reading_copy's copy of a page, whose sizes follow.
OcrSettings settings_of_copy(const OcrSettings& settings, const Image& page, const Image& copy);

}  // namespace ocrtune
