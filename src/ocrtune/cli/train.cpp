#include "ocrtune/workflow/train.h"

#include <nlohmann/json.hpp>

#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::cli {
namespace {

using workflow::TrainOptions;

ExitStatus train(const TrainOptions& options, Context& context) {
  const workflow::Trained result = workflow::train(options, events_of(context));
  if (result.stopped) {
    context.talk.say(tr("interrupted; run the same command again to resume"));
    return ExitStatus::interrupted;
  }
  context.print(context.json ? json_text(workflow::result_json(result))
                             : workflow::result_text(options, result));
  return status_of(context, result.left_out);
}

}  // namespace

void add_train(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "train",
                  tr("Train models of OCR engines further with pages that have ground truth"),
                  "  ocrtune train corrected/ --lang fra -o models/\n"
                  "  ocrtune train corrected/ --lang fra -o models/ --engine ppocr\n"
                  "  ocrtune apply scans/ -o texts/ --lang fra --tessdata models/");
  add_workflow<TrainOptions>(*command, context, train);
}

}  // namespace ocrtune::cli
