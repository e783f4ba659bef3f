#include "ocrtune/workflow/compare.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::cli {
namespace {

ExitStatus compare(const workflow::CompareOptions& options, Context& context) {
  const workflow::Compared result = workflow::compare(options, events_of(context));
  if (context.stop) {
    context.talk.complain(tr("interrupted after {} of {} pages", result.done, result.pages.size()));
    return ExitStatus::interrupted;
  }
  if (context.json) {
    context.print(json_text(workflow::result_json(result)));
  } else {
    context.print(comparison_text(result.pipelines, result.pages, result.by, options.most));
  }
  return status_of(context, result.left_out);
}

}  // namespace

void add_compare(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "compare", tr("Compare pipelines on the same pages, page by page"),
      tr("  ocrtune compare scans/ --pipeline pipeline.toml         compared with the originals\n  "
         "ocrtune compare scans/ --pipeline standard --pipeline pipeline.toml\n  ocrtune compare "
         "scans/ "
         "--pipeline a.toml --pipeline b.toml --by wer --csv pages.csv"));
  add_workflow<workflow::CompareOptions>(*command, context, compare);
}

}  // namespace ocrtune::cli
