#include "ocrtune/metrics/clarity.h"

#include <algorithm>
#include <cmath>

#include "ocrtune/metrics/registry.h"

namespace ocrtune {
namespace {

void derive_clarity(ScoreValues& scores) {
  const std::optional<double> legible = scores.find(Score::legible);
  const std::optional<double> confidence = scores.find(Score::char_confidence);
  if (!legible || !confidence) return;
  const double unchecked = clarity(*legible, *confidence);
  scores.set(Score::clarity, unchecked);
  const std::optional<double> cer = scores.find(Score::cer);
  const std::optional<double> agreement = scores.find(Score::agreement);
  double checked = unchecked;
  if (cer) {
    checked = checked_clarity(unchecked, *cer);
  } else if (agreement) {
    checked = checked_clarity(unchecked, 1 - *agreement);
  }
  scores.set(Score::checked_clarity, checked);
}

}  // namespace

double clarity(double legible, double char_confidence) {
  return 100 * (std::log1p(legible / 10) + 3 * std::log1p(char_confidence / 5));
}

double checked_clarity(double clarity, double difference) {
  return clarity - 1000 * std::min(difference, 1.0);
}

Metric clarity_metric() {
  return {
      .scores = {{.name = "clarity",
                  .title = {"clarity", "clarté"},
                  .help = {"Confidence of the characters, where no page may lose its text.",
                           "Confiance des caractères, sans qu'une page puisse perdre son texte."},
                  .unit = "points",
                  .score = Score::clarity},
                 {.name = "checked_clarity",
                  .title = {"checked clarity", "clarté vérifiée"},
                  .help = {"Clarity, and how far the text is from the truth or from what other "
                           "readings say; what `ocrtune tune` takes.",
                           "Clarté, et écart du texte avec la vérité ou avec ce que disent "
                           "d'autres lectures ; ce que prend `ocrtune tune`."},
                  .unit = "points",
                  .truth = Need::uses,
                  .reference = Need::uses,
                  .score = Score::checked_clarity}},
      .derive = derive_clarity,
  };
}

}  // namespace ocrtune
