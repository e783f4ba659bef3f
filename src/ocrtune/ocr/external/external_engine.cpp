#include "ocrtune/ocr/external/external_engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/external/external_recognizer.h"

namespace ocrtune {
namespace fs = std::filesystem;
namespace {

void check_installed(const EngineManifest& manifest) {
  if (const std::string missing = missing_for(manifest); !missing.empty())
    throw Error(Errc::dependency_missing, fmt::format("{}: {}", manifest.title, missing));
}

OcrEngine engine_of(const EngineManifest& manifest) {
  OcrEngine engine{.name = manifest.name,
                   .title = manifest.title,
                   .summary = manifest.summary,
                   .automatic = false};
  engine.refuses = [manifest](const std::string& lang,
                              const RecognitionOptions&) -> std::optional<Refusal> {
    std::string reason = missing_for(manifest);
    if (reason.empty()) {
      try {
        if (!hello_of(manifest).supports(lang))
          reason = tr("does not support the language `{}`", quotable(lang, 60));
      } catch (const Error& error) {
        reason = error.what();
      }
    }
    if (reason.empty()) return std::nullopt;
    return Refusal{.reason = std::move(reason)};
  };
  engine.open = [manifest](const std::string& lang,
                           const RecognitionOptions& options) -> std::unique_ptr<Recognizer> {
    check_installed(manifest);
    return std::make_unique<ExternalRecognizer>(manifest, lang, options.max_width);
  };
  engine.open_beside = [](const Recognizer& opened,
                          const std::string& lang) -> std::unique_ptr<Recognizer> {
    return std::make_unique<ExternalRecognizer>(dynamic_cast<const ExternalRecognizer&>(opened),
                                                lang);
  };
  engine.identity = [manifest] {
    check_installed(manifest);
    const EngineHello& hello = hello_of(manifest);
    return hello.models.empty() ? hello.version
                                : fmt::format("{} ({})", hello.version, hello.models);
  };
  engine.refuses_value = [manifest](const std::string& option,
                                    const std::string& value) -> std::string {
    try {
      check_installed(manifest);
      (void)option_value(hello_of(manifest).options, option, value);
      return "";
    } catch (const Error& error) {
      if (error.code() == Errc::dependency_missing) throw;
      return error.what();
    }
  };
  engine.memory_mb = manifest.memory_mb;
  return engine;
}

/// An engine that cannot be used, listed with the reason.
OcrEngine invalid_engine(const std::string& name, const std::string& reason) {
  OcrEngine engine{.name = name, .title = name, .summary = name, .automatic = false};
  engine.refuses = [reason](const std::string&, const RecognitionOptions&) {
    return std::optional(Refusal{.reason = reason});
  };
  engine.open = [reason](const std::string&,
                         const RecognitionOptions&) -> std::unique_ptr<Recognizer> {
    throw Error(Errc::dependency_missing, reason);
  };
  engine.identity = [reason]() -> std::string { throw Error(Errc::dependency_missing, reason); };
  return engine;
}

}  // namespace

OcrEngine external_engine(const fs::path& folder) {
  const EngineManifest manifest = load_manifest(folder);
  if (!can_name_engine(manifest.name))
    throw Error(Errc::invalid_argument,
                fmt::format("{}: {}", shown(folder), refusal_of_engine_name()));
  return engine_of(manifest);
}

std::vector<OcrEngine> external_engines(const std::vector<std::string>& taken) {
  std::vector<OcrEngine> engines;
  for (const fs::path& folder : engine_folders()) {
    const std::string name = folder.filename().string();
    if (!can_name_engine(name) || std::ranges::find(taken, name) != taken.end()) continue;
    try {
      engines.push_back(external_engine(folder));
    } catch (const Error& error) {
      engines.push_back(invalid_engine(name, error.what()));
    }
  }
  return engines;
}

const EngineHello& hello_of(const EngineManifest& manifest) {
  static std::mutex mutex;
  static std::map<fs::path, EngineHello> known;
  // Held while the engine starts, so that other threads wait for its hello instead of asking too.
  const std::scoped_lock lock(mutex);
  const auto found = known.find(manifest.folder);
  if (found != known.end()) return found->second;
  return known.emplace(manifest.folder, introduction(manifest)).first->second;
}

}  // namespace ocrtune
