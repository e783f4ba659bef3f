#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "ocrtune/server/event_hub.h"
#include "ocrtune/server/router.h"
#include "ocrtune/server/run_corpus.h"
#include "ocrtune/server/runs.h"
#include "ocrtune/server/study_book.h"

namespace ocrtune::server {

/// What the addresses of runs and studies work with; all outlives the router.
struct RunServices {
  EventHub& events;
  Runs& runs;
  StudyBook& studies;
  CorpusInputs& corpora;
  const std::atomic<bool>& stop;  ///< the server is to end
  /// Events `corpus` of all there are.
  std::function<std::vector<ServerEvent>()> corpus_events;
};

/// Runs, their logs and histories, and the stream of events.
void add_run_routes(Router& router, const RunServices& services);

/// Studies: the list, a study's data, trials, corpus, notes, exports.
void add_study_routes(Router& router, const RunServices& services);

}  // namespace ocrtune::server
