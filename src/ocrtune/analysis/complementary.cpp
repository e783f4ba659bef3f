#include "ocrtune/analysis/complementary.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "ocrtune/analysis/recommendation.h"
#include "ocrtune/analysis/trial_scores.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMax = 6;
constexpr double kMinShare = 0.01;

double legible(const TrialScores& trials, std::size_t index, std::size_t page) {
  return trials.find(index, page, Score::net_legible).value_or(0);
}

/// The best net_legible of each page; at least 1, so that empty pages have little weight.
std::vector<double> most_legible(const TrialScores& trials) {
  std::vector<double> most(trials.pages(), 1);
  for (std::size_t index = 0; index < trials.size(); ++index) {
    for (std::size_t page = 0; page < most.size(); ++page)
      most[page] = std::max(most[page], legible(trials, index, page));
  }
  return most;
}

bool reads_alike(const TrialScores& trials, std::size_t a, std::size_t b) {
  for (std::size_t page = 0; page < trials.pages(); ++page) {
    if (legible(trials, a, page) != legible(trials, b, page)) return false;
  }
  return true;
}

/// Chooses complementary trials one by one.
class Cover {
 public:
  /// The baseline alone. `trials` must outlive it.
  explicit Cover(const TrialScores& trials) : trials_(trials), most_(most_legible(trials)) {
    have_.assign(most_.size(), 0);
    for (std::size_t page = 0; page < have_.size(); ++page) have_[page] = legible(trials, 0, page);
  }

  [[nodiscard]] const std::vector<std::size_t>& chosen() const { return chosen_; }

  void take(std::size_t index) {
    chosen_.push_back(index);
    for (std::size_t page = 0; page < have_.size(); ++page)
      have_[page] = std::max(have_[page], legible(trials_, index, page));
  }

  /// What a trial adds to the current values, as a share of the best possible ones, summed over the
  /// pages.
  [[nodiscard]] double added(std::size_t index) const {
    double sum = 0;
    for (std::size_t page = 0; page < have_.size(); ++page)
      sum += std::max(0.0, legible(trials_, index, page) - have_[page]) / most_[page];
    return sum;
  }

  /// Takes the allowed trial that adds most, if it is more than `beyond`; false if there is none.
  template <typename Allowed>
  bool take_best(double beyond, const Allowed& allowed) {
    std::optional<std::size_t> best;
    for (std::size_t index = 0; index < trials_.size(); ++index) {
      if (!allowed(index)) continue;
      const double more = added(index);
      if (more <= beyond) continue;
      best = index;
      beyond = more;
    }
    if (best) take(*best);
    return best.has_value();
  }

 private:
  const TrialScores& trials_;
  std::vector<double> most_;
  std::vector<double> have_;  // of the chosen trials, by page
  std::vector<std::size_t> chosen_{0};
};

/// As complementary() of loaded trials: their indices.
std::vector<std::size_t> complementary(const StudyDefinition& definition,
                                       const TrialScores& trials) {
  if (!trials.has_baseline()) return {};
  for (std::size_t page = 0; page < trials.pages(); ++page) {
    if (!trials.find(0, page, Score::net_legible)) return {};
  }
  Cover cover(trials);
  const std::vector<std::size_t>& chosen = cover.chosen();
  const double least = kMinShare * static_cast<double>(trials.pages());
  const std::vector<std::size_t> alone = candidates(definition, trials);
  if (!alone.empty() && cover.added(alone.front()) > least) cover.take(alone.front());
  while (chosen.size() < kMax && cover.take_best(least, [](std::size_t) { return true; })) continue;
  if (chosen.size() == 1) return chosen;
  // Known-good pipelines may help on other pages, whatever they add on the tuning pages.
  const auto is_other_way = [&](std::size_t index) {
    return trials.numbers()[index] <= definition.search.whole &&
           std::ranges::none_of(chosen,
                                [&](std::size_t one) { return reads_alike(trials, one, index); });
  };
  while (chosen.size() < kMax && cover.take_best(-1, is_other_way)) continue;
  return chosen;
}

}  // namespace

std::vector<const Trial*> complementary(const StudyDefinition& definition,
                                        const std::vector<Trial>& trials) {
  std::vector<const Trial*> found;
  for (const std::size_t index : complementary(definition, scores_of(definition, trials)))
    found.push_back(&trials[index]);
  return found;
}

}  // namespace ocrtune
