#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/evaluator/stage_cache.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/metrics/reading_quality.h"
#include "ocrtune/ocr/recognizer_pool.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune {

/// What one pipeline gave of a page.
struct Candidate {
  std::size_t pipeline = 0;  ///< its place in the portfolio
  ReadingQuality quality;
  std::string failure;  ///< why it couldn't run on this page; then it is never kept
};

/// The reading of a page that was kept.
struct BestReading {
  std::size_t pipeline = 0;  ///< its place in the portfolio
  Image image;               ///< that was read
  Reading reading;           ///< placed on the page as it came
  std::vector<Candidate> candidates;

  [[nodiscard]] const Candidate& kept() const { return candidates[pipeline]; }
};

/// The place of the candidate to keep: the most net_legible, of equals the first. Characters that
/// were read surely count for a reading, those that were hardly read count against it (see
/// docs/best_of_every_page.md for how it was found).
std::size_t best_candidate(const std::vector<Candidate>& candidates);

/// Reads the page `load` gives through each pipeline and keeps the best of its readings. Nothing
/// where `stop` became true. Throws what `load` throws, and Error(limit_reached) where every
/// pipeline fails. Results don't depend on what `cache` holds. Thread-safe, with `recognizers` of
/// the thread's own.
std::optional<BestReading> best_reading(const Page& page, const std::function<Image()>& load,
                                        const Portfolio& portfolio, RecognizerPool& recognizers,
                                        StageCache& cache, const std::atomic<bool>& stop);

}  // namespace ocrtune
