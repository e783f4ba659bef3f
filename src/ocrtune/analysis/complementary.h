#pragma once

#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Trials whose OCR results complement each other: the baseline, the best candidate and then, one
/// by one, the trial that adds most to the sum over the pages of net_legible as a share of the best
/// value; up to six in all, each adding at least a hundredth: greedy cover (Nemhauser, Wolsey &
/// Fisher 1978). If any trial adds something, the list is filled up to six with initial points that
/// are never pruned and whose results differ. Points into `trials`; empty if there is no baseline
/// or it has no net_legible.
std::vector<const Trial*> complementary(const StudyDefinition& definition,
                                        const std::vector<Trial>& trials);

}  // namespace ocrtune
