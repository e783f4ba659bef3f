#include "ocrtune/workflow/optimize.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "ocrtune/base/process.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::cli {
namespace {

std::string end_text(SearchEnd end) {
  switch (end) {
    case SearchEnd::seconds:
      return tr("stopped: time limit (--budget) reached; run the same command again to resume");
    case SearchEnd::patience:
      return tr("stopped: no improvement for --patience trials");
    case SearchEnd::exhausted:
      return tr("stopped: every point of the space is known");
    default:
      return "";
  }
}

ExitStatus optimize(const workflow::OptimizeOptions& options, Context& context) {
  const workflow::StudyResult result = workflow::optimize(options, events_of(context));
  if (!result.summary) return ExitStatus::interrupted;
  if (!end_text(result.end).empty()) context.talk.say(end_text(result.end));
  const bool several = result.front.objectives.size() > 1;
  if (context.json) {
    context.print(json_text(workflow::result_json(result)));
  } else {
    context.print(summary_text(*result.summary) + (several ? pareto_text(result.front) : ""));
  }
  context.talk.say(
      tr("see `ocrtune show {0}`, `ocrtune export {0} -o DIR`", shell_text({options.study.study})));
  return result.end == SearchEnd::seconds ? ExitStatus::limit_reached
                                          : status_of(context, result.left_out);
}

}  // namespace

void add_optimize(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "optimize", tr("Search for the best settings with a sampler of your choice"),
      "  ocrtune optimize scans/ --trials 200 --study scans.db\n"
      "  ocrtune optimize scans/ --pruner racing --budget 10m --enqueue earlier.db\n"
      "  ocrtune optimize scans/ --sampler nsga2 --objective confidence,time --trials 500\n"
      "  ocrtune optimize scans/ --sampler cmaes --constraint 'words>=0.9x' --patience 30");
  add_workflow<workflow::OptimizeOptions>(*command, context, optimize);
}

}  // namespace ocrtune::cli
