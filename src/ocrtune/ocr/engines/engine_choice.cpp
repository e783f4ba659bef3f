#include "ocrtune/ocr/engines/engine_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "ocrtune/base/error.h"
#include "ocrtune/base/kept_values.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/engines/self_check_key.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/self_check.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMaxPassedSelfChecks = 256;

/// refusal_of() against the registry's reference, unless the self-check passed before.
std::optional<Refusal> checked_refusal(const OcrEngine& engine, const std::string& lang,
                                       const RecognitionOptions& options, SelfChecks checks) {
  if (!engine.repeats_reference) return refusal_of(engine, reference_engine(), lang, options);
  if (std::optional<Refusal> refusal = engine.refuses(lang, options)) return refusal;
  const KeptValues passed = KeptValues::in_cache("self_checks.json", kMaxPassedSelfChecks);
  const std::string key = self_check_key(engine.name, lang, options);
  if (checks == SelfChecks::once && passed.find(key) == nlohmann::json(true)) return std::nullopt;
  std::optional<Refusal> refusal = refusal_of(engine, reference_engine(), lang, options);
  if (!refusal) passed.store(key, true);
  return refusal;
}

}  // namespace

std::optional<Refusal> refusal_of(const OcrEngine& engine, const OcrEngine& reference,
                                  const std::string& lang, const RecognitionOptions& options) {
  if (std::optional<Refusal> refusal = engine.refuses(lang, options)) return refusal;
  if (!engine.repeats_reference) return std::nullopt;
  // The built-in page is recognized unscaled, on the CPU.
  RecognitionOptions as_given = options;
  as_given.max_width.reset();
  as_given.device.reset();
  std::unique_ptr<Recognizer> own;
  try {
    own = engine.open(lang, as_given);
  } catch (const Error& error) {
    return Refusal{.reason = error.what()};
  }
  const std::string difference = self_check(*own, *reference.open(lang, as_given));
  if (difference.empty()) return std::nullopt;
  return Refusal{.reason = tr("{} failed its self-check on the built-in page: {}",
                              translated(engine.title), difference)};
}

std::optional<Refusal> refusal_of(const OcrEngine& engine, const std::string& lang,
                                  const RecognitionOptions& options, SelfChecks checks) {
  static std::mutex mutex;
  static std::map<std::string, std::optional<Refusal>> known;
  const std::string key = fmt::format("{}\n{}\n{}\n{}\n{}", engine.name, lang,
                                      tessdata_folder(options.tessdata), options.psm, options.oem);
  // Held during the check, so that other workers wait for its result instead of repeating it.
  const std::scoped_lock lock(mutex);
  const auto found = known.find(key);
  if (found != known.end()) return found->second;
  return known.emplace(key, checked_refusal(engine, lang, options, checks)).first->second;
}

EngineChoice choose_engine(const std::string& lang, const RecognitionOptions& options,
                           SelfChecks checks) {
  EngineChoice choice{.engine = reference_engine().name, .reason = ""};
  for (const OcrEngine& engine : all_engines()) {
    if (!engine.automatic) continue;
    const std::optional<Refusal> refusal = refusal_of(engine, lang, options, checks);
    if (!refusal) {
      choice.engine = engine.name;
      return choice;
    }
    if (!choice.reason.empty() && (refusal->expected || !choice.plain)) continue;
    choice.reason = refusal->reason;
    choice.plain = refusal->expected;
  }
  return choice;
}

const OcrEngine& selected_engine(const std::string& lang, const RecognitionOptions& options) {
  const auto selected = options.engines.find(lang);
  const std::string& name = selected == options.engines.end() ? options.engine : selected->second;
  return engine_named(name == kAutomaticEngine ? choose_engine(lang, options).engine : name);
}

std::unique_ptr<Recognizer> open_engine(const std::string& lang,
                                        const RecognitionOptions& options) {
  return selected_engine(lang, options).open(lang, options);
}

}  // namespace ocrtune
