#include "ocrtune/workflow/optimize.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/samplers/pruner_registry.h"
#include "ocrtune/samplers/registry.h"
#include "ocrtune/workflow/first_points.h"
#include "ocrtune/workflow/in_flight.h"
#include "ocrtune/workflow/study_run.h"

namespace ocrtune::workflow {
namespace {

/// Enough to keep some 16 cores at work, whatever machine this is: results depend on it.
std::size_t in_flight_of(const SamplerKind& sampler, std::size_t pages) {
  if (!sampler.learns) return kMostInFlight;
  return std::clamp<std::size_t>((16 + pages - 1) / std::max<std::size_t>(pages, 1), 2, 16);
}

SearchSettings settings_for(const OptimizeOptions& options, const StudyRun& run,
                            const StudyDefinition* existing, const Pipeline& searched,
                            std::size_t pages) {
  SearchSettings settings =
      existing != nullptr ? existing->search : SearchSettings{.sampler = "tpe"};
  if (options.sampler) settings.sampler = *options.sampler;
  run.refuse_design(existing);
  const SamplerKind& sampler = sampler_named(settings.sampler);
  if (options.pruner) settings.pruner = pruner_named(*options.pruner).name;
  run.state_constraints(settings);
  if (options.in_flight) {
    settings.in_flight = *options.in_flight;
  } else if (existing == nullptr) {
    settings.in_flight = in_flight_of(sampler, pages);
  }
  if (existing == nullptr || !options.enqueue.empty())
    settings.first = first_points(options.enqueue, searched);
  return settings;
}

/// Refuses before a study is begun that couldn't go on.
void refuse_impossible(const OptimizeOptions& options, const StudyDefinition& definition) {
  const bool several = !definition.search.more_objectives.empty();
  if (several && definition.search.pruner != kNoPruner)
    throw OptionError(Errc::invalid_argument, "pruner", "",
                      "trials with several objectives aren't pruned");
  if (several && options.patience)
    throw OptionError(Errc::invalid_argument, "patience", "", "is for one objective");
  (void)sampler_of(definition);
}

}  // namespace

Options options_of(OptimizeOptions& options) {
  Options rows = options_of(options.study, {}, kMostObjectives);
  append(rows,
         {{.name = "sampler",
           .field = &options.sampler,
           .group = "Search",
           .help = "What proposes points: `ocrtune samplers`",
           .usual = "tpe",
           .choices = sampler_names()},
          {.name = "pruner",
           .field = &options.pruner,
           .group = "Search",
           .help = "What stops trials early that can't win any more: `ocrtune samplers`",
           .usual = "none",
           .choices = pruner_names()},
          {.name = "trials",
           .field = &options.trials,
           .group = "Search",
           .help = "Trials in the study in all, earlier ones included; the baseline isn't counted",
           .range = NumberRange{1, kMostTrials}},
          {.name = "timeout",
           .field = &options.timeout,
           .group = "Search",
           .help = "End the search after this time: 90s, 10m, 2h; trials in work then are dropped",
           .range = kDurationRange,
           .notation = Notation::duration},
          {.name = "patience",
           .field = &options.patience,
           .group = "Search",
           .help = "Stop after N trials without a better one",
           .range = NumberRange{1, kMostTrials}},
          in_flight_option(options.in_flight, "by pages"),
          constraint_option(options.study),
          {.name = "output",
           .field = &options.output,
           .group = "Study",
           .help = "Pipeline file with the best settings, if wanted",
           .letter = 'o',
           .command_only = true},
          {.name = "enqueue",
           .field = &options.enqueue,
           .group = "Search",
           .help = "Points to begin with: a pipeline or preset, the best of a study, or a JSON "
                   "list",
           .command_only = true}});
  return rows;
}

StudyResult optimize(const OptimizeOptions& options, const Events& events) {
  check_fields(options);
  if (!options.output.empty()) require_writable_place(options.output);
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
          {.trials = options.trials, .seconds = options.timeout, .patience = options.patience})};
  if (!run.interrupted()) run.confirm(open);
  result.left_out = run.left_out();
  if (run.interrupted()) return result;
  result.summary = summarize(*open.storage);
  if (!options.output.empty())
    write_atomically(options.output, pipeline_text(best_pipeline(definition, *result.summary)));
  result.front = pareto_front(definition, open.storage->trials());
  return result;
}

}  // namespace ocrtune::workflow
