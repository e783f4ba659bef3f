#include "ocrtune/workflow/tune.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "ocrtune/base/duration.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/options/in_flight.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/study_run/first_points.h"
#include "ocrtune/study_run/study_run.h"
#include "ocrtune/workflow/report_file.h"

namespace ocrtune::workflow {
namespace {

/// About thirty known-good points, and ninety for the search; unpromising ones are stopped after a
/// few pages.
constexpr std::size_t kTrials = 120;

/// More pages hardly change the best parameters.
constexpr std::size_t kMaxTuned = 40;

constexpr std::size_t kMaxHeldOut = 20;
constexpr std::size_t kMinToHoldOut = 8;

std::size_t usual_held_out(std::size_t pages) {
  return pages < kMinToHoldOut ? 0 : std::min(kMaxHeldOut, pages / 4);
}

/// Adds points without duplicates.
void add_new(std::vector<Point>& points, const std::vector<Point>& more) {
  for (const Point& point : more) {
    if (std::ranges::find(points, point) == points.end()) points.push_back(point);
  }
}

/// Starts with known-good points. Those of `enqueue` and the portfolio are evaluated on all pages,
/// because they may still be the best for some pages.
void enqueue_first_points(const TuneOptions& options, const Pipeline& searched,
                          SearchSettings& settings) {
  settings.first = first_points(options.enqueue, searched);
  add_new(settings.first, portfolio_points(searched));
  settings.whole = settings.first.size();
  add_new(settings.first, each_stage_alone(searched));
}

StudyShape shape_of(const TuneOptions& options, const StudyRun& run) {
  StudyShape shape;
  shape.search = [&options, &run](const StudyDefinition* existing, const Pipeline& searched,
                                  std::size_t pages) {
    run.refuse_design(existing);
    SearchSettings settings =
        existing != nullptr
            ? existing->search
            : SearchSettings{.sampler = "polish",
                             .pruner = "racing",
                             .in_flight = usual_in_flight(pages, machine_resources().logical_cores),
                             .steady = true};
    if (options.in_flight) settings.in_flight = *options.in_flight;
    if (existing == nullptr || !options.enqueue.empty())
      enqueue_first_points(options, searched, settings);
    run.state_constraints(settings);
    return settings;
  };
  shape.held_out = [&options](std::size_t pages) {
    const std::size_t count = options.hold_out.value_or(usual_held_out(pages));
    if (count < pages) return count;
    throw OptionError(Errc::invalid_argument, "hold_out", std::to_string(count),
                      tr("none of {} pages would be left for tuning", pages));
  };
  shape.max_pages = kMaxTuned;
  shape.compares_ocr_results = true;
  return shape;
}

void say_plan(const TuneOptions& options, const OpenStudy& open, const Events& events) {
  const StudyDefinition& definition = open.storage->definition();
  const std::size_t held_out = definition.held_out.size();
  events.say(held_out > 0 ? tr("tuning on {}, {} reserved for validation",
                               counted(definition.pages.size(), "page"), held_out)
                          : tr("tuning on {}; too few pages to reserve some for "
                               "validation: the gain is optimistic",
                               counted(definition.pages.size(), "page")));
  events.say(tr(
      "starting with known-good pipelines, each stage on its own and a Sobol design, then refining "
      "around the best ({}), {} in flight; {}; at most {}",
      definition.search.sampler, counted(definition.search.in_flight, "point"),
      definition.search.pruner == kNoPruner ? tr("each on all pages")
                                            : tr("unpromising points are pruned"),
      options.budget ? duration_text(*options.budget) : counted(*options.max_trials(), "point")));
}

/// "best.toml" -> "best" and the ending; none if the output is a pipe or device.
std::optional<std::filesystem::path> file_beside(const std::string& file, const char* ending) {
  const std::filesystem::path output(file);
  std::error_code ignored;
  const auto there = std::filesystem::status(output, ignored);
  if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there))
    return std::nullopt;
  return output.parent_path() / (output.stem().string() + ending);
}

/// If it is stopped here, there is no report; an error is only a warning, because all other results
/// are written already.
std::optional<Errc> add_report(const TuneOptions& options, const Storage& study,
                               const std::filesystem::path& file, const MemoryPlan& plan,
                               const Events& events) {
  try {
    const WrittenReport written = write_report(study,
                                               {.study = options.study.study,
                                                .output = file.string(),
                                                .pictures = true,
                                                .tessdata = options.study.ocr.tessdata,
                                                .plan = plan},
                                               events);
    if (!written.missing.empty()) events.say(tr("report images: ") + written.missing);
  } catch (const Error& error) {
    events.warn(tr("the report was not written: {}", error.what()));
    return error.code();
  }
  return events.stopped() ? std::optional(Errc::interrupted) : std::nullopt;
}

/// An error in writing a report does not prevent the other results.
Tuned write_results(const TuneOptions& options, const Storage& study,
                    const std::vector<Trial>& trials, const MemoryPlan& plan,
                    const Events& events) {
  const StudyDefinition& definition = study.definition();
  const Confirmations validations = study.validations();
  Tuned found{.summary = summarize_trials(definition, study_trials(definition, trials),
                                          study.confirmations(), validations),
              .by_page = std::nullopt,
              .portfolio_file = options.portfolio_file(),
              .report_file = options.report_file()};
  if (!options.single) found.by_page = choose_by_page(definition, trials, validations);
  write_atomically(options.output, pipeline_text(best_pipeline(definition, found.summary)));
  if (found.portfolio_file) {
    write_atomically(*found.portfolio_file,
                     portfolio_text(portfolio_of(definition, trials, *found.by_page)));
  }
  if (found.report_file)
    found.report_error = add_report(options, study, *found.report_file, plan, events);
  if (found.report_error) found.report_file.reset();
  return found;
}

/// The trials for the validation pages if only one pipeline is requested.
std::vector<const Trial*> baseline_and_candidate(const StudyDefinition& definition,
                                                 const std::vector<Trial>& trials) {
  const Trial* candidate = chosen_candidate(definition, trials);
  if (candidate == nullptr) return {};
  return {&trials.front(), candidate};
}

void require_places(const TuneOptions& options) {
  require_writable_place(options.output);
  if (const auto portfolio = options.portfolio_file()) require_writable_place(*portfolio);
  if (options.report) require_report();
  if (const auto report = options.report_file()) require_writable_place(*report);
}

/// The baseline alone is no result: the time was over before a point was evaluated on all pages.
void require_a_trial(const TuneOptions& options, const std::vector<Trial>& trials, double seconds) {
  if (trials.size() > 1) return;
  throw Error(
      Errc::limit_reached,
      tr("the time limit of {} was over before a point was evaluated on all pages, after {}; no "
         "result was written; what is finished is kept in {}: run the same command again with a "
         "longer --budget to resume, or name fewer pages",
         duration_text(options.budget.value_or(0)), duration_text(seconds),
         shown(options.study.study)));
}

const StudyDefaults& usual() {
  static const StudyDefaults kUsual{.pipeline = "auto", .objective = Score::reference_quality};
  return kUsual;
}

}  // namespace

std::optional<std::filesystem::path> TuneOptions::portfolio_file() const {
  return single ? std::nullopt : file_beside(output, ".portfolio.toml");
}

std::optional<std::filesystem::path> TuneOptions::report_file() const {
  if (report) return *report;
  if (no_report || !can_report()) return std::nullopt;
  return file_beside(output, ".report.html");
}

std::optional<std::size_t> TuneOptions::max_trials() const {
  return trials || budget ? trials : kTrials;
}

Options options_of(TuneOptions& options) {
  Options rows = options_of(options.study, usual(), 1);
  append(
      rows,
      {{.name = "output",
        .field = &options.output,
        .group = "Study",
        .help = "Pipeline file for the best settings; the portfolio for `apply` is written to "
                "NAME.portfolio.toml",
        .letter = 'o',
        .completion = Completion::file,
        .suffixes = {".toml"},
        .command_only = true},
       {.name = "budget",
        .field = &options.budget,
        .group = "Search",
        .help = "Time limit of the search, such as 90s, 10m or 2h, instead of a number of trials; "
                "unfinished trials are discarded",
        .label = "Time limit",
        .range = kDurationRange,
        .notation = Notation::duration},
       {.name = "trials",
        .field = &options.trials,
        .group = "Search",
        .help = "Total number of trials, including earlier ones",
        .label = "Trials",
        .usual = fmt::format("{}", kTrials),
        .range = NumberRange{1, kMaxTrials}},
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
        .help = "Find one pipeline for all pages only: validate and write no portfolio",
        .label = "One pipeline for all pages, no portfolio"}});
  return rows;
}

TuneResult tune(const TuneOptions& options, const Events& events) {
  check_fields(options);
  require_places(options);
  SearchLimits limits{.trials = options.max_trials(), .seconds = options.budget};
  StudyRun run(options.study, usual(), events);
  const auto started = std::chrono::steady_clock::now();
  const OpenStudy open = run.open(shape_of(options, run));
  // Computing references is part of the work.
  if (limits.seconds) limits.seconds = std::max(0.0, *limits.seconds - seconds_since(started));
  const StudyDefinition& definition = open.storage->definition();
  say_plan(options, open, events);
  run.search(open, sampler_of(definition), limits);
  TuneResult result{.found = std::nullopt, .left_out = run.left_out()};
  if (run.interrupted()) return result;
  const std::vector<Trial> trials = open.storage->trials();
  require_a_trial(options, trials, seconds_since(started));
  if (!definition.held_out.empty()) {
    run.validate(open, options.single ? baseline_and_candidate(definition, trials)
                                      : to_be_validated(definition, trials));
  }
  if (!run.interrupted()) run.confirm(open, scores_of(definition, trials));
  if (!run.interrupted())
    result.found = write_results(options, *open.storage, trials, run.plan(), events);
  return result;
}

}  // namespace ocrtune::workflow
