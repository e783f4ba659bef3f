#include "ocrtune/workflow/tune.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/analysis/complementary.h"
#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/address.h"
#include "ocrtune/base/duration.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_output.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/ocr/engines/trained_models.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/options/effort.h"
#include "ocrtune/options/in_flight.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/study_run/first_points.h"
#include "ocrtune/study_run/recipe_search.h"
#include "ocrtune/study_run/study_run.h"
#include "ocrtune/workflow/report_file.h"
#include "ocrtune/workflow/tune_training.h"

namespace ocrtune::workflow {
namespace {

/// More pages hardly change the best parameters.
constexpr std::size_t kMaxTuned = 40;
/// With a time limit, a page is given that many seconds of a processor at least: fewer pages that
/// are recognized in several ways say more than many that are not.
constexpr double kSecondsPerPage = 10;
constexpr std::size_t kMinTuned = 4;
/// Of the time limit, for the OCR results that the recipe is chosen from, after the search.
constexpr double kShareOfRecording = 0.45;
/// Of the time limit, for choosing the recipe, the scores of the best trial and the report.
constexpr double kShareOfResults = 0.1;
/// Pipelines of the search that may become part of the recipe.
constexpr std::size_t kMaxFound = 4;

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

/// The number of pages for which the time limit is enough; nothing without one.
std::optional<std::size_t> affordable_pages(const TuneOptions& options, int workers) {
  if (!options.budget) return std::nullopt;
  return static_cast<std::size_t>(*options.budget * workers / kSecondsPerPage);
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
  const std::optional<std::size_t> affordable = affordable_pages(options, run.plan().workers);
  shape.held_out = [&options, affordable](std::size_t pages) {
    std::size_t usual = usual_held_out(pages);
    if (affordable) usual = std::min(usual, std::max(kMinTuned, *affordable / 3));
    const std::size_t count = options.hold_out.value_or(usual);
    // Without any page, what has no pages is told.
    if (count < pages || pages == 0) return std::min(count, pages);
    throw OptionError(Errc::invalid_argument, "hold_out", std::to_string(count),
                      tr("none of {} pages would be left for tuning", pages));
  };
  if (options.train) {
    shape.of_truth = OptionValue{"train", ""};
    shape.check_pages = [&run](const Corpus& pages, const Corpus& held_out) {
      check_training_pages(pages, held_out, run.plan().workers);
    };
  }
  shape.max_pages = kMaxTuned;
  if (affordable) shape.max_pages = std::clamp(*affordable * 2 / 3, kMinTuned, kMaxTuned);
  shape.compares_ocr_results = true;
  return shape;
}

/// What the time limit is not enough for, before any page is recognized.
void say_what_is_affordable(const TuneOptions& options, int workers, const Events& events) {
  const std::optional<std::size_t> affordable = affordable_pages(options, workers);
  if (!affordable) return;
  if (*affordable < kMinTuned) {
    events.say(tr("{} is short: a first result needs about {}", duration_text(*options.budget),
                  duration_text(kMinTuned * kSecondsPerPage / workers)));
  } else {
    events.say(tr("{} is enough for about {}", duration_text(*options.budget),
                  counted(std::min(*affordable, kMaxTuned + kMaxHeldOut), "page")));
  }
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

/// The pipelines of the search that may become part of a recipe, the best first.
std::vector<Pipeline> found_pipelines(const StudyDefinition& definition,
                                      const std::vector<Trial>& trials) {
  const Pipeline searched = pipeline_of(definition);
  std::vector<Pipeline> found;
  for (const Trial* trial : complementary(definition, trials)) {
    if (trial->number == 0 || found.size() == kMaxFound) continue;
    found.push_back(
        without_idle_stages(searched.at(trial->point), fmt::format("point-{}", trial->number)));
  }
  return found;
}

/// An error in writing a report does not prevent the other results.
Tuned write_results(const TuneOptions& options, Storage& study, const std::vector<Trial>& trials,
                    const std::optional<Verdict>& verdict, const MemoryPlan& plan,
                    const Events& events) {
  const StudyDefinition& definition = study.definition();
  Tuned found{.summary = summarize_trials(definition, study_trials(definition, trials),
                                          study.confirmations(), study.validations()),
              .verdict = verdict,
              .trained = nullptr,
              .report_file = options.report_file()};
  // That of an earlier recipe says nothing about a single pipeline.
  study.keep_verdict(verdict ? verdict_json(*verdict).dump() : "");
  write_atomically(options.output, verdict
                                       ? verdict->recipe
                                       : pipeline_text(best_pipeline(definition, found.summary)));
  if (found.report_file)
    found.report_error = add_report(options, study, *found.report_file, plan, events);
  if (found.report_error) found.report_file.reset();
  return found;
}

/// The trials that are evaluated on the validation pages.
std::vector<const Trial*> baseline_and_candidate(const StudyDefinition& definition,
                                                 const std::vector<Trial>& trials) {
  const Trial* candidate = chosen_candidate(definition, trials);
  if (candidate == nullptr) return {};
  return {&trials.front(), candidate};
}

/// Pages that models were trained with tell nothing about others.
void warn_of_trained_models(const TuneOptions& options, const Events& events) {
  const std::string folder = tessdata_folder(options.study.ocr.tessdata);
  if (!trained_models(folder).empty())
    events.warn(
        tr("{} has models that were trained further; on pages that they were trained with, "
           "the gain is greater than on others (--train keeps pages apart)",
           shown(folder)));
}

void require_places(const TuneOptions& options) {
  require_output_file(options.output, options.study.pages.inputs);
  if (options.train) require_models_place(options);
  if (!options.train && !options.models.empty())
    throw OptionError(Errc::invalid_argument, "models", shown(options.models), tr("needs --train"));
  if (options.report) require_report();
  if (const auto report = options.report_file())
    require_output_file(*report, options.study.pages.inputs);
}

/// Throws that the time limit was over without a result.
[[noreturn]] void refuse_without_result(const TuneOptions& options, double seconds) {
  throw Error(
      Errc::limit_reached,
      tr("the time limit of {} was over before there was a result, after {}; no result was "
         "written; what is finished is kept in {}: run the same command again with a longer "
         "--budget to resume, or name fewer pages",
         duration_text(options.budget.value_or(0)), duration_text(seconds),
         shown_address(options.study.study)));
}

/// The time limits of the parts of the work.
class TimePlan {
 public:
  explicit TimePlan(const std::optional<double>& budget) : budget_(budget) {}

  [[nodiscard]] double used() const { return seconds_since(started_); }

  /// For the search, from now on. `records`: OCR results for a recipe are computed after it.
  [[nodiscard]] std::optional<double> of_search(bool records) const {
    if (!budget_) return std::nullopt;
    const double later = kShareOfResults + (records ? kShareOfRecording : 0);
    return std::max(0.0, *budget_ * (1 - later) - used());
  }

  /// When the last page is begun for a recipe, and how many variants of a page there is time for.
  [[nodiscard]] RecipeLimits of_recipe(std::size_t pages, int workers) const {
    if (!budget_) return {};
    const double share = *budget_ * (1 - kShareOfResults);
    const double each =
        (share - used()) * workers / static_cast<double>(std::max<std::size_t>(1, pages));
    // Tesseract's pipelines and one OCR result of another engine take three seconds, each further
    // one of it two.
    constexpr double kFirst = 3;
    constexpr double kEach = 2;
    const double variants = std::clamp((each - kFirst) / kEach, 0.0, 3.0);
    return {.end = started_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                  std::chrono::duration<double>(share)),
            .variants = static_cast<std::size_t>(variants)};
  }

 private:
  std::optional<double> budget_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

/// With the engines of the recipes that are looked for. Not part of the defaults, which every
/// command asks for its help.
StudyDefaults with_engines_of_recipes(StudyDefaults usual) {
  const std::string most(kEfforts.back().portfolio);
  usual.engines = load_portfolio(most).engine_names();
  return usual;
}

}  // namespace

TuneResult tune(const TuneOptions& options, const Events& events) {
  check_fields(options);
  require_places(options);
  warn_of_trained_models(options, events);
  StudyRun run(options.study,
               options.single ? options.defaults() : with_engines_of_recipes(options.defaults()),
               events);
  const TimePlan time(options.budget);
  say_what_is_affordable(options, run.plan().workers, events);
  const OpenStudy open = run.open(shape_of(options, run));
  const StudyDefinition& definition = open.storage->definition();
  const std::optional<Trained> trained = models_for_tuning(options, open, run.plan(), events);
  if (events.stopped()) {
    events.say(tr("interrupted; run the same command again to resume"));
    return {.found = std::nullopt, .left_out = run.left_out()};
  }
  say_plan(options, open, events);
  run.search(open, sampler_of(definition),
             {.trials = options.max_trials(), .seconds = time.of_search(!options.single)});
  TuneResult result{.found = std::nullopt, .left_out = run.left_out()};
  if (run.interrupted()) return result;
  const std::vector<Trial> trials = open.storage->trials();
  if (trials.size() <= (options.single ? 1U : 0U)) refuse_without_result(options, time.used());
  std::optional<Verdict> verdict;
  if (!options.single) {
    verdict = find_recipe(
        open,
        {.found = found_pipelines(definition, trials),
         .trained = trained_models_of(options, trained)},
        run.plan(), !options.study.ocr.psm,
        time.of_recipe(definition.pages.size() + definition.held_out.size(), run.plan().workers),
        events);
    if (events.stopped()) return result;
    if (!verdict) refuse_without_result(options, time.used());
  }
  if (!definition.held_out.empty()) run.validate(open, baseline_and_candidate(definition, trials));
  if (!run.interrupted()) run.confirm(open, scores_of(definition, trials));
  if (run.interrupted()) return result;
  result.found = write_results(options, *open.storage, trials, verdict, run.plan(), events);
  if (trained) result.found->trained = std::make_shared<const Trained>(*trained);
  return result;
}

}  // namespace ocrtune::workflow
