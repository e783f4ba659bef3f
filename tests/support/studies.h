#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ocrtune/base/random.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune::test {

/// A study of the preset `standard` with one stage optional, on `pages` pages; every second page
/// has a truth.
StudyDefinition study_definition(int pages);

/// The same, by confidence.
StudyDefinition study_by_confidence(int pages);

/// A trial on a random point of the definition's space. `extreme`: any finite doubles for scores.
Trial random_trial(const StudyDefinition& definition, std::size_t number, Random& random,
                   bool extreme = false);

/// Gives every page of a trial steps, as an evaluator does: names of any pages' ways, any times.
void add_steps(Trial& trial, Random& random);

/// A trial on no point with these confidences, one a page, and nothing else.
Trial trial_with(std::size_t number, const std::vector<double>& confidences);

bool same_trial(const Trial& a, const Trial& b);
bool same_definition(const StudyDefinition& a, const StudyDefinition& b);

}  // namespace ocrtune::test
