#include "ocrtune/apply/best_result.h"

#include <chrono>
#include <limits>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/evaluator/page_ink.h"
#include "ocrtune/evaluator/stage_run.h"
#include "ocrtune/ocr/place_words.h"

namespace ocrtune {
namespace {

double worth(const Candidate& candidate) {
  return candidate.failure.empty() ? candidate.quality.net_legible
                                   : -std::numeric_limits<double>::infinity();
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Makes the final result: the best OCR result, or the vote along it.
void combine(BestResult& best, std::vector<Voice> voices, Choice choice, const Lexicon& lexicon,
             PageInk& ink) {
  best.quality = best.kept().quality;
  if (choice == Choice::best) {
    best.reading = std::move(voices[best.pipeline].reading);
    return;
  }
  VotedResult voted = vote(std::move(voices), best.pipeline);
  best.reading = std::move(voted.reading);
  best.changed = voted.changed;
  best.quality = ocr_quality(best.reading, lexicon, ink.text());
}

}  // namespace

std::size_t best_candidate(const std::vector<Candidate>& candidates) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (worth(candidates[i]) > worth(candidates[best])) best = i;
  }
  return best;
}

std::optional<BestResult> best_result(const Page& page, const std::function<Image()>& load,
                                      const Portfolio& portfolio, RecognizerPool& recognizers,
                                      const PagePlace& place, const std::atomic<bool>& stop,
                                      const ChoiceRule& rule, MemoryGate::Room* room) {
  const auto start = std::chrono::steady_clock::now();
  Image as_it_came = load();
  const PageContent content = page_content(page);
  PageInk ink([&] { return as_it_came.gray; });
  BestResult best;
  std::vector<Voice> voices;
  const auto is_done = [&] {
    const Candidate& kept = best.kept();
    return rule.enough && kept.failure.empty() &&
           is_enough(kept.quality.char_confidence, kept.quality.legible, *rule.enough);
  };
  for (std::size_t i = 0; i < portfolio.pipelines.size() && (i == 0 || !is_done()); ++i) {
    Candidate& candidate = best.candidates.emplace_back(Candidate{.pipeline = i});
    voices.emplace_back();
    try {
      StageRun run(
          portfolio.pipelines[i], content, [&]() -> Image { return as_it_came; }, place.stages, {},
          place.device);
      const Image& image = run.image();
      if (room != nullptr) room->grow_to(reading_bytes(image.gray.size()));
      const OcrSettings& settings = run.ocr_settings();
      auto reading = recognizers.get(page.lang, settings).read(image, settings, stop, [&] {
        return ink.marks();
      });
      if (!reading) return std::nullopt;
      place_words(*reading, image, as_it_came.gray.size());
      candidate.quality = ocr_quality(*reading, recognizers.lexicon(page.lang), ink.text());
      voices.back() = {std::move(*reading), candidate.quality.net_legible};
      if (best_candidate(best.candidates) == i) {
        best.pipeline = i;
        best.image = image;
      }
    } catch (const Error& error) {
      if (error.code() != Errc::limit_reached) throw;
      candidate.failure = error.what();
    }
    if (i == 0) best.first_seconds = seconds_since(start);
  }
  if (!best.kept().failure.empty()) throw Error(Errc::limit_reached, best.kept().failure);
  combine(best, std::move(voices), rule.choice, recognizers.lexicon(page.lang), ink);
  best.seconds = seconds_since(start);
  return best;
}

}  // namespace ocrtune
