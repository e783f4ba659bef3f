#include "ocrtune/options/trial_reports.h"

#include "ocrtune/options/in_flight.h"

namespace ocrtune::workflow {

Option log_every_option(TrialReports& reports) {
  return {
      .name = "log-every",
      .field = &reports.every,
      .group = "Output",
      .help = "Write a line with scores and parameters for every Nth point and each new best one",
      .label = "Log every so many points",
      .usual = "none",
      .range = NumberRange{1, kMaxTrials}};
}

}  // namespace ocrtune::workflow
