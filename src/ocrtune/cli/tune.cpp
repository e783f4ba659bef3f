#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/cli/duration.h"
#include "ocrtune/cli/first_points.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/in_flight.h"
#include "ocrtune/cli/report_file.h"
#include "ocrtune/cli/study_run.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/report/page_choice.h"
#include "ocrtune/report/summary.h"

namespace ocrtune::cli {
namespace {

struct Tune {
  StudyRun study;
  std::string output = "best.toml";
  std::optional<std::size_t> trials;
  std::optional<std::string> budget;
  std::optional<std::size_t> hold_out;
  std::optional<std::size_t> in_flight;
  std::vector<std::string> first;
  bool single = false;
  std::optional<std::string> report;
  bool no_report = false;
};

/// Some thirty that are known to be worth a look, and ninety for the search; those that can't win
/// end after a few pages.
constexpr std::size_t kTrials = 120;

/// More pages hardly change which settings win.
constexpr std::size_t kMostTuned = 40;

constexpr std::size_t kMostHeldOut = 20;
constexpr std::size_t kLeastToHoldOut = 8;

std::size_t usual_held_out(std::size_t pages) {
  return pages < kLeastToHoldOut ? 0 : std::min(kMostHeldOut, pages / 4);
}

/// Each point once.
void add_new(std::vector<Point>& points, const std::vector<Point>& more) {
  for (const Point& point : more) {
    if (std::ranges::find(points, point) == points.end()) points.push_back(point);
  }
}

/// What is known to help comes first. What has helped elsewhere is evaluated on all pages: where it
/// can't win it may still read some of them best.
void state_first_points(const Tune& options, const Pipeline& searched, SearchSettings& settings) {
  settings.first = first_points(options.first, searched);
  add_new(settings.first, portfolio_points(searched));
  settings.whole = settings.first.size();
  add_new(settings.first, each_stage_alone(searched));
}

StudyShape shape_of(const Tune& options) {
  StudyShape shape;
  shape.search = [&options](const StudyDefinition* existing, const Pipeline& searched,
                            std::size_t pages) {
    options.study.refuse_design(existing);
    SearchSettings settings =
        existing != nullptr
            ? existing->search
            : SearchSettings{.sampler = "polish",
                             .pruner = "racing",
                             .in_flight = usual_in_flight(pages, machine_resources().logical_cores),
                             .steady = true};
    if (options.in_flight) settings.in_flight = *options.in_flight;
    if (existing == nullptr || !options.first.empty())
      state_first_points(options, searched, settings);
    if (existing == nullptr) settings.sampled = pages == kMostTuned;
    options.study.state_constraints(settings);
    return settings;
  };
  shape.held_out = [&options](std::size_t pages) {
    const std::size_t count = options.hold_out.value_or(usual_held_out(pages));
    if (count < pages) return count;
    throw Error(ExitStatus::wrong_use,
                fmt::format("--hold-out {}: no page of {} would be left to tune on", count, pages));
  };
  shape.most_pages = kMostTuned;
  shape.compares_readings = true;
  return shape;
}

void say_plan(const Tune& options, const OpenStudy& open, Context& context) {
  const StudyDefinition& definition = open.storage->definition();
  const std::size_t held_out = definition.held_out.size();
  context.talk.say(
      held_out > 0
          ? fmt::format("tuning on {}, {} held out to show the gain on",
                        counted(definition.pages.size(), "page"), held_out)
          : fmt::format("tuning on {}; too few to hold some out, so the gain will look better than "
                        "it is",
                        counted(definition.pages.size(), "page")));
  context.talk.say(fmt::format(
      "first what has helped elsewhere, each stage alone and evenly spread points, then near what "
      "reads best ({}), {} in flight; {}; at most {}",
      definition.search.sampler, counted(definition.search.in_flight, "point"),
      definition.search.pruner == kNoPruner ? "each on all pages"
                                            : "points that can't win any more end early",
      options.budget ? *options.budget : counted(options.trials.value_or(kTrials), "point")));
}

/// "best.toml" -> "best" and the ending; none beside a pipe or device.
std::optional<std::filesystem::path> file_beside(const Tune& options, const char* ending) {
  const std::filesystem::path output(options.output);
  std::error_code ignored;
  const auto there = std::filesystem::status(output, ignored);
  if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there))
    return std::nullopt;
  return output.parent_path() / (output.stem().string() + ending);
}

/// None where one pipeline is all that is wanted.
std::optional<std::filesystem::path> portfolio_file(const Tune& options) {
  return options.single ? std::nullopt : file_beside(options, ".portfolio.toml");
}

/// None where none is wanted, or where this program can't make one and none was asked for.
std::optional<std::filesystem::path> report_file(const Tune& options) {
  if (options.report) return *options.report;
  if (options.no_report || !can_report()) return std::nullopt;
  return file_beside(options, ".report.html");
}

/// "  written to best.toml and best.portfolio.toml", and where to see it.
std::string written_text(const Tune& options, const std::optional<std::filesystem::path>& portfolio,
                         const std::optional<std::filesystem::path>& report) {
  return fmt::format("  written to {}{}\n{}", shown(options.output),
                     portfolio ? " and " + shown(*portfolio) : "",
                     report ? fmt::format("  to look at in a browser: {}\n", shown(*report)) : "");
}

/// Ctrl-C here spares the report, and what keeps it from being written is complained about: all
/// that was found is there already.
ExitStatus add_report_of(Tune& options, const Storage& study, const std::filesystem::path& file,
                         Context& context) {
  try {
    const WrittenReport written = write_report(study,
                                               {.study = options.study.study,
                                                .output = file.string(),
                                                .pictures = true,
                                                .tessdata = options.study.reading.tessdata,
                                                .plan = options.study.work.plan()},
                                               context);
    if (!written.missing.empty()) context.talk.say("the report's pictures: " + written.missing);
  } catch (const Error& error) {
    context.talk.complain(fmt::format("no report: {}", error.what()));
    return error.status();
  }
  return context.stop ? ExitStatus::interrupted : ExitStatus::done;
}

/// What keeps a report from being written doesn't keep the rest.
ExitStatus write_results(Tune& options, const Storage& study, Context& context) {
  const StudyDefinition& definition = study.definition();
  const std::vector<Trial> trials = study.trials();
  const Summary summary = summarize(study);
  const PageChoice choice =
      options.single ? PageChoice{} : choose_by_page(definition, trials, study.validations());
  const std::optional<std::filesystem::path> portfolio = portfolio_file(options);
  write_atomically(options.output, pipeline_text(best_pipeline(definition, summary)));
  if (portfolio)
    write_atomically(*portfolio, portfolio_text(portfolio_of(definition, trials, choice)));
  std::optional<std::filesystem::path> report = report_file(options);
  const ExitStatus reported =
      report ? add_report_of(options, study, *report, context) : ExitStatus::done;
  if (reported != ExitStatus::done) report.reset();
  if (context.json) {
    nlohmann::json json = summary_json(summary);
    json["pipeline_file"] = options.output;
    if (!options.single) json["best_of_every_page"] = page_choice_json(choice);
    if (portfolio) json["portfolio_file"] = portfolio->string();
    if (report) json["report_file"] = report->string();
    context.print(json_text(json));
  } else {
    context.print(summary_text(summary) + page_choice_text(choice, definition.objective) +
                  written_text(options, portfolio, report));
  }
  const std::string reading =
      (options.study.corpus.lang ? " --lang " + *options.study.corpus.lang : "") +
      options.study.reading.repeated();
  if (portfolio)
    context.talk.say(fmt::format("next: `ocrtune apply CORPUS --portfolio {}{} -o texts/`",
                                 shown(*portfolio), reading));
  if (options.single)
    context.talk.say(fmt::format("next: `ocrtune apply CORPUS --pipeline {}{} -o texts/`",
                                 shown(options.output), reading));
  return reported;
}

/// What the pages held out are read with where one pipeline is all that is wanted.
std::vector<const Trial*> baseline_and_candidate(const StudyDefinition& definition,
                                                 const std::vector<Trial>& trials) {
  const Trial* candidate = chosen_candidate(definition, trials);
  if (candidate == nullptr) return {};
  return {&trials.front(), candidate};
}

ExitStatus tune(Tune& options, Context& context) {
  require_writable_place(options.output);
  if (const auto portfolio = portfolio_file(options)) require_writable_place(*portfolio);
  if (options.report) require_report();
  if (const auto report = report_file(options)) require_writable_place(*report);
  SearchLimits limits{.trials = options.trials};
  if (!limits.trials && !options.budget) limits.trials = kTrials;
  if (options.budget) limits.seconds = parse_duration(*options.budget, "--budget");
  StudyRun& run = options.study;
  const auto started = std::chrono::steady_clock::now();
  const OpenStudy open = run.open(context, shape_of(options));
  // Readings to compare with are part of the work.
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - started;
  if (limits.seconds) limits.seconds = std::max(0.0, *limits.seconds - spent.count());
  const StudyDefinition& definition = open.storage->definition();
  say_plan(options, open, context);
  run.search(context, open, sampler_of(definition), limits);
  if (!run.interrupted && !definition.held_out.empty()) {
    const std::vector<Trial> trials = open.storage->trials();
    run.validate(context, open,
                 options.single ? baseline_and_candidate(definition, trials)
                                : to_be_validated(definition, trials));
  }
  if (!run.interrupted) run.confirm(context, open);
  if (run.interrupted) return ExitStatus::interrupted;
  const ExitStatus written = write_results(options, *open.storage, context);
  return written == ExitStatus::done ? run.corpus.status() : written;
}

}  // namespace

void add_tune(CLI::App& app, Context& context) {
  CLI::App* command = add_command(app, context, "tune",
                                  "Find the settings that read best, prove them, write best.toml",
                                  "  ocrtune tune scans/\n"
                                  "  ocrtune tune scans/ --lang fra --budget 10m -o french.toml\n"
                                  "  ocrtune tune manifest.csv --objective cer --study forms.db\n"
                                  "  ocrtune tune scans/ --enqueue last-year.toml --trials 200");
  auto options = std::make_shared<Tune>();
  options->study.preset = "auto";
  options->study.objective = Objective::checked_clarity;
  options->study.add_to(*command, false);
  command
      ->add_option(
          "-o,--output", options->output,
          "Pipeline file with the best settings; beside it NAME.portfolio.toml for `apply`")
      ->capture_default_str()
      ->group("Study");
  command
      ->add_option(
          "--budget", options->budget,
          "End the search after this time: 90s, 10m, 2h; readings to compare with are made within "
          "it. As many points as fit; those in work at its end are dropped")
      ->group("Search");
  command
      ->add_option("--trials", options->trials,
                   fmt::format("Points in all, earlier ones included [{}]", kTrials))
      ->check(between(1, 1'000'000))
      ->group("Search");
  add_in_flight(*command, options->in_flight, "by pages and cores, from 2 on");
  command
      ->add_option("--hold-out", options->hold_out,
                   "Pages the settings are proved on and not chosen on [a quarter, at most 20]")
      ->check(between(0, 100'000))
      ->group("Search");
  command
      ->add_option("--enqueue", options->first,
                   "Points to begin with: a pipeline or preset, the best of a study, a JSON list")
      ->group("Search");
  options->study.add_constraints(*command);
  auto* report = command
                     ->add_option("--report", options->report,
                                  "The report, an HTML file to look at [NAME.report.html beside "
                                  "the pipeline file]")
                     ->group("Study");
  command->add_flag("--no-report", options->no_report, "Write no report")
      ->excludes(report)
      ->group("Study");
  command
      ->add_flag("--single", options->single,
                 "One pipeline for all pages is wanted: no portfolio is proved and written")
      ->group("Study");
  command->callback([options, &context] {
    context.command = [options, &context] { return tune(*options, context); };
  });
}

}  // namespace ocrtune::cli
