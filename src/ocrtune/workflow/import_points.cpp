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
#include "ocrtune/options/options.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/study/points_file.h"
#include "ocrtune/workflow/import_study.h"

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
           .excludes = {"study"},
           .completion = Completion::file,
           .suffixes = {".json"},
           .command_only = true},
          {.name = "study",
           .field = &options.study,
           .group = "",
           .help = "New study with the points and their scores: a SQLite file or "
                   "postgresql://USER@HOST/DATABASE/STUDY",
           .completion = Completion::study,
           .command_only = true},
          {.name = "scans",
           .field = &options.scans,
           .group = "Study",
           .help = "Pages that were evaluated, in the order of that program: with them the study "
                   "can be resumed",
           .completion = Completion::file,
           .command_only = true},
          lang_option(options.lang),
          {.name = "times",
           .field = &options.times,
           .group = "Study",
           .help = "Log of times, which has the scores of each page",
           .usual = "timing_log_TIME.csv beside the results",
           .completion = Completion::file,
           .suffixes = {".csv"},
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
  if (!options.study.empty()) {
    if (options.best > 0)
      throw OptionError(Errc::invalid_argument, "best", std::to_string(options.best),
                        tr("can't be used with --study, which has all points"));
    if (options.by != ImportOptions{}.by)
      throw OptionError(Errc::invalid_argument, "by", options.by,
                        tr("can't be used with --study: the objective is the confidence, the only "
                           "score of the original pages in such files"));
    if (options.lang && options.scans.empty())
      throw OptionError(Errc::invalid_argument, "lang", *options.lang, tr("requires --scans"));
    return import_study(options, events);
  }
  if (options.output.empty())
    throw OptionError(Errc::invalid_argument, "output", "",
                      tr("required, for points; or --study, for a study with their scores"));
  for (const auto& [name, given] :
       {std::pair("scans", !options.scans.empty()), std::pair("lang", options.lang.has_value()),
        std::pair("times", !options.times.empty())}) {
    if (given) throw OptionError(Errc::invalid_argument, name, "", tr("requires --study"));
  }
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
