#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocrtune/study/definition.h"

namespace ocrtune {

/// Indices of pages: those that trials are evaluated on, and validation pages. Others are not used.
struct CorpusSplit {
  std::vector<std::size_t> tuned;
  std::vector<std::size_t> held_out;
};

/// Chooses `held_out` validation pages and at most `max_tuned` of the others for trials, by a hash
/// of the seed and their pixels: the same pages, whatever their names and order. Both lists keep
/// the corpus order.
CorpusSplit split_at_random(const Corpus& pages, std::size_t held_out, std::size_t max_tuned,
                            std::uint64_t seed);

/// Splits pages as in a stored study. Unknown pages become tuning pages, so that the comparison
/// reports them, unless the study uses a sample of the pages.
CorpusSplit split_as(const StudyDefinition& stored, const Corpus& pages);

}  // namespace ocrtune
