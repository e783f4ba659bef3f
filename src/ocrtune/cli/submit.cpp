#include "ocrtune/workflow/submit.h"

#include <nlohmann/json.hpp>

#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"

namespace ocrtune::cli {
namespace {

nlohmann::json json_of(const workflow::SubmitResult& result) {
  nlohmann::json json{{"job", nullptr}, {"script", result.script}};
  if (result.job) json["job"] = *result.job;
  return json;
}

ExitStatus submit(const workflow::SubmitOptions& options, Context& context) {
  const workflow::SubmitResult result = workflow::submit(options, events_of(context));
  if (context.json) {
    context.print(json_text(json_of(result)));
  } else if (!result.job) {
    context.print(result.script);
  } else {
    context.print(
        tr("job {}: {} workers for {}\n", *result.job, options.workers, options.worker.study));
  }
  if (result.job) {
    context.talk.say(tr("next: drive the study, on any machine: `ocrtune tune CORPUS --study {}`",
                        options.worker.study));
    context.talk.say(
        tr("`squeue --job {0}` shows the workers, `scancel {0}` ends them", *result.job));
  }
  return ExitStatus::success;
}

}  // namespace

void add_submit(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "submit",
                  tr("Submit workers for a study on a PostgreSQL server to a cluster's scheduler"),
                  "  ocrtune submit --slurm --workers 16 --cpus-per-task 8 --time 4:00:00 --study "
                  "postgresql://me@db/ocr/cards\n"
                  "  ocrtune submit --slurm --dry-run --study postgresql://me@db/ocr/cards");
  add_workflow<workflow::SubmitOptions>(*command, context, submit);
}

}  // namespace ocrtune::cli
