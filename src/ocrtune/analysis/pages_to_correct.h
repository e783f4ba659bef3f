#pragma once

#include <atomic>
#include <cstddef>
#include <span>
#include <vector>

#include "ocrtune/analysis/page_feature_cache.h"
#include "ocrtune/corpus/corpus.h"

namespace ocrtune {

/// A page with an OCR result.
struct RecognizedPage {
  std::size_t page = 0;     ///< its number in the corpus
  double expected_cer = 0;  ///< see expected_cer()
};

/// The numbers of at most `wanted` pages whose ground truth would tell most about the collection,
/// the first one the most: informative_units() of page_features() and the expected CER. Pages with
/// ground truth are not among them. Of a large collection, half of the 120 pages that are looked at
/// are those with the most expected errors, and half are drawn from the others. Pages whose file is
/// gone are left out, unless `cache` has their features. `workers`: threads that decode. Throws
/// Error(interrupted) if `stop` becomes true. Thread-safe.
std::vector<std::size_t> pages_to_correct(const Corpus& corpus,
                                          std::span<const RecognizedPage> pages, std::size_t wanted,
                                          PageFeatureCache& cache, int workers,
                                          const std::atomic<bool>& stop);

}  // namespace ocrtune
