#include "ocrtune/ocr/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "ocrtune/base/error.h"
#include "ocrtune/ocr/engine_registry.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/self_check.h"

namespace ocrtune {

std::optional<Refusal> refusal_of(const OcrEngine& engine, const OcrEngine& reference,
                                  const std::string& lang, const ReadingOptions& options) {
  if (std::optional<Refusal> refusal = engine.refuses(lang, options)) return refusal;
  if (!engine.repeats_reference) return std::nullopt;
  // The built-in page is read as it is.
  ReadingOptions as_given = options;
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
  return Refusal{.reason = fmt::format("{} doesn't read the built-in page as it does: {}",
                                       engine.title, difference)};
}

std::optional<Refusal> refusal_of(const OcrEngine& engine, const std::string& lang,
                                  const ReadingOptions& options) {
  static std::mutex mutex;
  static std::map<std::string, std::optional<Refusal>> known;
  const std::string key = fmt::format("{}\n{}\n{}\n{}\n{}", engine.name, lang,
                                      tessdata_folder(options.tessdata), options.psm, options.oem);
  // Held while it is worked out, so that other workers wait for it rather than do the same.
  const std::scoped_lock lock(mutex);
  const auto found = known.find(key);
  if (found != known.end()) return found->second;
  return known.emplace(key, refusal_of(engine, reference_engine(), lang, options)).first->second;
}

ReaderChoice choose_reader(const std::string& lang, const ReadingOptions& options) {
  ReaderChoice choice{.reader = reference_engine().name, .reason = ""};
  for (const OcrEngine& engine : all_engines()) {
    const std::optional<Refusal> refusal = refusal_of(engine, lang, options);
    if (!refusal) {
      choice.reader = engine.name;
      return choice;
    }
    if (!choice.reason.empty() && (refusal->expected || !choice.plain)) continue;
    choice.reason = refusal->reason;
    choice.plain = refusal->expected;
  }
  return choice;
}

const OcrEngine& settled_reader(const std::string& lang, const ReadingOptions& options) {
  const auto settled = options.readers.find(lang);
  const std::string& reader = settled == options.readers.end() ? options.reader : settled->second;
  return engine_named(reader == kAutomaticReader ? choose_reader(lang, options).reader : reader);
}

std::unique_ptr<Recognizer> open_reader(const std::string& lang, const ReadingOptions& options) {
  return settled_reader(lang, options).open(lang, options);
}

}  // namespace ocrtune
