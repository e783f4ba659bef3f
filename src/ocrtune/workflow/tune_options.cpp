#include <fmt/format.h>

#include <system_error>

#include "ocrtune/base/duration.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/options/in_flight.h"
#include "ocrtune/workflow/report_file.h"
#include "ocrtune/workflow/tune.h"

namespace ocrtune::workflow {
namespace {

/// About thirty known-good points, and ninety for the search; unpromising ones are stopped after a
/// few pages.
constexpr std::size_t kTrials = 120;

/// "best.toml" -> "best" and the ending; none if the output is a pipe or device.
std::optional<std::filesystem::path> file_beside(const std::string& file, const char* ending) {
  const std::filesystem::path output(file);
  std::error_code ignored;
  const auto there = std::filesystem::status(output, ignored);
  if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there))
    return std::nullopt;
  return output.parent_path() / (output.stem().string() + ending);
}

}  // namespace

StudyDefaults TuneOptions::defaults() const {
  // A worker has the installed model and the trained one.
  return {.pipeline = "auto",
          .objective = Score::reference_quality,
          .models = train ? 2U : 1U,
          .engines = {}};
}

std::optional<std::filesystem::path> TuneOptions::report_file() const {
  if (report) return *report;
  if (no_report || !can_report()) return std::nullopt;
  return file_beside(output, ".report.html");
}

std::optional<std::filesystem::path> TuneOptions::models_folder() const {
  return models.empty() ? file_beside(output, ".models") : std::filesystem::path(models);
}

std::optional<std::size_t> TuneOptions::max_trials() const {
  return trials || budget ? trials : kTrials;
}

Options options_of(TuneOptions& options) {
  // What is asked for first is first in the help.
  Options rows{
      {.name = "budget",
       .field = &options.budget,
       .group = "Search",
       .help = "Time limit, such as 90s, 10m or 2h, instead of a number of trials; it covers the "
               "search, the choice of the recipe, validation and the report, and fewer pages are "
               "used where it is short",
       .label = "Time limit",
       .range = kDurationRange,
       .notation = Notation::duration},
      {.name = "trials",
       .field = &options.trials,
       .group = "Search",
       .help = "Total number of trials, including earlier ones",
       .label = "Trials",
       .usual = fmt::format("{}", kTrials),
       .range = NumberRange{1, kMaxTrials}}};
  append(rows, options_of(options.study, options.defaults(), 1));
  append(
      rows,
      {{.name = "output",
        .field = &options.output,
        .group = "Study",
        .help = "File for the recipe that was found, for `apply --recipe`; with --single, for the "
                "pipeline",
        .letter = 'o',
        .completion = Completion::file,
        .suffixes = {".toml"},
        .command_only = true},
       in_flight_option(options.in_flight, tr("by pages and cores, at least 2")),
       {.name = "hold-out",
        .field = &options.hold_out,
        .group = "Search",
        .help = "Number of pages reserved for validation",
        .label = "Validation pages",
        .usual = "a quarter, at most 20",
        .range = NumberRange{0, 100'000}},
       {.name = "enqueue",
        .field = &options.enqueue,
        .group = "Search",
        .help = "Initial points: a pipeline, a preset, the best points of a study or of a CSV file "
                "of OCR "
                "quality audit, or a JSON list",
        .completion = Completion::start,
        .command_only = true},
       constraint_option(options.study),
       {.name = "report",
        .field = &options.report,
        .group = "Study",
        .help = "HTML report",
        .usual = "NAME.report.html",
        .completion = Completion::file,
        .suffixes = {".html"},
        .command_only = true},
       {.name = "no-report",
        .field = &options.no_report,
        .group = "Study",
        .help = "Do not write a report",
        .excludes = {"report"},
        .command_only = true},
       {.name = "single",
        .field = &options.single,
        .group = "Study",
        .help = "Find one pipeline for all pages only, no recipe",
        .label = "One pipeline for all pages, no recipe"},
       {.name = "train",
        .field = &options.train,
        .group = "Study",
        .help =
            "First train models with the tuning pages that have ground truth, as `train` does, "
            "and let the recipe use them; of a large collection, only pages with ground truth are "
            "tuned on then",
        .label = "Train models with corrected pages",
        .excludes = {"single"}},
       {.name = "models",
        .field = &options.models,
        .group = "Study",
        .help = "Folder for the models of --train",
        .usual = "NAME.models beside the recipe",
        .completion = Completion::folder,
        .command_only = true}});
  return rows;
}

}  // namespace ocrtune::workflow
