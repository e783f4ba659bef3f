#include "ocrtune/study_run/search_progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "ocrtune/base/duration.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::workflow {

SearchProgress::SearchProgress(const Events& events, const StudyDefinition& definition,
                               const SearchLimits& limits, std::optional<std::size_t> log_every)
    : events_(events),
      definition_(definition),
      objective_(definition.objective),
      pages_(definition.pages.size()),
      limits_(limits),
      log_every_(log_every),
      space_(log_every ? space_of(definition) : Space()) {}

void SearchProgress::add(const Trial& trial, bool earlier) {
  const double value = trial.mean(objective_);
  if (earlier) ++earlier_trials_;
  if (trial.number == 0) {
    has_baseline_ = true;
    baseline_ = best_ = value;
    baseline_pages_ = trial.pages;
    return;
  }
  ++points_;
  const bool is_best = is_better(objective_, value, best_) &&
                       violation(definition_.search.constraints, trial.pages, baseline_pages_) == 0;
  if (is_best) best_ = value;
  if (log_every_ && !earlier && (is_best || trial.number % *log_every_ == 0)) log(trial, value);
}

void SearchProgress::log(const Trial& trial, double value) const {
  const double scale = shown_scale(objective_);
  events_.say(tr("trial {}: {} {:.2f} ({:+.2f}), best {:.2f} ({:+.2f}): {}", trial.number,
                 shown_name(objective_), scale * value, scale * (value - baseline_), scale * best_,
                 scale * (best_ - baseline_), joined(space_.texts_of(trial.point), ", ")));
}

void SearchProgress::add(const PrunedTrial& trial, bool earlier) {
  ++points_;
  ++pruned_;
  if (earlier) {
    ++earlier_trials_;
  } else {
    pages_spared_ += pages_ - trial.pages.size();
  }
}

/// The share of their pages that trials are evaluated on: assumes that pruning continues to save as
/// much.
double SearchProgress::work_share(std::size_t tasks) const {
  const std::size_t done = tasks + pages_spared_;
  return done > 0 ? static_cast<double>(tasks) / static_cast<double>(done) : 1;
}

/// The work ends when its points are done or its time is over.
std::string SearchProgress::left_text(std::size_t tasks, double seconds) const {
  std::optional<double> left;
  if (limits_.trials && tasks > 0 && seconds > 0) {
    const std::size_t all = *limits_.trials + 1;
    const std::size_t pages = (all - std::min(all, earlier_trials_)) * pages_;
    const std::size_t done = std::min(pages, tasks + pages_spared_);
    left = static_cast<double>(pages - done) * work_share(tasks) * seconds /
           static_cast<double>(tasks);
  }
  if (limits_.seconds) {
    const double time = std::max(0.0, *limits_.seconds - seconds);
    left = std::min(left.value_or(time), time);
  }
  return left ? tr("{} left", duration_text(*left)) : tr("starting");
}

void SearchProgress::show(std::size_t tasks) {
  const double seconds = seconds_since(start_);
  const std::string left = left_text(tasks, seconds);
  if (!has_baseline_) {
    events_.progress({tr("baseline: {}/{} pages, {}", std::min(tasks, pages_), pages_, left)});
    return;
  }
  const double rate = seconds > 0 ? static_cast<double>(tasks) / seconds : 0;
  const double scale = shown_scale(objective_);
  const std::string wanted = limits_.trials ? fmt::format("/{}", *limits_.trials) : "";
  const std::string pruned = pruned_ > 0 ? tr(" ({} pruned)", pruned_) : "";
  events_.progress({tr("{}{} points{}, {:.2f} points/s, best {} {:.2f} ({:+.2f}), {}", points_,
                       wanted, pruned, rate / work_share(tasks) / static_cast<double>(pages_),
                       shown_name(objective_), scale * best_, scale * (best_ - baseline_), left),
                    points_, limits_.trials.value_or(0)});
}

std::string wanted_text(const SearchLimits& limits) {
  const std::string time = limits.seconds ? duration_text(*limits.seconds) : "";
  if (!limits.trials) return tr("points for ") + time;
  if (!limits.seconds) return tr("{} points", *limits.trials);
  return tr("at most {} points in {}", *limits.trials, time);
}

std::string work_text(const CacheUse& caches) {
  const auto share = [](std::uint64_t spared, std::uint64_t all) {
    return tr("{} of {} ({:.0f} %)", spared, all,
              all > 0 ? 100.0 * static_cast<double>(spared) / static_cast<double>(all) : 0);
  };
  return tr("reused from caches: {} stages, {} OCR results; peak memory {}",
            share(caches.stages_spared, caches.stages),
            share(caches.ocr_runs_spared, caches.ocr_results), human_size(peak_resident_bytes()));
}

}  // namespace ocrtune::workflow
