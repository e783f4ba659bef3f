#include "ocrtune/metrics/registry.h"

namespace ocrtune {

/// Whoever evaluates a page sets it, for what was known from before counts as if it were done.
Metric time_metric() {
  return {.scores = {{.name = "time",
                      .title = {"time", "temps"},
                      .help = {"Time for a page; alone it finds the pipeline that does nothing.",
                               "Temps par page ; seul, il trouve le pipeline qui ne fait rien."},
                      .unit = "ms a page",
                      .minimized = true,
                      .of_clock = true,
                      .score = Score::time}}};
}

}  // namespace ocrtune
