#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/registry.h"

namespace ocrtune {

Metric confidence_metric() {
  return {
      .scores =
          {{.name = "confidence",
            .title = tr_noop("score", "confidence"),
            .help = "Mean word confidence.",
            .unit = "points",
            .score = Score::confidence},
           {.name = "words",
            .title = tr_noop("score", "words"),
            .help = "Number of words; as the only objective it favours noise recognized as words.",
            .unit = "words per page",
            .score = Score::words}},
      .measure =
          [](const MetricInput& in, ScoreValues& scores) {
            scores.set(Score::confidence, mean_confidence(*in.ocr_result));
            scores.set(Score::words, static_cast<double>(in.ocr_result->words.size()));
          },
  };
}

}  // namespace ocrtune
