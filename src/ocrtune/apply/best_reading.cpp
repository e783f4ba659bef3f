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
                                        StageCache& cache, const std::atomic<bool>& stop) {
  Image as_it_came = load();
  const PageContent content = page_content(page);
  BestReading best;
  for (std::size_t i = 0; i < portfolio.pipelines.size(); ++i) {
    Candidate& candidate = best.candidates.emplace_back(Candidate{.pipeline = i});
    try {
      StageRun run(
          portfolio.pipelines[i], content, [&]() -> Image { return as_it_came; }, cache);
      const Image& image = run.image();
      auto reading = recognizers.get(page.lang, image.psm).read(image, stop);
      if (!reading) return std::nullopt;
      candidate.quality = reading_quality(*reading, recognizers.lexicon(page.lang));
      if (best_candidate(best.candidates) != i) continue;
      best.pipeline = i;
      best.image = image;
      best.reading = std::move(*reading);
    } catch (const Error& error) {
      if (error.status() != ExitStatus::limit_reached) throw;
      candidate.failure = error.what();
    }
  }
  if (!best.kept().failure.empty()) throw Error(ExitStatus::limit_reached, best.kept().failure);
  place_words(best.reading, best.image, as_it_came.gray.size());
  return best;
}

}  // namespace ocrtune
