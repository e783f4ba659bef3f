#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "ocrtune/search/samplers/page_model.h"
#include "ocrtune/search/samplers/page_table.h"
#include "ocrtune/search/samplers/pruner_registry.h"

namespace ocrtune {
namespace {

/// A trial is stopped if it is worse by so many deviations: one of twenty such trials could still
/// win. The check is repeated after every page, so there are several chances of a wrong decision,
/// but a trial that would win after that would win by little.
constexpr double kDeviations = 1.645;
/// Minimum number of trials, and of pages, before a trial is stopped.
constexpr std::size_t kMinTrials = 6;
constexpr std::size_t kMinPagesRaced = 2;

class RacingPruner final : public Pruner {
 public:
  explicit RacingPruner(PrunerOptions options) : seed_(options.seed) {}

  bool prunes(std::size_t /*number*/, std::span<const PageValue> first_pages) override {
    if (first_pages.size() < kMinPagesRaced || !model_ || model_->trials() < kMinTrials)
      return false;
    std::vector<PageValue> differences;
    for (const PageValue& value : first_pages) {
      const auto found = best_.find(value.page);
      if (found != best_.end())
        differences.push_back({.page = value.page, .value = value.value - found->second});
    }
    // If pages contradict each other, a trial that is better so far may have a bad prediction; it
    // continues.
    if (mean_value(differences) <= 0) return false;
    const PageModel::Prediction prediction = model_->predict(differences);
    return prediction.mean > kDeviations * prediction.deviation;
  }

  void tell(std::size_t /*number*/, std::span<const PageValue> pages, bool pruned) override {
    if (!pruned && (!model_ || mean_value(pages) < best_mean_)) {
      best_mean_ = mean_value(pages);
      best_.clear();
      for (const PageValue& value : pages) best_.emplace(value.page, value.value);
    }
    if (!model_) {
      if (pruned) return;
      std::vector<std::size_t> all;
      for (const PageValue& value : pages) all.push_back(value.page);
      model_.emplace(std::move(all), seed_);
    }
    model_->tell(pages);
  }

 private:
  std::uint64_t seed_;
  std::optional<PageModel> model_;
  std::map<std::size_t, double> best_;  // values of the best complete trial, by page
  double best_mean_ = 0;
};

}  // namespace

PrunerKind racing_pruner() {
  return {.name = "racing",
          .summary =
              "Racing: stops a trial that is unlikely to beat the best, by its results on the "
              "pages so far.",
          .good_for = "searches for the single best point; the default of `ocrtune tune`",
          .cites = {"maron1997", "birattari2002", "rubin1982"},
          .make = [](PrunerOptions options) -> std::unique_ptr<Pruner> {
            return std::make_unique<RacingPruner>(options);
          }};
}

}  // namespace ocrtune
