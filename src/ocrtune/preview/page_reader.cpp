#include "ocrtune/preview/page_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/optional_json.h"
#include "ocrtune/base/version.h"
#include "ocrtune/evaluator/scoring.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/study/scores_json.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

using nlohmann::json;

std::shared_ptr<RecognizerPool> PageReader::lend() {
  const auto take_back = [this](RecognizerPool* pool) {
    const std::scoped_lock lock(mutex_);
    free_.emplace_back(pool);
  };
  const std::scoped_lock lock(mutex_);
  if (free_.empty()) free_.push_back(std::make_unique<RecognizerPool>(ReadingOptions{}));
  std::shared_ptr<RecognizerPool> lent(free_.back().release(), take_back);
  free_.pop_back();
  return lent;
}

std::optional<ImageReading> PageReader::read(const Page& page, const Image& image,
                                             const OcrSettings& settings,
                                             const std::atomic<bool>& stop, PageInk& ink) {
  const std::shared_ptr<RecognizerPool> pool = lend();
  Scoring scoring(page, *pool);
  if (!scoring.score(image, settings, stop, ink)) return std::nullopt;
  ImageReading read{.reading = *scoring.reading(), .scores = scoring.scores()};
  for (const StepTiming& step : scoring.steps()) {
    if (step.name == kReadStep) read.read_ms = step.ms;
  }
  return read;
}

std::string PageReader::identity(const Page& page) {
  std::string known;
  {
    const std::scoped_lock lock(mutex_);
    known = identities_[page.lang];
  }
  if (known.empty()) {
    known =
        fmt::format("{} {} {}", program_version(), settled_reader(page.lang, ReadingOptions{}).name,
                    language_identity(page.lang, tessdata_folder("")));
    const std::scoped_lock lock(mutex_);
    identities_[page.lang] = known;
  }
  return fmt::format("{} truth {}", known, page.truth_hash());
}

json page_reading_json(const Page& page, const ImageReading& read, double preprocess_ms) {
  json words = json::array();
  for (const Word& word : read.reading.words) {
    words.push_back({word.text, word.confidence, word.left, word.top, word.right, word.bottom});
  }
  return {{"width", read.reading.width},
          {"height", read.reading.height},
          {"words", words},
          {"text", plain_text(read.reading)},
          {"truth", or_null(page.truth)},
          {"scores", scores_json(mean_scores({PageResult{.scores = read.scores}}))},
          {"preprocess_ms", preprocess_ms},
          {"read_ms", read.read_ms}};
}

}  // namespace ocrtune
