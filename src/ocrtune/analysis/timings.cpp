#include "ocrtune/analysis/timings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/statistics.h"

namespace ocrtune {
namespace {

using nlohmann::json;

constexpr std::string_view kWait = "wait";

/// Collects the times of one step.
struct Times {
  std::vector<double> done;
  std::size_t cached = 0;
  double sum = 0;

  void add(double ms, bool was_cached) {
    sum += ms;
    if (was_cached) {
      ++cached;
    } else {
      done.push_back(ms);
    }
  }
};

/// Of times in ascending order, at least one.
Spread spread_of(const std::vector<double>& sorted) {
  const double mean = mean_of(sorted);
  double squares = 0;
  for (const double ms : sorted) squares += (ms - mean) * (ms - mean);
  const auto others = static_cast<double>(sorted.size() - 1);
  return {.mean = mean,
          .deviation = others > 0 ? std::sqrt(squares / others) : 0,
          .least = sorted.front(),
          .p25 = quantile(sorted, 0.25),
          .median = quantile(sorted, 0.5),
          .p75 = quantile(sorted, 0.75),
          .p95 = quantile(sorted, 0.95),
          .most = sorted.back()};
}

StepSummary summary_of(const std::string& name, Times times, std::optional<double> whole) {
  StepSummary summary{
      .name = name, .count = times.done.size() + times.cached, .cached = times.cached};
  if (!times.done.empty()) {
    std::ranges::sort(times.done);
    summary.done = spread_of(times.done);
  }
  if (whole) summary.share = *whole > 0 ? times.sum / *whole : 0;
  return summary;
}

/// Seconds covered by the trials, each from the start of its first page to the end of its last.
double covered_seconds(std::vector<std::pair<double, double>> spans) {
  std::ranges::sort(spans);
  double covered = 0;
  double end = spans.front().first;
  for (const auto& [from, to] : spans) {
    if (to <= end) continue;
    covered += to - std::max(from, end);
    end = to;
  }
  return covered / 1e6;
}

void summarize_steps(const StudyDefinition& definition, const std::vector<Trial>& trials,
                     const StepTable& table, TimingSummary& summary) {
  std::vector<Times> times(table.names().size());
  for (const Trial& trial : trials) {
    bool has_steps = false;
    for (std::size_t page = 0; page < trial.pages.size(); ++page) {
      const auto steps = table.of(trial.number, page);
      for (const StepTable::Step& step : steps) times[step.name_id].add(step.ms, step.cached);
      has_steps = has_steps || !steps.empty();
      if (steps.empty()) summary.worker_s += trial.pages[page].timings.total_ms / 1000;
    }
    summary.trials_with_steps += has_steps ? 1U : 0U;
  }
  double whole = 0;
  for (std::size_t id = 0; id < times.size(); ++id)
    whole += table.names()[id] == kWait ? 0 : times[id].sum;
  summary.worker_s += whole / 1000;
  std::vector<std::string> order = all_step_names(definition);
  for (const std::string& name : table.names()) {
    if (std::ranges::find(order, name) == order.end()) order.push_back(name);
  }
  for (const std::string& name : order) {
    const auto known = std::ranges::find(table.names(), name);
    if (known == table.names().end()) continue;
    Times& found = times[static_cast<std::size_t>(known - table.names().begin())];
    if (found.done.empty() && found.cached == 0) continue;
    summary.steps.push_back(
        summary_of(name, std::move(found), name == kWait ? std::nullopt : std::optional(whole)));
  }
}

using Column = std::pair<const char*, double PageTimings::*>;
constexpr Column kColumns[] = {{"total", &PageTimings::total_ms},
                               {"preprocess", &PageTimings::preprocess_ms},
                               {"ocr", &PageTimings::ocr_ms}};

std::vector<PageTime> slowest_pages(const StudyDefinition& definition,
                                    const std::vector<double>& totals, std::size_t trials) {
  std::vector<PageTime> pages;
  for (std::size_t page = 0; page < definition.pages.size(); ++page)
    pages.push_back({definition.pages[page].name, totals[page] / static_cast<double>(trials)});
  std::ranges::stable_sort(pages, std::ranges::greater(), &PageTime::mean_ms);
  constexpr std::size_t kShown = 10;
  if (pages.size() > kShown) pages.resize(kShown);
  return pages;
}

TrialTime time_of(const Trial& trial) {
  TrialTime time{.number = trial.number};
  const auto pages = static_cast<double>(std::max<std::size_t>(trial.pages.size(), 1));
  for (const PageResult& page : trial.pages) {
    time.total_ms += page.timings.total_ms / pages;
    time.preprocess_ms += page.timings.preprocess_ms / pages;
    time.ocr_ms += page.timings.ocr_ms / pages;
  }
  return time;
}

std::string share_text(std::optional<double> part) {
  return part ? localized("{:.1f} %", 100 * *part) : "-";
}

constexpr const char* kRow = "  {:<{}}{:>8}{:>9}{:>10}{:>9}{:>9}{:>11}{:>10}{:>10}{:>9}\n";

std::string timing_row(const StepSummary& step, bool with_cached, std::size_t width) {
  const auto ms = [&](double Spread::*member) {
    return step.done ? localized("{:.1f}", *step.done.*member) : "-";
  };
  const double cached =
      step.count == 0 ? 0 : static_cast<double>(step.cached) / static_cast<double>(step.count);
  return fmt::format(kRow, step.name, width, step.count, with_cached ? share_text(cached) : "-",
                     ms(&Spread::mean), ms(&Spread::deviation), ms(&Spread::least),
                     ms(&Spread::median), ms(&Spread::p95), ms(&Spread::most),
                     share_text(step.share));
}

constexpr std::pair<const char*, double Spread::*> kSpread[] = {
    {"mean_ms", &Spread::mean}, {"sd_ms", &Spread::deviation},  {"min_ms", &Spread::least},
    {"p25_ms", &Spread::p25},   {"median_ms", &Spread::median}, {"p75_ms", &Spread::p75},
    {"p95_ms", &Spread::p95},   {"max_ms", &Spread::most}};

json step_json(const StepSummary& step) {
  json result{{"name", step.name}, {"count", step.count}, {"cached", step.cached}};
  for (const auto& [name, member] : kSpread)
    result[name] = step.done ? json(*step.done.*member) : json(nullptr);
  result["share"] = or_null(step.share);
  return result;
}

std::optional<double> per(double amount, double seconds) {
  return seconds > 0 ? std::optional(amount / seconds) : std::nullopt;
}

}  // namespace

std::optional<double> TimingSummary::trials_per_s() const {
  return per(static_cast<double>(trials), busy_s);
}

std::optional<double> TimingSummary::pages_per_s() const {
  return per(static_cast<double>(trials) * static_cast<double>(pages), busy_s);
}

std::optional<double> TimingSummary::workers_busy() const { return per(worker_s, busy_s); }

void TimingColumns::add(const Trial& trial) {
  // As reals: values of a damaged study may overflow when subtracted.
  spans_.emplace_back(static_cast<double>(trial.started_us),
                      static_cast<double>(trial.finished_us));
  times_.resize(std::size(kColumns));
  totals_.resize(trial.pages.size());
  by_trial_.push_back(time_of(trial));
  for (std::size_t page = 0; page < trial.pages.size(); ++page) {
    const PageTimings& timings = trial.pages[page].timings;
    totals_[page] += timings.total_ms;
    for (std::size_t column = 0; column < std::size(kColumns); ++column)
      times_[column].push_back(timings.*kColumns[column].second);
  }
}

/// Everything except steps.
void add_columns(const StudyDefinition& definition, TimingColumns columns, TimingSummary& summary) {
  summary.trials = columns.spans_.size();
  if (summary.trials == 0) {
    throw Error(
        Errc::study_error,
        tr("the study has no finished trial yet; rerun the command that created it to resume"));
  }
  summary.pages = definition.pages.size();
  summary.slowest = slowest_pages(definition, columns.totals_, summary.trials);
  summary.busy_s = covered_seconds(std::move(columns.spans_));
  summary.by_trial = std::move(columns.by_trial_);
  double whole = 0;
  for (std::size_t column = 0; column < std::size(kColumns); ++column) {
    Times times{.done = std::move(columns.times_[column])};
    times.sum = std::accumulate(times.done.begin(), times.done.end(), 0.0);
    if (column == 0) whole = times.sum;
    summary.columns.push_back(summary_of(kColumns[column].first, std::move(times), whole));
  }
}

TimingSummary summarize_timings(const StudyDefinition& definition, const std::vector<Trial>& trials,
                                const StepTable& steps) {
  TimingColumns columns;
  for (const Trial& trial : trials) columns.add(trial);
  TimingSummary summary;
  add_columns(definition, std::move(columns), summary);
  summarize_steps(definition, trials, steps, summary);
  return summary;
}

TimingSummary summarize_timings(const StudyDefinition& definition, TimingColumns columns) {
  TimingSummary summary;
  if (!columns.times_.empty()) {
    for (const double ms : columns.times_.front()) summary.worker_s += ms / 1000;
  }
  add_columns(definition, std::move(columns), summary);
  summary.steps.assign(summary.columns.begin() + 1, summary.columns.end());
  return summary;
}

std::optional<double> estimated_seconds(const TimingSummary& summary, std::size_t points,
                                        std::size_t pages) {
  const std::optional<double> rate = summary.pages_per_s();
  if (!rate || *rate <= 0) return std::nullopt;
  return static_cast<double>(points) * static_cast<double>(pages) / *rate;
}

std::string timings_text(const TimingSummary& summary) {
  const bool with_steps = !summary.steps.empty();
  std::vector<StepSummary> rows = summary.steps;
  if (with_steps) {
    rows.push_back(summary.columns.front());
    rows.back().share.reset();
  } else {
    // The total below its parts.
    rows.assign(summary.columns.begin() + 1, summary.columns.end());
    rows.push_back(summary.columns.front());
  }
  std::size_t width = 5;
  for (const StepSummary& step : rows) width = std::max(width, step.name.size());
  std::string text =
      fmt::format(kRow, tr("step"), width, tr("times"), tr("cached"), tr("mean ms"), tr("SD ms"),
                  tr("min ms"), tr("median ms"), tr("p95 ms"), tr("max ms"), tr("share"));
  for (const StepSummary& step : rows)
    text += timing_row(step, with_steps && &step != &rows.back(), width);
  text += tr("slowest pages, mean over {}:\n", counted(summary.trials, "trial"));
  for (const PageTime& page : summary.slowest)
    text += localized("  {:>9.1f} ms  {}\n", page.mean_ms, quotable(page.name));
  return text;
}

std::string trial_times_text(const TimingSummary& summary) {
  constexpr const char* kTrialRow = "  {:>9}{:>13}{:>15}{:>13}\n";
  std::string text = tr("mean of the pages, by trial:\n");
  text += fmt::format(kTrialRow, tr("trial"), tr("total ms"), tr("preprocess ms"), tr("OCR ms"));
  for (const TrialTime& trial : summary.by_trial) {
    text +=
        fmt::format(kTrialRow, trial.number, localized("{:.1f}", trial.total_ms),
                    localized("{:.1f}", trial.preprocess_ms), localized("{:.1f}", trial.ocr_ms));
  }
  return text;
}

json trial_times_json(const TimingSummary& summary) {
  json list = json::array();
  for (const TrialTime& trial : summary.by_trial) {
    list.push_back({{"trial", trial.number},
                    {"total_ms", trial.total_ms},
                    {"preprocess_ms", trial.preprocess_ms},
                    {"ocr_ms", trial.ocr_ms}});
  }
  return list;
}

json timings_json(const TimingSummary& summary) {
  json steps = json::array();
  for (const StepSummary& step : summary.steps) steps.push_back(step_json(step));
  json columns = json::array();
  for (const StepSummary& column : summary.columns) columns.push_back(step_json(column));
  json slowest = json::array();
  for (const PageTime& page : summary.slowest)
    slowest.push_back({{"page", page.name}, {"mean_ms", page.mean_ms}});
  return {{"trials", summary.trials},
          {"pages", summary.pages},
          {"trials_with_steps", summary.trials_with_steps},
          {"busy_s", summary.busy_s},
          {"worker_s", summary.worker_s},
          {"trials_per_s", or_null(summary.trials_per_s())},
          {"pages_per_s", or_null(summary.pages_per_s())},
          {"workers_busy", or_null(summary.workers_busy())},
          {"steps", steps},
          {"columns", columns},
          {"slowest_pages", slowest}};
}

}  // namespace ocrtune
