#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/report/importance.h"
#include "ocrtune/report/pareto_front.h"
#include "ocrtune/report/results_json.h"
#include "ocrtune/report/summary.h"

namespace ocrtune::cli {
namespace {

struct Show {
  std::string study = "ocrtune.db";
  std::size_t top = 5;
};

std::string top_text(const std::vector<const Trial*>& trials, const Space& space, Score objective,
                     std::size_t count) {
  std::string text = tr("the {} best:\n", std::min(count, trials.size()));
  const double scale = shown_scale(objective);
  for (std::size_t i = 0; i < std::min(count, trials.size()); ++i) {
    const Trial& trial = *trials[i];
    text += fmt::format("  #{:<5} {} {:.2f}", trial.number, score_name(objective),
                        scale * trial.mean(objective));
    if (trial.number == 0) text += "  (" + tr("baseline") + ")";
    text += space.text_of(trial.point) + '\n';
  }
  return text;
}

ExitStatus show(const Show& options, Context& context) {
  const auto storage = view_study(options.study);
  const StudyDefinition& definition = storage->definition();
  const std::vector<Trial> trials = storage->trials();
  const Summary summary = summarize(*storage, trials);
  const int foreign = storage->foreign_trials();
  const std::optional<Importance> matters = importance(definition, trials);
  const std::size_t pruned = storage->counts().pruned;
  const bool several = !definition.search.more_objectives.empty();
  if (context.json) {
    nlohmann::json json = summary_json(summary);
    json["study"] = options.study;
    json["seed"] = definition.seed;
    json["program"] = definition.program;
    json["foreign_trials"] = foreign;
    json["reference_engine"] = definition.search.reference_engine;
    json["sampler"] = definition.search.sampler;
    json["pruner"] = definition.search.pruner;
    json["pruned_trials"] = pruned;
    if (several) json["pareto_front"] = pareto_json(pareto_front(definition, trials));
    if (matters) json["importance"] = importance_json(*matters);
    context.print(json_text(json));
    return ExitStatus::success;
  }
  std::string text =
      tr("{}: sampler {}, seed {}, engine {}, created by {}\n", shown(options.study),
         definition.search.sampler, definition.seed, definition.engine, definition.program);
  if (!definition.search.reference_engine.empty())
    text += tr("references with engine {}\n", definition.search.reference_engine);
  if (pruned > 0) text += tr("{} trials were pruned ({})\n", pruned, definition.search.pruner);
  text += summary_text(summary) + top_text(best_first(trials, definition.objective), summary.space,
                                           definition.objective, options.top);
  if (several) text += pareto_text(pareto_front(definition, trials));
  if (matters) text += importance_text(*matters);
  if (foreign > 0)
    text += tr("{} trials were added by other programs and are not shown\n", foreign);
  context.print(text);
  return ExitStatus::success;
}

}  // namespace

void add_show(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "show", tr("Show the results of a study, also while it runs"),
                  "  ocrtune show\n"
                  "  ocrtune show scans.db --top 20\n"
                  "  ocrtune show scans.db --json");
  auto options = std::make_shared<Show>();
  command
      ->add_option("STUDY", options->study,
                   tr("Study: a SQLite file or postgresql://USER@HOST/DATABASE/STUDY"))
      ->capture_default_str();
  command->add_option("--top", options->top, tr("Number of best points to list"))
      ->capture_default_str()
      ->check(between(1, 100000));
  command->callback([options, &context] {
    context.command = [options, &context] { return show(*options, context); };
  });
}

}  // namespace ocrtune::cli
