#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/cli/duration.h"
#include "ocrtune/cli/first_points.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/in_flight.h"
#include "ocrtune/cli/study_run.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/report/pareto_front.h"
#include "ocrtune/report/summary.h"
#include "ocrtune/samplers/pruner_registry.h"
#include "ocrtune/samplers/registry.h"

namespace ocrtune::cli {
namespace {

struct Optimize {
  StudyRun study;
  std::optional<std::string> sampler;
  std::optional<std::string> pruner;
  std::optional<std::size_t> in_flight;
  std::vector<std::string> first;
  std::size_t trials = 100;
  std::optional<std::string> timeout;
  std::optional<std::size_t> patience;
  std::string output;
};

/// Enough to keep some 16 cores at work, whatever machine this is: results depend on it.
std::size_t in_flight_of(const SamplerKind& sampler, std::size_t pages) {
  if (!sampler.learns) return kMostInFlight;
  return std::clamp<std::size_t>((16 + pages - 1) / std::max<std::size_t>(pages, 1), 2, 16);
}

SearchSettings settings_for(const Optimize& options, const StudyDefinition* existing,
                            const Pipeline& searched, std::size_t pages) {
  SearchSettings settings =
      existing != nullptr ? existing->search : SearchSettings{.sampler = "tpe"};
  if (options.sampler) settings.sampler = *options.sampler;
  options.study.refuse_design(existing);
  const SamplerKind& sampler = sampler_named(settings.sampler);
  if (options.pruner) settings.pruner = pruner_named(*options.pruner).name;
  options.study.state_constraints(settings);
  if (options.in_flight) {
    settings.in_flight = *options.in_flight;
  } else if (existing == nullptr) {
    settings.in_flight = in_flight_of(sampler, pages);
  }
  if (existing == nullptr || !options.first.empty())
    settings.first = first_points(options.first, searched);
  return settings;
}

/// Refuses before a study is begun that couldn't go on.
void refuse_impossible(const Optimize& options, const StudyDefinition& definition) {
  const bool several = !definition.search.more_objectives.empty();
  if (several && definition.search.pruner != kNoPruner)
    throw Error(ExitStatus::wrong_use, "--pruner: trials with several objectives aren't pruned");
  if (several && options.patience)
    throw Error(ExitStatus::wrong_use, "--patience: is for one objective");
  (void)sampler_of(definition);
}

std::string_view end_text(SearchEnd end) {
  switch (end) {
    case SearchEnd::seconds:
      return "stopped: the time given by --timeout is over; the same command goes on";
    case SearchEnd::patience:
      return "stopped: nothing better for as many trials as --patience allows";
    case SearchEnd::exhausted:
      return "stopped: every point of the space is known";
    default:
      return "";
  }
}

ExitStatus optimize(Optimize& options, Context& context) {
  StudyRun& run = options.study;
  if (!options.output.empty()) require_writable_place(options.output);
  const std::optional<double> seconds =
      options.timeout ? std::optional(parse_duration(*options.timeout, "--timeout")) : std::nullopt;
  const OpenStudy open = run.open(
      context,
      {.search =
           [&](const StudyDefinition* existing, const Pipeline& searched, std::size_t pages) {
             return settings_for(options, existing, searched, pages);
           },
       .check =
           [&](const StudyDefinition& definition) { refuse_impossible(options, definition); }});
  const StudyDefinition& definition = open.storage->definition();
  const SearchEnd end =
      run.search(context, open, sampler_of(definition),
                 {.trials = options.trials, .seconds = seconds, .patience = options.patience});
  if (!run.interrupted) run.confirm(context, open);
  if (run.interrupted) return ExitStatus::interrupted;
  if (!end_text(end).empty()) context.talk.say(end_text(end));
  const std::vector<Trial> trials = open.storage->trials();
  const Summary summary = summarize(*open.storage);
  if (!options.output.empty())
    write_atomically(options.output, pipeline_text(best_pipeline(definition, summary)));
  const ParetoFront front = pareto_front(definition, trials);
  if (context.json) {
    nlohmann::json json = summary_json(summary);
    if (front.objectives.size() > 1) json["pareto_front"] = pareto_json(front);
    context.print(json_text(json));
  } else {
    context.print(summary_text(summary) +
                  (front.objectives.size() > 1 ? pareto_text(front) : std::string()));
  }
  context.talk.say(fmt::format("see `ocrtune show {0}`, `ocrtune export {0} -o DIR`", run.study));
  return end == SearchEnd::seconds ? ExitStatus::limit_reached : run.corpus.status();
}

void add_search_options(CLI::App& command, Optimize& options) {
  command
      .add_option("--sampler", options.sampler, "What proposes points: `ocrtune samplers` [tpe]")
      ->check(CLI::IsMember(sampler_names()))
      ->group("Search");
  command
      .add_option("--pruner", options.pruner,
                  "What stops trials early that can't win any more: `ocrtune samplers` [none]")
      ->check(CLI::IsMember(pruner_names()))
      ->group("Search");
  command
      .add_option("--trials", options.trials,
                  "Trials in the study in all, earlier ones included; the baseline isn't counted")
      ->capture_default_str()
      ->check(between(1, 1'000'000))
      ->group("Search");
  command
      .add_option("--timeout", options.timeout,
                  "End the search after this time: 90s, 10m, 2h; trials in work then are dropped")
      ->group("Search");
  command.add_option("--patience", options.patience, "Stop after N trials without a better one")
      ->check(between(1, 1'000'000))
      ->group("Search");
  add_in_flight(command, options.in_flight, "by pages");
  options.study.add_constraints(command);
  command
      .add_option("-o,--output", options.output, "Pipeline file with the best settings, if wanted")
      ->group("Study");
  command
      .add_option("--enqueue", options.first,
                  "Points to begin with: a pipeline or preset, the best of a study, or a JSON list")
      ->group("Search");
}

}  // namespace

void add_optimize(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "optimize", "Search for the best settings with a sampler of your choice",
      "  ocrtune optimize scans/ --sampler tpe --trials 200 --study scans.db\n"
      "  ocrtune optimize scans/ --pruner racing --timeout 10m --enqueue earlier.db\n"
      "  ocrtune optimize scans/ --sampler nsga2 --objective confidence,time --trials 500\n"
      "  ocrtune optimize scans/ --sampler gp --constraint 'words>=0.9x' --patience 30");
  auto options = std::make_shared<Optimize>();
  options->study.add_to(*command, true);
  add_search_options(*command, *options);
  command->callback([options, &context] {
    context.command = [options, &context] { return optimize(*options, context); };
  });
}

}  // namespace ocrtune::cli
