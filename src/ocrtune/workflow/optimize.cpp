#include "ocrtune/workflow/optimize.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/options/in_flight.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/search/samplers/pruner_registry.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/study_run/first_points.h"
#include "ocrtune/study_run/study_run.h"

namespace ocrtune::workflow {
namespace {

/// gp makes full use of so many (docs/reference/samplers/gp.md).
constexpr std::size_t kMaxTrialsOfGp = 300;

/// Enough for about 16 cores, regardless of the machine, because the results depend on it.
std::size_t in_flight_of(const SamplerKind& sampler, std::size_t pages) {
  if (!sampler.learns) return kMaxInFlight;
  return std::clamp<std::size_t>((16 + pages - 1) / std::max<std::size_t>(pages, 1), 2, 16);
}

SearchSettings settings_for(const OptimizeOptions& options, const StudyRun& run,
                            const StudyDefinition* existing, const Pipeline& searched,
                            std::size_t pages) {
  SearchSettings settings =
      existing != nullptr ? existing->search
                          : SearchSettings{.sampler = usual_sampler(options.study.objectives.size(),
                                                                    options.trials)};
  if (options.sampler) settings.sampler = *options.sampler;
  run.refuse_design(existing);
  const SamplerKind& sampler = sampler_named(settings.sampler);
  if (options.pruner) settings.pruner = pruner_named(*options.pruner).name;
  run.state_constraints(settings);
  if (options.starts) settings.starts = *options.starts;
  if (options.in_flight) {
    settings.in_flight = *options.in_flight;
  } else if (existing == nullptr) {
    settings.in_flight = in_flight_of(sampler, pages);
    // More trials than searches would be neighbours of the trials that these wait for.
    if (settings.starts > 0) settings.in_flight = std::min(settings.in_flight, settings.starts);
  }
  if (existing == nullptr || !options.enqueue.empty())
    settings.first = first_points(options.enqueue, searched);
  return settings;
}

/// Rejects a study that could not be resumed, before it is created.
void refuse_impossible(const OptimizeOptions& options, const StudyDefinition& definition) {
  const bool several = !definition.search.more_objectives.empty();
  if (several && definition.search.pruner != kNoPruner)
    throw OptionError(Errc::invalid_argument, "pruner", "",
                      tr("a pruner requires a single objective"));
  if (several && options.patience)
    throw OptionError(Errc::invalid_argument, "patience", "", tr("requires a single objective"));
  (void)sampler_of(definition);
}

}  // namespace

std::string usual_sampler(std::size_t objectives, std::size_t trials) {
  return objectives > 1 || trials > kMaxTrialsOfGp ? "tpe" : "gp";
}

Options options_of(OptimizeOptions& options) {
  Options rows = options_of(options.study, {}, kMaxObjectives);
  append(
      rows,
      {sampler_option(options.sampler,
                      tr("gp; tpe for several objectives or more than 300 trials")),
       starts_option(options.starts),
       {.name = "pruner",
        .field = &options.pruner,
        .group = "Search",
        .help = "Rule that stops unpromising trials early; `ocrtune samplers` lists them",
        .label = "Pruner",
        .usual = "none",
        .choices = pruner_names(),
        .completion = Completion::pruner},
       {.name = "trials",
        .field = &options.trials,
        .group = "Search",
        .help = "Total number of trials, including earlier ones, without the baseline",
        .label = "Trials",
        .range = NumberRange{1, kMaxTrials}},
       {.name = "budget",
        .field = &options.budget,
        .group = "Search",
        .help = "Time limit of the search, such as 90s, 10m or 2h; unfinished trials are discarded",
        .label = "Time limit",
        .range = kDurationRange,
        .notation = Notation::duration},
       {.name = "patience",
        .field = &options.patience,
        .group = "Search",
        .help = "Stop after N trials without improvement",
        .label = "Stop after trials without improvement",
        .range = NumberRange{1, kMaxTrials}},
       in_flight_option(options.in_flight, tr("by pages")),
       constraint_option(options.study),
       log_every_option(options.reports),
       {.name = "output",
        .field = &options.output,
        .group = "Study",
        .help = "Also write the best settings to this pipeline file",
        .letter = 'o',
        .completion = Completion::file,
        .suffixes = {".toml"},
        .command_only = true},
       {.name = "enqueue",
        .field = &options.enqueue,
        .group = "Search",
        .help = "Initial points: a pipeline, a preset, the best points of a study or of a CSV file "
                "of OCR "
                "quality audit, or a JSON list",
        .completion = Completion::start,
        .command_only = true}});
  return rows;
}

StudyResult optimize(const OptimizeOptions& options, const Events& events) {
  check_fields(options);
  if (!options.output.empty()) require_output_file(options.output, options.study.pages.inputs);
  StudyRun run(options.study, {}, events);
  const OpenStudy open = run.open(
      {.search =
           [&](const StudyDefinition* existing, const Pipeline& searched, std::size_t pages) {
             return settings_for(options, run, existing, searched, pages);
           },
       .check =
           [&](const StudyDefinition& definition) { refuse_impossible(options, definition); }});
  const StudyDefinition& definition = open.storage->definition();
  StudyResult result{
      .end = run.search(
          open, sampler_of(definition),
          {.trials = options.trials, .seconds = options.budget, .patience = options.patience},
          options.reports)};
  result.left_out = run.left_out();
  if (run.interrupted()) return result;
  const StudyTrials trials = study_trials(*open.storage);
  run.confirm(open, trials.scores);
  if (run.interrupted()) return result;
  result.summary = summarize_study(*open.storage, trials);
  if (!options.output.empty())
    write_atomically(options.output, pipeline_text(best_pipeline(definition, *result.summary)));
  if (!definition.search.more_objectives.empty()) result.front = pareto_front(definition, trials);
  return result;
}

}  // namespace ocrtune::workflow
