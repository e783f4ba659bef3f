#include "ocrtune/workflow/score.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/report/csv_export.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::cli {
namespace {

std::string trials_text(const std::vector<Trial>& trials) {
  std::string text;
  for (const Trial& trial : trials) {
    const MeanScores means = trial.means();
    const double confidence = means.value(Score::confidence);
    text +=
        tr("{:<9} confidence {:6.2f} ({:+.2f})  sharpness {:.1f}  contrast {:.1f}  cnr {:.2f}",
           trial.number == 0 ? tr("baseline") : tr("point {}", trial.number), confidence,
           confidence - trials.front().means().value(Score::confidence),
           means.value(Score::sharpness), means.value(Score::contrast), means.value(Score::cnr));
    if (means.find(Score::cer))
      text += localized("  CER {:.2f} %  WER {:.2f} %", 100 * means.value(Score::cer),
                        100 * means.value(Score::wer));
    text += '\n';
  }
  return text;
}

ExitStatus score(const workflow::ScoreOptions& options, Context& context) {
  if (context.json && options.csv == workflow::kStandardOutput)
    throw Error(Errc::invalid_argument,
                tr("--csv -: not together with --json: both are written to standard output"));
  const workflow::Scored scored = workflow::score(options, events_of(context));
  if (context.json) {
    context.print(json_text(workflow::result_json(scored)));
  } else {
    const bool prints_csv = options.csv.empty() || options.csv == workflow::kStandardOutput;
    context.print(prints_csv ? scores_csv(scored.definition, scored.trials)
                             : trials_text(scored.trials));
  }
  if (context.stop) {
    context.talk.complain(tr("interrupted after {} of {} points",
                             scored.trials.empty() ? 0 : scored.trials.size() - 1, scored.points));
    return ExitStatus::interrupted;
  }
  return status_of(context, scored.left_out);
}

}  // namespace

void add_score(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "score", tr("Evaluate given points of a pipeline, without a search"),
      "  ocrtune score scans/ --pipeline standard\n"
      "  ocrtune score scans/ --pipeline standard --params points.json --csv scores.csv\n"
      "  ocrtune score page.png --set denoise_h=12 --json");
  add_workflow<workflow::ScoreOptions>(*command, context, score);
}

}  // namespace ocrtune::cli
