#include "ocrtune/metrics/registry.h"

namespace ocrtune {

Metric confidence_metric() {
  return {
      .scores =
          {{.name = "confidence",
            .title = {"confidence", "confiance"},
            .help = {"Mean word confidence.", "Confiance moyenne des mots."},
            .unit = "points",
            .score = Score::confidence},
           {.name = "words",
            .title = {"words", "mots"},
            .help = {"Number of words; as the only objective it favours noise recognized as words.",
                     "Nombre de mots ; comme seul objectif, il favorise le bruit reconnu comme des "
                     "mots."},
            .unit = "words per page",
            .score = Score::words}},
      .measure =
          [](const MetricInput& in, ScoreValues& scores) {
            scores.set(Score::confidence, mean_confidence(*in.reading));
            scores.set(Score::words, static_cast<double>(in.reading->words.size()));
          },
  };
}

}  // namespace ocrtune
