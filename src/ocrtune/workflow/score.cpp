#include "ocrtune/workflow/score.h"

#include <utility>

#include "ocrtune/base/files.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/options/devices_in_use.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/csv_export.h"
#include "ocrtune/search/evaluator.h"
#include "ocrtune/study/points_file.h"
#include "ocrtune/study_run/search_progress.h"
#include "ocrtune/study_run/study_run.h"

namespace ocrtune::workflow {
namespace {

constexpr const char* kPipeline = "standard";

/// Whether a file of rows is wanted; those on standard output are whoever prints the result's.
bool writes_csv(const ScoreOptions& options) {
  return !options.csv.empty() && options.csv != kStandardOutput;
}

std::vector<Trial> evaluate(const Pipeline& pipeline, const std::vector<Point>& points,
                            const StudyDefinition& definition, Evaluator& evaluator,
                            const Events& events) {
  std::vector<Trial> trials;
  SearchProgress progress(events, definition, SearchLimits{.trials = points.size()});
  std::size_t number = 0;
  const EvaluatorEvents evaluation{
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
  evaluator.run(evaluation, *events.stop);
  return trials;
}

}  // namespace

Options options_of(ScoreOptions& options) {
  Options rows = options_of(options.pages);
  append(rows, options_of(options.pipeline, kPipeline, false));
  append(rows, {{.name = "params",
                 .field = &options.params,
                 .group = "Pipeline",
                 .help = "JSON list of points, objects {parameter: value}; omitted parameters have "
                         "the pipeline's value",
                 .completion = Completion::file,
                 .suffixes = {".json"},
                 .command_only = true},
                {.name = "csv",
                 .field = &options.csv,
                 .group = "Output",
                 .help = "CSV file with one row per point and page; - is standard output [-]",
                 .completion = Completion::file,
                 .suffixes = {".csv"},
                 .command_only = true}});
  append(rows, options_of(options.ocr));
  append(rows, options_of(options.work));
  append(rows, options_of(options.devices));
  return rows;
}

Scored score(const ScoreOptions& options, const Events& events) {
  check_fields(options);
  if (writes_csv(options)) require_output_file(options.csv, options.pages.inputs);
  const Pipeline pipeline = stated_pipeline(options.pipeline, kPipeline);
  std::vector<std::string> notes;
  const std::vector<Point> points =
      options.params.empty() ? std::vector<Point>(1) : read_points(options.params, pipeline, notes);
  for (const std::string& note : notes) events.say(note);
  const MemoryPlan plan = plan_work(options.work, options.ocr);
  const LoadedPages loaded =
      load_pages(options.pages, events, plan, options.ocr.tessdata, pipeline.wants_colour());
  DevicesInUse devices(options.devices);
  RecognitionOptions recognition = resolved(options.ocr, events, languages_of(loaded.corpus));
  check_engine_options(pipeline, recognition.engines);
  recognition.device = devices.opened_for_ocr(events, recognition);
  Scored result{.definition = {.pipeline = pipeline_text(pipeline),
                               .models = "",
                               .engine = engines_text(recognition.engines),
                               .search = {},
                               .pages = page_records(loaded.corpus),
                               .held_out = {},
                               .program = program_text()},
                .trials = {},
                .points = points.size(),
                .left_out = loaded.left_out};
  Evaluator evaluator(loaded.corpus, recognition, plan,
                      devices.opened(events, loaded.corpus, pipeline, plan));
  result.trials = evaluate(pipeline, points, result.definition, evaluator, events);
  devices.tell(events);
  events.say(work_text(evaluator.cache_use()));
  if (writes_csv(options))
    write_atomically(options.csv, scores_csv(result.definition, result.trials));
  return result;
}

}  // namespace ocrtune::workflow
