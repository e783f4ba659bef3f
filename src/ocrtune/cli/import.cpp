#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/address.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/workflow/import_points.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::cli {
namespace {

ExitStatus import_points(const workflow::ImportOptions& options, Context& context) {
  const workflow::Imported imported = workflow::import_points(options, events_of(context));
  if (context.json) context.print(json_text(workflow::result_json(options, imported)));
  if (!options.study.empty()) {
    context.talk.say(tr("{} on {} for the preset {} imported into {}",
                        counted(imported.rows, "point"), counted(imported.pages, "page"),
                        imported.preset, shown_address(options.study)));
    return ExitStatus::success;
  }
  context.talk.say(tr("{} from {} for the preset {} written to {}",
                      counted(imported.points.size(), "point"), counted(imported.rows, "row"),
                      imported.preset, shown(options.output)));
  return ExitStatus::success;
}

}  // namespace

void add_import(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "import",
      tr("Import points and scores of OCR quality audit, the Python design"),
      "  ocrtune import screening_sobol_standard_32pts_20251204_214825.csv -o points.json\n"
      "  ocrtune import results.csv -o points.json --best 20 --by cnr\n"
      "  ocrtune import best_params.json -o points.json\n"
      "  ocrtune import results.csv --study scans.db\n"
      "  ocrtune import results.csv --study scans.db --scans scans/\n"
      "  ocrtune score scans/ --pipeline standard --params points.json");
  add_workflow<workflow::ImportOptions>(*command, context, import_points);
}

}  // namespace ocrtune::cli
