#include "ocrtune/analysis/timings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "ocrtune/analysis/timing_advice.h"
#include "ocrtune/audit/times.h"
#include "ocrtune/base/address.h"
#include "ocrtune/base/duration.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/report/csv_export.h"
#include "ocrtune/storage/postgresql_place.h"

namespace ocrtune::cli {
namespace {

struct Timings {
  std::string study = "ocrtune.db";
  std::size_t points = 0;  ///< 0: kUsualPoints
  std::size_t pages = 0;   ///< 0: the study's
  bool by_trial = false;
  std::string csv;
};

/// Usual numbers of points of a screening.
constexpr std::array<std::size_t, 3> kUsualPoints{512, 1024, 2048};

struct Estimate {
  std::size_t points = 0;
  std::size_t pages = 0;
  std::optional<double> seconds;  ///< nothing if the study took no time
};

std::string number_text(std::optional<double> number) {
  if (!number) return "?";
  return fmt::format("{:.{}f}", *number, *number < 10 ? 2 : 0);
}

/// Handles infinity and NaN from a damaged study too.
std::string time_text(double seconds) {
  constexpr double kCentury = 3.15e9;
  return seconds < kCentury ? duration_text(seconds) : tr("more than a hundred years");
}

/// The log of times of the Python design, or a study.
bool is_log(const Timings& options) {
  return !is_postgresql_address(options.study) && options.study.ends_with(".csv");
}

/// What was evaluated.
std::string whole_text(const Timings& options, const TimingSummary& summary) {
  const std::string pages = counted(summary.pages, "page");
  // The log of times has no original pages.
  if (is_log(options)) return tr("{} on {}", counted(summary.trials, "point"), pages);
  return tr("{} and the original on {}",
            counted(summary.trials - std::min<std::size_t>(summary.trials, 1), "trial"), pages);
}

std::string head_text(const Timings& options, const TimingSummary& summary) {
  std::string text =
      tr("{}: {}, {} of evaluation time\n  {} trials/s, {} pages/s, {} workers busy on average\n",
         shown_address(options.study), whole_text(options, summary), time_text(summary.busy_s),
         number_text(summary.trials_per_s()), number_text(summary.pages_per_s()),
         number_text(summary.workers_busy()));
  const std::size_t without = summary.trials - summary.trials_with_steps;
  if (without > 0) {
    text += tr("  {} of {} have no timings of single steps\n", without,
               counted(summary.trials, "trial"));
  }
  return text;
}

std::vector<Estimate> estimates_of(const Timings& options, const TimingSummary& summary) {
  const std::size_t pages = options.pages > 0 ? options.pages : summary.pages;
  std::vector<Estimate> estimates;
  for (const std::size_t points :
       options.points > 0 ? std::vector<std::size_t>{options.points}
                          : std::vector<std::size_t>(kUsualPoints.begin(), kUsualPoints.end()))
    estimates.push_back({points, pages, estimated_seconds(summary, points, pages)});
  return estimates;
}

nlohmann::json estimates_json(const std::vector<Estimate>& estimates) {
  nlohmann::json list = nlohmann::json::array();
  for (const Estimate& estimate : estimates) {
    list.push_back({{"points", estimate.points},
                    {"pages", estimate.pages},
                    {"seconds", or_null(estimate.seconds)}});
  }
  return list;
}

std::string estimate_text(const Estimate& estimate) {
  return fmt::format(
      "{} x {}: {}\n", counted(estimate.points, "point"), counted(estimate.pages, "page"),
      estimate.seconds ? tr("about {} at this rate", time_text(*estimate.seconds)) : tr("unknown"));
}

void refuse_to_overwrite(const Timings& options) {
  if (!options.csv.empty() && is_log(options))
    throw Error(Errc::invalid_argument,
                tr("--csv: {} is a CSV file already", shown_address(options.study)));
  std::error_code ignored;
  if (options.csv.empty() || !std::filesystem::equivalent(options.csv, options.study, ignored))
    return;
  throw Error(Errc::invalid_argument,
              tr("--csv: {} is the study itself; give another file", shown(options.csv)));
}

TimingSummary summary_of_log(const std::string& file) {
  const TimedTrials log = trials_of(read_audit_times(file), shown(file));
  TimingColumns columns;
  for (const Trial& trial : log.trials) columns.add(trial);
  TimingSummary summary = summarize_timings(log.definition, std::move(columns));
  // The parts of the total are all that the log has.
  summary.trials_with_steps = summary.trials;
  return summary;
}

ExitStatus timings(const Timings& options, Context& context) {
  refuse_to_overwrite(options);
  const std::unique_ptr<Storage> storage = is_log(options) ? nullptr : view_study(options.study);
  const TimingSummary summary =
      storage ? summarize_timings(storage->definition(), storage->trials(), StepTable(*storage))
              : summary_of_log(options.study);
  const std::vector<Estimate> estimates = estimates_of(options, summary);
  const auto advice = timing_advice(summary, default_workers(machine_resources()));
  if (!options.csv.empty()) {
    write_atomically(options.csv, *study_csv(*storage, "timings.csv"));
    context.talk.say(tr("written to {}", shown(options.csv)));
  }
  if (context.json) {
    nlohmann::json json = timings_json(summary);
    json["study"] = options.study;
    json["estimates"] = estimates_json(estimates);
    json["advice"] = timing_advice_json(advice);
    if (options.by_trial) json["by_trial"] = trial_times_json(summary);
    context.print(json_text(json));
    return ExitStatus::success;
  }
  std::string text = head_text(options, summary) + timings_text(summary);
  if (options.by_trial) text += trial_times_text(summary);
  text += timing_advice_text(advice);
  for (const Estimate& estimate : estimates) text += estimate_text(estimate);
  context.print(text);
  return ExitStatus::success;
}

}  // namespace

void add_timings(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "timings",
                  tr("Show where a study's time is spent and estimate how long more points take"),
                  "  ocrtune timings\n"
                  "  ocrtune timings scans.db --points 256 --pages 2000\n"
                  "  ocrtune timings scans.db --by-trial\n"
                  "  ocrtune timings scans.db --csv timings.csv\n"
                  "  ocrtune timings timing_log_20251204_214825.csv\n"
                  "  ocrtune timings scans.db --json");
  auto options = std::make_shared<Timings>();
  completed(
      context,
      command->add_option("STUDY", options->study,
                          tr("Study: a SQLite file or postgresql://USER@HOST/DATABASE/STUDY; or "
                             "the log of times of OCR quality audit, a CSV file")),
      workflow::Completion::study)
      ->capture_default_str();
  command
      ->add_option("--points", options->points,
                   tr("Number of points to estimate for [512, 1024 and 2048]"))
      ->check(between(1, 1 << 20));
  command
      ->add_option("--pages", options->pages,
                   tr("Number of pages to estimate for [those of the study]"))
      ->check(between(1, 10'000'000));
  command->add_flag("--by-trial", options->by_trial, tr("Also list the mean times of each trial"));
  completed(context,
            command->add_option("--csv", options->csv,
                                tr("Also write a CSV file with one row per point and page")),
            workflow::Completion::file, {".csv"})
      ->group(tr("Output"));
  command->callback([options, &context] {
    context.command = [options, &context] { return timings(*options, context); };
  });
}

}  // namespace ocrtune::cli
