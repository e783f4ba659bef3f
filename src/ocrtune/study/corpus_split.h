#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocrtune/study/definition.h"

namespace ocrtune {

/// Indices of pages: those that trials are evaluated on, and those held out. Others are not used.
struct CorpusSplit {
  std::vector<std::size_t> tuned;
  std::vector<std::size_t> held_out;
};

/// Holds `held_out` pages out and tunes on `most_tuned` of the others at most, chosen by a hash of
/// the seed and their pixels: whatever their names and order, the same pages. Both in their order.
CorpusSplit split_at_random(const Corpus& pages, std::size_t held_out, std::size_t most_tuned,
                            std::uint64_t seed);

/// Splits pages as a study did; pages it doesn't know are among those tuned on, so that comparing
/// finds them, unless it had left some out.
CorpusSplit split_as(const StudyDefinition& stored, const Corpus& pages);

}  // namespace ocrtune
