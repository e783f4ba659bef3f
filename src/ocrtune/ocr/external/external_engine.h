#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/ocr/engine.h"
#include "ocrtune/ocr/external/engine_manifest.h"
#include "ocrtune/ocr/external/engine_protocol.h"

namespace ocrtune {

/// The external engines of engine_folders() whose names `--engine` can have and that are not in
/// `taken`. An engine with an
/// invalid `engine.json` refuses every language, with the reason.
std::vector<OcrEngine> external_engines(const std::vector<std::string>& taken);

/// The external engine in `folder`. Throws as load_manifest(), and Error(invalid_argument) if the
/// folder's name cannot name an engine.
OcrEngine external_engine(const std::filesystem::path& folder);

/// How an engine introduces itself: starts it once per process and folder. Throws
/// Error(dependency_missing) if it cannot be started or its hello is invalid. Thread-safe.
const EngineHello& hello_of(const EngineManifest& manifest);

}  // namespace ocrtune
