#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/cli/device_arguments.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/options.h"
#include "ocrtune/cli/points_file.h"
#include "ocrtune/cli/progress.h"
#include "ocrtune/cli/study_run.h"
#include "ocrtune/evaluator/evaluator.h"
#include "ocrtune/ocr/reader.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/csv_export.h"

namespace ocrtune::cli {
namespace {

struct Score {
  CorpusArguments corpus;
  ReadingArguments reading;
  PipelineArguments pipeline;
  WorkArguments work;
  DeviceArguments device;
  std::string params;
  std::string csv;
};

std::vector<Trial> evaluate(Score& options, const ReadingOptions& reading, const Corpus& pages,
                            const Pipeline& pipeline, const std::vector<Point>& points,
                            const StudyDefinition& definition, Context& context) {
  std::vector<Trial> trials;
  Progress progress(context.talk, definition, SearchLimits{.trials = points.size()});
  std::size_t number = 0;
  const EvaluatorEvents events{
      .next = [&]() -> NextTrial {
        if (number == 0)
          return TrialRequest{.number = number++, .point = {}, .pipeline = raw_pipeline()};
        if (number > points.size()) return NoMore{};
        const Point& point = points[number - 1];
        return TrialRequest{.number = number++, .point = point, .pipeline = pipeline.at(point)};
      },
      .done =
          [&](Trial trial) {
            progress.add(trial, false);
            trials.push_back(std::move(trial));
          },
      .tick = [&](std::size_t tasks) { progress.show(tasks); },
  };
  const MemoryPlan& plan = options.work.plan();
  Evaluator evaluator(pages, reading, plan, options.device.opened(context, pages, pipeline, plan));
  evaluator.run(events, context.stop);
  options.device.tell(context);
  context.talk.say(work_text(evaluator.cache_use()));
  return trials;
}

nlohmann::json trial_scores_json(const std::vector<Trial>& trials, const std::string& reader) {
  nlohmann::json list = nlohmann::json::array();
  for (const Trial& trial : trials) {
    const MeanScores means = trial.means();
    nlohmann::json entry{{"point_id", trial.number},
                         {"reader", reader},
                         {"confidence", means.confidence},
                         {"delta", means.confidence - trials.front().means().confidence},
                         {"sharpness", means.sharpness},
                         {"contrast", means.contrast},
                         {"cnr", means.cnr},
                         {"words", means.words}};
    for (const auto& [name, value] : trial.point.values) entry["params"][name] = value;
    if (means.cer) entry["cer"] = *means.cer;
    if (means.wer) entry["wer"] = *means.wer;
    list.push_back(std::move(entry));
  }
  return list;
}

std::string as_text(const std::vector<Trial>& trials) {
  std::string text;
  for (const Trial& trial : trials) {
    const MeanScores means = trial.means();
    text += fmt::format(
        "{:<9} confidence {:6.2f} ({:+.2f})  sharpness {:.1f}  contrast {:.1f}  cnr {:.2f}",
        trial.number == 0 ? "baseline" : fmt::format("point {}", trial.number), means.confidence,
        means.confidence - trials.front().means().confidence, means.sharpness, means.contrast,
        means.cnr);
    if (means.cer)
      text += fmt::format("  CER {:.2f} %  WER {:.2f} %", 100 * *means.cer,
                          100 * means.wer.value_or(1));
    text += '\n';
  }
  return text;
}

ExitStatus score(Score& options, Context& context) {
  if (!options.csv.empty()) require_writable_place(options.csv);
  const Pipeline pipeline = options.pipeline.load("standard");
  std::vector<std::string> notes;
  const std::vector<Point> points =
      options.params.empty() ? std::vector<Point>(1) : read_points(options.params, pipeline, notes);
  for (const std::string& note : notes) context.talk.say(note);
  const Corpus pages = options.corpus.load(context, options.work.plan(), options.reading.tessdata,
                                           pipeline.wants_colour());
  ReadingOptions reading = options.reading.settled(context, pages);
  reading.device = options.device.opened_for_reading(context, reading);
  const StudyDefinition definition{.pipeline = pipeline_text(pipeline),
                                   .models = "",
                                   .reader = readers_text(reading.readers),
                                   .pages = page_records(pages),
                                   .program = program_text()};
  const std::vector<Trial> trials =
      evaluate(options, reading, pages, pipeline, points, definition, context);
  const std::string csv = scores_csv(definition, trials);
  if (!options.csv.empty()) write_atomically(options.csv, csv);
  if (context.json) {
    context.print(json_text(trial_scores_json(trials, definition.reader)));
  } else {
    context.print(options.csv.empty() ? csv : as_text(trials));
  }
  if (context.stop) {
    context.talk.complain(fmt::format("interrupted after {} of {} points",
                                      trials.empty() ? 0 : trials.size() - 1, points.size()));
    return ExitStatus::interrupted;
  }
  return options.corpus.status();
}

}  // namespace

void add_score(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "score", "Evaluate given points of a pipeline, without a search",
      "  ocrtune score scans/ --pipeline standard\n"
      "  ocrtune score scans/ --pipeline standard --params points.json --csv scores.csv\n"
      "  ocrtune score page.png --set denoise_h=12 --json");
  auto options = std::make_shared<Score>();
  options->corpus.add_to(*command);
  options->pipeline.add_to(*command, "standard", false);
  command
      ->add_option("--params", options->params,
                   "JSON list of points, objects {parameter: value}; what is left out has the "
                   "pipeline's value")
      ->group("Pipeline");
  command
      ->add_option("--csv", options->csv,
                   "Write one row per point and page here, instead of on standard output")
      ->group("Output");
  options->reading.add_to(*command);
  options->work.add_to(*command);
  options->device.add_to(*command);
  command->callback([options, &context] {
    context.command = [options, &context] { return score(*options, context); };
  });
}

}  // namespace ocrtune::cli
