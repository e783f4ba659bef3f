#include "ocrtune/workflow/worker.h"

#include <nlohmann/json.hpp>

#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::cli {
namespace {

ExitStatus worker(const workflow::WorkerOptions& options, Context& context) {
  const workflow::WorkerResult result = workflow::worker(options, events_of(context));
  if (context.json) {
    context.print(json_text(workflow::result_json(result)));
  } else {
    context.print(tr("{} pages evaluated", result.pages) + "\n");
  }
  return context.stop ? ExitStatus::interrupted : ExitStatus::success;
}

}  // namespace

void add_worker(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "worker",
      tr("Evaluate pages for a study on a PostgreSQL server, beside other workers"),
      "  ocrtune tune /scans --study postgresql://me@db/ocr/cards       on one machine\n"
      "  ocrtune worker --study postgresql://me@db/ocr/cards --jobs 8   on any number of others");
  add_workflow<workflow::WorkerOptions>(*command, context, worker);
}

}  // namespace ocrtune::cli
