#include "ocrtune/metrics/agreement.h"

#include <algorithm>

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/error_rate.h"
#include "ocrtune/metrics/registry.h"

namespace ocrtune {

double agreement(std::string_view a, std::string_view b) {
  return similarity(comparable_code_points(a), comparable_code_points(b));
}

double expected_cer_at(double agreement) {
  // The first number accounts for errors that all OCR results have in common.
  return std::clamp(0.03 + 1.05 * (1 - agreement), 0.0, 1.0);
}

Metric agreement_metric() {
  return {
      .scores =
          {{.name = "agreement",
            .title = tr_noop("score", "agreement with other OCR results"),
            .help =
                "Share of the text on which an ensemble of other OCR results of the page agrees.",
            .unit = "%",
            .scale = 100,
            .reference = Need::needs,
            .score = Score::agreement}},
      .measure = [](const MetricInput& in, ScoreValues& scores) {
        scores.set(Score::agreement, agreement(in.text, *in.page.reference));
      }};
}

}  // namespace ocrtune
