#include "ocrtune/metrics/text_quality.h"

#include <algorithm>
#include <cmath>

#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/registry.h"

namespace ocrtune {
namespace {

void derive_quality(ScoreValues& scores) {
  const std::optional<double> legible = scores.find(Score::legible);
  const std::optional<double> confidence = scores.find(Score::char_confidence);
  if (!legible || !confidence) return;
  const double unchecked = text_quality(*legible, *confidence);
  scores.set(Score::quality, unchecked);
  const std::optional<double> cer = scores.find(Score::cer);
  const std::optional<double> agreement = scores.find(Score::agreement);
  double checked = unchecked;
  if (cer) {
    checked = reference_quality(unchecked, *cer);
  } else if (agreement) {
    checked = reference_quality(unchecked, 1 - *agreement);
  }
  scores.set(Score::reference_quality, checked);
}

}  // namespace

double text_quality(double legible, double char_confidence) {
  return 100 * (std::log1p(legible / 10) + 3 * std::log1p(char_confidence / 5));
}

double reference_quality(double quality, double difference) {
  return quality - 1000 * std::min(difference, 1.0);
}

Metric text_quality_metric() {
  return {
      .scores = {{.name = "quality",
                  .title = tr_noop("score", "quality"),
                  .help = "Quality of the OCR estimated without reference, from the amount of "
                          "legible text and its confidence.",
                  .unit = "points",
                  .score = Score::quality},
                 {.name = "reference_quality",
                  .title = tr_noop("score", "quality with reference"),
                  .help = "Quality, minus the difference from the ground truth or from an "
                          "ensemble of other OCR results; the default of `ocrtune tune`.",
                  .unit = "points",
                  .truth = Need::uses,
                  .reference = Need::uses,
                  .score = Score::reference_quality}},
      .derive = derive_quality,
  };
}

}  // namespace ocrtune
