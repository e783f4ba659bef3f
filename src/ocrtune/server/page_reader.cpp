#include "ocrtune/server/page_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/version.h"
#include "ocrtune/evaluator/scoring.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/reader.h"

namespace ocrtune::server {

using nlohmann::json;

/// A pool of recognizers of one's own, given back at the end.
class PageReader::Lease {
 public:
  explicit Lease(PageReader& reader) : reader_(reader) {
    const std::scoped_lock lock(reader_.mutex_);
    if (reader_.free_.empty()) {
      pool_ = std::make_unique<RecognizerPool>(ReadingOptions{});
      return;
    }
    pool_ = std::move(reader_.free_.back());
    reader_.free_.pop_back();
  }
  ~Lease() {
    const std::scoped_lock lock(reader_.mutex_);
    reader_.free_.push_back(std::move(pool_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  RecognizerPool& pool() { return *pool_; }

 private:
  PageReader& reader_;
  std::unique_ptr<RecognizerPool> pool_;
};

std::optional<ReadPage> PageReader::read(const Page& page, const Image& image,
                                         const OcrSettings& settings, const std::atomic<bool>& stop,
                                         PageInk& ink) {
  Lease lease(*this);
  Scoring scoring(page, lease.pool());
  if (!scoring.score(image, settings, stop, ink)) return std::nullopt;
  ReadPage read{.reading = *scoring.reading(), .scores = scoring.scores()};
  for (const StepTiming& step : scoring.steps()) {
    if (step.name == "read") read.read_ms = step.ms;
  }
  return read;
}

std::string PageReader::identity(const Page& page) {
  const auto language = [&] {
    const std::scoped_lock lock(mutex_);
    const auto found = identities_.find(page.lang);
    return found == identities_.end() ? std::string() : found->second;
  };
  std::string known = language();
  if (known.empty()) {
    known = fmt::format("{} {} {}", program_version(),
                        reader_name(settled_reader(page.lang, ReadingOptions{})),
                        language_identity(page.lang, tessdata_folder("")));
    const std::scoped_lock lock(mutex_);
    identities_[page.lang] = known;
  }
  return fmt::format("{} truth {}", known, page.truth_hash());
}

json page_scores_json(const PageScores& scores) {
  json result = json::object();
  const PageResult page{.scores = scores};
  for (const Objective objective : all_objectives()) {
    if (objective == Objective::time) continue;
    const std::optional<double> value = page_value(page, objective);
    if (value && std::isfinite(*value)) result[std::string(objective_name(objective))] = *value;
  }
  return result;
}

json page_reading_json(const Page& page, const ReadPage& read, double preprocess_ms) {
  json words = json::array();
  for (const Word& word : read.reading.words) {
    words.push_back({word.text, word.confidence, word.left, word.top, word.right, word.bottom});
  }
  return {{"width", read.reading.width},
          {"height", read.reading.height},
          {"words", words},
          {"text", plain_text(read.reading)},
          {"truth", page.truth ? json(*page.truth) : json()},
          {"scores", page_scores_json(read.scores)},
          {"preprocess_ms", preprocess_ms},
          {"read_ms", read.read_ms}};
}

}  // namespace ocrtune::server
