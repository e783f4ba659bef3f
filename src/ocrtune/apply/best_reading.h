#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/vote.h"
#include "ocrtune/evaluator/memory.h"
#include "ocrtune/evaluator/page_places.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/metrics/reading_quality.h"
#include "ocrtune/ocr/recognizer_pool.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune {

/// Steps to be kept in the cache of best_reading() for each worker, as pipelines begin alike.
inline constexpr std::uint64_t kStepsPerWorker = 256;

/// What one pipeline gave of a page.
struct Candidate {
  std::size_t pipeline = 0;  ///< its place in the portfolio
  ReadingQuality quality;
  std::string failure;  ///< why it couldn't run on this page; then it is never kept
};

/// What is done with the readings of a page: the best is kept, or they are combined along it.
enum class Choice { best, vote };

/// How readings of a page are chosen from.
struct ChoiceRule {
  Choice choice = Choice::best;
  /// No pipeline is tried after those of whose readings the best is_enough() with this; nothing:
  /// all are.
  std::optional<double> enough;
};

/// The reading of a page that was kept, or made of all.
struct BestReading {
  std::size_t pipeline = 0;           ///< of the best reading: its place in the portfolio
  Image image;                        ///< from which that was read
  Reading reading;                    ///< placed on the page as it came
  ReadingQuality quality;             ///< of `reading`
  std::size_t changed = 0;            ///< places where `reading` isn't what the best has
  std::vector<Candidate> candidates;  ///< of the pipelines that were tried: the first few, or all
  double seconds = 0;                 ///< wall clock, loading included
  double first_seconds = 0;           ///< as long as the first pipeline alone took

  [[nodiscard]] const Candidate& kept() const { return candidates[pipeline]; }
};

/// The place of the candidate to keep: the most net_legible, of equals the first. Characters that
/// were read surely count for a reading, those that were hardly read count against it (see
/// docs/best_of_every_page.md for how it was found).
std::size_t best_candidate(const std::vector<Candidate>& candidates);

/// Reads the page `load` gives through one pipeline after the other, until a reading is good enough
/// by `rule`, and keeps the best of its readings, or what vote() makes of them. Nothing where
/// `stop` became true. Throws what `load` throws, and Error(limit_reached) where every pipeline
/// fails. But for the times, results don't depend on `place` or `room`, the memory that was taken
/// for the page, which grows with images that are larger; null: as much as there is. Thread-safe,
/// with `recognizers` of the thread's own.
std::optional<BestReading> best_reading(const Page& page, const std::function<Image()>& load,
                                        const Portfolio& portfolio, RecognizerPool& recognizers,
                                        const PagePlace& place, const std::atomic<bool>& stop,
                                        const ChoiceRule& rule = {},
                                        MemoryGate::Room* room = nullptr);

}  // namespace ocrtune
