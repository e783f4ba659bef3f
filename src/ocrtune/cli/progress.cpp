#include "ocrtune/cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/cli/duration.h"

namespace ocrtune::cli {

Progress::Progress(Talk& talk, const StudyDefinition& definition, std::size_t wanted)
    : talk_(talk),
      definition_(definition),
      objective_(definition.objective),
      pages_(definition.pages.size()),
      wanted_(wanted) {}

void Progress::add(const Trial& trial, bool earlier) {
  const double value = trial.means().value(objective_);
  if (earlier) ++earlier_trials_;
  if (trial.number == 0) {
    has_baseline_ = true;
    baseline_ = best_ = value;
    baseline_pages_ = trial.pages;
    return;
  }
  ++points_;
  if (!is_better(objective_, value, best_)) return;
  if (violation(definition_.search.constraints, trial.pages, baseline_pages_) == 0) best_ = value;
}

void Progress::add(const PrunedTrial& trial, bool earlier) {
  ++points_;
  ++pruned_;
  if (earlier) {
    ++earlier_trials_;
  } else {
    pages_spared_ += pages_ - trial.pages.size();
  }
}

void Progress::show(std::size_t tasks) {
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const double rate = seconds > 0 ? static_cast<double>(tasks) / seconds : 0;
  const std::size_t all = (wanted_ + 1 - std::min(wanted_ + 1, earlier_trials_)) * pages_;
  // What is spared of the trials done, the others will be spared too.
  const double done = static_cast<double>(tasks + pages_spared_);
  const double share = done > 0 ? static_cast<double>(tasks) / done : 1;
  const double to_do = std::max(0.0, static_cast<double>(all) - done) * share;
  const std::string left = rate > 0 ? duration_text(to_do / rate) + " left" : "starting";
  if (!has_baseline_) {
    talk_.progress(fmt::format("baseline: {}/{} pages, {}", std::min(tasks, pages_), pages_, left));
    return;
  }
  const double scale = shown_scale(objective_);
  const std::string pruned = pruned_ > 0 ? fmt::format(" ({} stopped early)", pruned_) : "";
  talk_.progress(fmt::format("{}/{} points{}, {:.2f} points/s, best {} {:.2f} ({:+.2f}), {}",
                             points_, wanted_, pruned, rate / share / static_cast<double>(pages_),
                             objective_name(objective_), scale * best_, scale * (best_ - baseline_),
                             left));
}

std::string work_text(const CacheUse& caches) {
  const auto share = [](std::uint64_t spared, std::uint64_t all) {
    return fmt::format(
        "{} of {} ({:.0f} %)", spared, all,
        all > 0 ? 100.0 * static_cast<double>(spared) / static_cast<double>(all) : 0);
  };
  return fmt::format("spared by caches: {} stages, {} readings; peak memory {}",
                     share(caches.stages_spared, caches.stages),
                     share(caches.readings_spared, caches.readings),
                     bytes_text(peak_resident_bytes()));
}

}  // namespace ocrtune::cli
