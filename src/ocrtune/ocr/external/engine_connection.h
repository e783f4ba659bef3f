#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/image/image.h"
#include "ocrtune/ocr/external/engine_manifest.h"
#include "ocrtune/ocr/external/engine_process.h"
#include "ocrtune/ocr/external/engine_protocol.h"
#include "ocrtune/ocr/external/memory_file.h"

namespace ocrtune {

/// The name under which an engine finds the page.
inline constexpr std::string_view kEngineImage = "/dev/fd/3";
/// Number of failed requests in a row after which an engine is not started again: more than a page
/// with several pipelines makes.
inline constexpr int kMaxEngineFailures = 10;

/// Starts an engine, reads its hello and ends it. Throws Error(dependency_missing) with the
/// engine's title if it cannot be started or its hello is invalid.
EngineHello introduction(const EngineManifest& manifest);

/// One process of an external engine, which is started, kept for pages in any of its languages, and
/// started again after a failure. Not thread-safe.
class EngineConnection {
 public:
  /// Starts the engine. Throws Error(dependency_missing) if it cannot be started or its hello is
  /// invalid.
  explicit EngineConnection(EngineManifest manifest);

  /// The engine's OCR result of an image in `lang`, of unknown resolution if `dpi` is 0, with these
  /// values of its options; nothing if `stop` became true. Throws EngineFailure with the engine's
  /// title and the reason.
  std::optional<OcrResult> read(const Image& image, int dpi, const std::string& lang,
                                const std::map<std::string, std::string>& options,
                                const std::atomic<bool>& stop);

  [[nodiscard]] const EngineManifest& manifest() const { return manifest_; }

  /// How the engine introduced itself.
  [[nodiscard]] const EngineHello& hello() const { return hello_; }

 private:
  /// Starts the engine and waits for its hello; false if `stop` became true.
  bool start(const std::atomic<bool>& stop);
  std::optional<EngineAnswer> answer(const Image& image, const EngineRequest& request,
                                     const std::atomic<bool>& stop);
  [[noreturn]] void fail(const std::string& reason);

  EngineManifest manifest_;
  MemoryFile image_;
  EngineHello hello_;
  std::unique_ptr<EngineProcess> process_;
  long long requests_ = 0;
  int failures_ = 0;     ///< in a row
  std::string gave_up_;  ///< the last reason, once it is not started again
};

}  // namespace ocrtune
