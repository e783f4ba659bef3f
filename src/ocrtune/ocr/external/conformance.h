#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/ocr/external/engine_manifest.h"
#include "ocrtune/ocr/external/engine_protocol.h"

namespace ocrtune {

/// One check of an engine.
struct ConformanceCheck {
  std::string what;     ///< what the engine has to do
  std::string failure;  ///< why it does not conform; empty if it does
  std::string detail;   ///< what it did: the number of words, the time; may be empty
};

/// Result of the conformance test of an engine.
struct Conformance {
  std::optional<EngineHello> hello;  ///< unset if it did not introduce itself
  std::vector<ConformanceCheck> checks;

  [[nodiscard]] bool passed() const;
};

/// Tests whether an external engine conforms to the protocol (docs/reference/engine_protocol.md):
/// its hello, the built-in page in `lang`, the same page again, a blank page, an image of 1 × 1 px,
/// an image file that is damaged, each option at the ends of its range, and its end. Later checks
/// run although earlier ones failed, except after an invalid hello.
Conformance test_engine(const EngineManifest& manifest, const std::string& lang);

/// The engine that `text` names for a test: one of external_engines(), a folder with `engine.json`,
/// or else a command for the shell, run in the current folder. Throws as load_manifest().
EngineManifest engine_to_test(const std::string& text);

}  // namespace ocrtune
