#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/ocr/external/engine_manifest.h"
#include "ocrtune/ocr/external/engine_process.h"
#include "ocrtune/ocr/external/engine_protocol.h"
#include "ocrtune/ocr/external/memory_file.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// The name under which an engine finds the page.
inline constexpr std::string_view kEngineImage = "/dev/fd/3";
/// Number of failed requests in a row after which an engine is not started again: more than a page
/// with several pipelines makes.
inline constexpr int kMaxEngineFailures = 10;

/// Starts an engine, reads its hello and ends it. Throws Error(dependency_missing) with the
/// engine's title if it cannot be started or its hello is invalid.
EngineHello introduction(const EngineManifest& manifest);

/// Recognizes pages with an external engine, which it starts, keeps, and starts again after a
/// failure. A page on which the engine fails throws EngineFailure with the engine's title
/// and the reason.
class ExternalRecognizer final : public Recognizer {
 public:
  /// Starts the engine. Throws Error(dependency_missing) if it cannot be started, its hello is
  /// invalid, or it does not support the language.
  ExternalRecognizer(EngineManifest manifest, std::string lang, std::optional<int> max_width);

  using Recognizer::read;

  std::optional<OcrResult> read(const Image& image, const OcrSettings& settings,
                                const std::atomic<bool>& stop, const CountPageMarks& page) override;

  /// How the engine introduced itself.
  [[nodiscard]] const EngineHello& hello() const { return hello_; }

 private:
  /// Starts the engine and waits for its hello; false if `stop` became true.
  bool start(const std::atomic<bool>& stop);
  std::optional<EngineAnswer> answer(const Image& image, const EngineRequest& request,
                                     const std::atomic<bool>& stop);
  [[noreturn]] void fail(const std::string& reason);

  EngineManifest manifest_;
  std::string lang_;
  std::optional<int> max_width_;
  MemoryFile image_;
  EngineHello hello_;
  std::unique_ptr<EngineProcess> process_;
  long long requests_ = 0;
  int failures_ = 0;     ///< in a row
  std::string gave_up_;  ///< the last reason, once it is not started again
};

}  // namespace ocrtune
