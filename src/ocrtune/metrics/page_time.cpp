#include "ocrtune/metrics/registry.h"

namespace ocrtune {

/// Set by the page's evaluator, because cached results count with their original times.
Metric time_metric() {
  return {
      .scores = {
          {.name = "time",
           .title = {"time", "temps"},
           .help =
               {"Time per page; as the only objective it finds the empty pipeline.",
                "Temps par page ; comme seul objectif, il trouve la chaîne de traitement vide."},
           .unit = "ms per page",
           .minimized = true,
           .of_clock = true,
           .score = Score::time}}};
}

}  // namespace ocrtune
