#include "ocrtune/workflow/import_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ocrtune/audit/design.h"
#include "ocrtune/audit/results.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/study/points_file.h"

namespace ocrtune::workflow {
namespace {

std::vector<std::string> score_choices() {
  std::vector<std::string> names;
  for (const AuditScore& score : audit_scores()) names.emplace_back(score_name(score.score));
  return names;
}

std::vector<std::string> preset_choices() {
  std::vector<std::string> names;
  for (const AuditPipeline& pipeline : audit_pipelines()) names.emplace_back(pipeline.preset);
  return names;
}

}  // namespace

Options options_of(ImportOptions& options) {
  return {{.name = "RESULTS",
           .field = &options.results,
           .group = "",
           .help = "CSV file of a screening or an optimization, or JSON file of best parameters",
           .positional = true,
           .required = true,
           .completion = Completion::file,
           .suffixes = {".csv", ".json"},
           .command_only = true},
          {.name = "output",
           .field = &options.output,
           .group = "",
           .help = "JSON file to write the points to",
           .letter = 'o',
           .required = true,
           .completion = Completion::file,
           .suffixes = {".json"},
           .command_only = true},
          {.name = "best",
           .field = &options.best,
           .group = "Points",
           .help = "Number of best points to import; 0 for all",
           .range = NumberRange{0, 100'000}},
          {.name = "by",
           .field = &options.by,
           .group = "Points",
           .help = "Score that ranks the points",
           .choices = score_choices(),
           .completion = Completion::score},
          {.name = "preset",
           .field = &options.preset,
           .group = "Points",
           .help = "Preset whose parameters the file contains",
           .usual = "determined by its columns",
           .choices = preset_choices()}};
}

Imported import_points(const ImportOptions& options, const Events& events) {
  check_fields(options);
  require_output_file(options.output, {options.results});
  AuditResults results =
      read_audit_results(options.results, {options.preset, score_named(options.by)});
  for (const std::string& note : results.notes) events.say(note);
  if (!results.sorted && (options.best > 0 || options.by != ImportOptions{}.by))
    throw OptionError(Errc::invalid_argument, options.best > 0 ? "best" : "by", "",
                      tr("{} has no score `{}`", shown(options.results), options.by));
  Imported imported{
      .preset = results.preset, .points = std::move(results.points), .rows = results.rows};
  if (options.best > 0) imported.points.resize(std::min(options.best, imported.points.size()));
  write_atomically(options.output, points_text(imported.points, load_pipeline(imported.preset)));
  return imported;
}

}  // namespace ocrtune::workflow
