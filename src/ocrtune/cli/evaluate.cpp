#include "ocrtune/workflow/evaluate.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::cli {
namespace {

using workflow::EvaluateOptions;

ExitStatus evaluate(const EvaluateOptions& options, Context& context) {
  const workflow::Evaluated result = workflow::evaluate(options, events_of(context));
  if (context.stop) {
    context.talk.complain(tr("interrupted after {} of {} pages", result.done, result.texts));
    return ExitStatus::interrupted;
  }
  context.print(context.json ? json_text(workflow::result_json(options, result))
                             : evaluation_text(result.evaluation, options.most));
  return result.problems ? ExitStatus::input_unreadable : ExitStatus::success;
}

}  // namespace

void add_evaluate(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "evaluate", tr("Compare OCR results of any program with the ground truth"),
      tr("  ocrtune evaluate texts/ --truth truth/\n"
         "  ocrtune evaluate page.hocr --truth page.xml --ignore case,punctuation\n"
         "  ocrtune evaluate scans/ --csv errors.csv      NAME.txt and NAME.gt.txt side by side"));
  add_workflow<EvaluateOptions>(*command, context, evaluate);
}

}  // namespace ocrtune::cli
