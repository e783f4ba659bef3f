#pragma once

#include <functional>
#include <string>

#include "ocrtune/analysis/best_so_far.h"
#include "ocrtune/base/events.h"
#include "ocrtune/storage/study_tail.h"

namespace ocrtune::workflow {

/// Gets a trial of a study, and the best result up to it.
using TrialFollower = std::function<void(const TrialOutcome& trial, const BestSoFar& so_far,
                                         const StudyDefinition& definition)>;

/// Calls `visit` for every trial of a study in the order in which they were written, first for
/// those that are there, then for each new one, until no command is working on the study any more:
/// no process drives it on its server, or has its file open. A study on a server that has no trial
/// yet is waited for, because its command may be preparing the pages. If the connection to a server
/// is lost, connects again for 10 minutes. True if the end was reached; false if it was stopped.
/// Throws Error(study_error), Error(invalid_argument) for an address that is not valid.
bool follow_study(const std::string& study, const TrialFollower& visit, const Events& events);

}  // namespace ocrtune::workflow
