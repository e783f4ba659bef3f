#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/registry.h"

namespace ocrtune {

/// Set by the page's evaluator, because cached results count with their original times.
Metric time_metric() {
  return {.scores = {{.name = "time",
                      .title = tr_noop("score", "time"),
                      .help = "Time per page; as the only objective it finds the empty pipeline.",
                      .unit = "ms per page",
                      .minimized = true,
                      .of_clock = true,
                      .score = Score::time}}};
}

}  // namespace ocrtune
