#include "ocrtune/apply/best_reading.h"

#include <limits>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/evaluator/stage_run.h"
#include "ocrtune/ocr/place_words.h"

namespace ocrtune {
namespace {

double worth(const Candidate& candidate) {
  return candidate.failure.empty() ? candidate.quality.net_legible
                                   : -std::numeric_limits<double>::infinity();
}

}  // namespace

std::size_t best_candidate(const std::vector<Candidate>& candidates) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (worth(candidates[i]) > worth(candidates[best])) best = i;
  }
  return best;
}

std::optional<BestReading> best_reading(const Page& page, const std::function<Image()>& load,
                                        const Portfolio& portfolio, RecognizerPool& recognizers,
                                        StageCache& cache, const std::atomic<bool>& stop,
                                        Choice choice) {
  Image as_it_came = load();
  const PageContent content = page_content(page);
  BestReading best;
  std::vector<Voice> voices;
  for (std::size_t i = 0; i < portfolio.pipelines.size(); ++i) {
    Candidate& candidate = best.candidates.emplace_back(Candidate{.pipeline = i});
    voices.emplace_back();
    try {
      StageRun run(
          portfolio.pipelines[i], content, [&]() -> Image { return as_it_came; }, cache);
      const Image& image = run.image();
      auto reading = recognizers.get(page.lang, image.told).read(image, stop);
      if (!reading) return std::nullopt;
      candidate.quality = reading_quality(*reading, recognizers.lexicon(page.lang));
      place_words(*reading, image, as_it_came.gray.size());
      voices.back() = {std::move(*reading), candidate.quality.net_legible};
      if (best_candidate(best.candidates) != i) continue;
      best.pipeline = i;
      best.image = image;
    } catch (const Error& error) {
      if (error.status() != ExitStatus::limit_reached) throw;
      candidate.failure = error.what();
    }
  }
  if (!best.kept().failure.empty()) throw Error(ExitStatus::limit_reached, best.kept().failure);
  best.quality = best.kept().quality;
  if (choice == Choice::best) {
    best.reading = std::move(voices[best.pipeline].reading);
    return best;
  }
  VotedReading voted = vote(std::move(voices), best.pipeline);
  best.reading = std::move(voted.reading);
  best.changed = voted.changed;
  best.quality = reading_quality(best.reading, recognizers.lexicon(page.lang));
  return best;
}

}  // namespace ocrtune
