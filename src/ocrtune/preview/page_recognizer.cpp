#include "ocrtune/preview/page_recognizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/apply/expected_cer.h"
#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/base/version.h"
#include "ocrtune/documents/place_words.h"
#include "ocrtune/documents/words_json.h"
#include "ocrtune/execution/scoring.h"
#include "ocrtune/metrics/coverage.h"
#include "ocrtune/metrics/ocr_quality.h"
#include "ocrtune/metrics/scores_json.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

using nlohmann::json;

std::shared_ptr<RecognizerPool> PageRecognizer::lend(const std::string& engine) {
  const auto take_back = [this, engine](RecognizerPool* pool) {
    const std::scoped_lock lock(mutex_);
    free_[engine].emplace_back(pool);
  };
  const std::scoped_lock lock(mutex_);
  std::vector<std::unique_ptr<RecognizerPool>>& free = free_[engine];
  if (free.empty())
    free.push_back(std::make_unique<RecognizerPool>(RecognitionOptions{.engine = engine}));
  std::shared_ptr<RecognizerPool> lent(free.back().release(), take_back);
  free.pop_back();
  return lent;
}

std::optional<ScoredOcrResult> PageRecognizer::read(const Page& page, const Image& image,
                                                    const OcrSettings& settings,
                                                    const std::string& engine,
                                                    const std::atomic<bool>& stop, PageInk& ink) {
  if (engine != kAutomaticEngine) (void)engine_named(engine);
  const std::shared_ptr<RecognizerPool> pool = lend(engine);
  Scoring scoring(page, *pool);
  if (!scoring.score(image, settings, stop, ink)) return std::nullopt;
  OcrResult placed = *scoring.ocr_result();
  place_words(placed, image, {page.width, page.height});
  const OcrQuality quality = ocr_quality(placed, pool->lexicon(page.lang), ink.text());
  ScoredOcrResult read{.ocr_result = *scoring.ocr_result(),
                       .scores = scoring.scores(),
                       .expected_cer = expected_cer_of(placed, quality),
                       .engine = pool->engine(page.lang, settings, {}).name};
  for (const StepTiming& step : scoring.steps()) {
    if (step.name == kReadStep) read.read_ms = step.ms;
  }
  return read;
}

std::string PageRecognizer::identity(const Page& page) {
  std::string known;
  {
    const std::scoped_lock lock(mutex_);
    known = identities_[page.lang];
  }
  if (known.empty()) {
    known = fmt::format("{} {} {}", program_version(),
                        selected_engine(page.lang, RecognitionOptions{}).name,
                        language_identity(page.lang, tessdata_folder("")));
    const std::scoped_lock lock(mutex_);
    identities_[page.lang] = known;
  }
  return fmt::format("{} truth {}", known, page.truth_hash());
}

void expect_nothing_if_blank(ScoredOcrResult& read, const Image& original) {
  if (is_blank(original.gray, original.colour)) read.expected_cer = 0;
}

json page_ocr_result_json(const Page& page, const ScoredOcrResult& read, double preprocess_ms) {
  return {{"width", read.ocr_result.width},
          {"height", read.ocr_result.height},
          {"words", words_json(read.ocr_result)},
          {"text", plain_text(read.ocr_result)},
          {"truth", or_null(page.truth)},
          {"scores", scores_json(mean_scores({PageResult{.scores = read.scores}}))},
          {"expected_cer", read.expected_cer},
          {"reasons", measured_reasons_json(read.reasons)},
          {"engine", read.engine},
          {"preprocess_ms", preprocess_ms},
          {"read_ms", read.read_ms}};
}

}  // namespace ocrtune
