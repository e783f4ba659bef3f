#include "ocrtune/metrics/registry.h"

namespace ocrtune {

Metric confidence_metric() {
  return {
      .scores = {{.name = "confidence",
                  .title = {"confidence", "confiance"},
                  .help = {"Mean of the words' confidences.", "Moyenne des confiances des mots."},
                  .unit = "points",
                  .score = Score::confidence},
                 {.name = "words",
                  .title = {"words", "mots"},
                  .help = {"Number of words; alone it prefers noise that is read as words.",
                           "Nombre de mots ; seul, il préfère le bruit lu comme des mots."},
                  .unit = "words a page",
                  .score = Score::words}},
      .measure =
          [](const MetricInput& in, ScoreValues& scores) {
            scores.set(Score::confidence, mean_confidence(*in.reading));
            scores.set(Score::words, static_cast<double>(in.reading->words.size()));
          },
  };
}

}  // namespace ocrtune
