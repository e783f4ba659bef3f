#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ocrtune/ocr/external/engine_connection.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// Recognizes pages in one language with an external engine. A page on which the engine fails
/// throws EngineFailure with the engine's title and the reason.
class ExternalRecognizer final : public Recognizer {
 public:
  /// Starts the engine. Throws Error(dependency_missing) if it cannot be started, its hello is
  /// invalid, or it does not support the language.
  ExternalRecognizer(EngineManifest manifest, std::string lang, std::optional<int> max_width);

  /// For another language, with the process of `opened`, which must be of the same thread. Throws
  /// Error(dependency_missing) if the engine does not support the language.
  ExternalRecognizer(const ExternalRecognizer& opened, std::string lang);

  using Recognizer::read;

  std::optional<OcrResult> read(const Image& image, const OcrSettings& settings,
                                const std::atomic<bool>& stop, const CountPageMarks& page) override;

  /// How the engine introduced itself.
  [[nodiscard]] const EngineHello& hello() const { return engine_->hello(); }

 private:
  void require_language() const;

  std::shared_ptr<EngineConnection> engine_;
  std::string lang_;
  std::optional<int> max_width_;
};

}  // namespace ocrtune
