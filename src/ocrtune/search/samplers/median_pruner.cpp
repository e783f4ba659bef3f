#include <algorithm>

#include "ocrtune/metrics/statistics.h"
#include "ocrtune/search/samplers/page_table.h"
#include "ocrtune/search/samplers/pruner_registry.h"

namespace ocrtune {
namespace {

/// Minimum number of trials, and of pages, before a trial is stopped.
constexpr std::size_t kMinTrials = 5;
constexpr std::size_t kMinPages = 2;

class MedianPruner final : public Pruner {
 public:
  bool prunes(std::size_t /*number*/, std::span<const PageValue> first_pages) override {
    if (first_pages.size() < kMinPages) return false;
    std::vector<double> others = trials_.means_on(first_pages);
    if (others.size() < kMinTrials) return false;
    std::ranges::sort(others);
    return mean_value(first_pages) > quantile(others, 0.5);
  }

  void tell(std::size_t /*number*/, std::span<const PageValue> pages, bool /*pruned*/) override {
    trials_.tell(pages);
  }

 private:
  PageTable trials_;
};

}  // namespace

PrunerKind median_pruner() {
  return {.name = "median",
          .summary =
              "Stops a trial that is worse than the median of earlier trials on the pages "
              "evaluated so far.",
          .good_for = "corpora whose pages agree on which points are good; a well-known rule",
          .cites = {"golovin2017"},
          .make = [](PrunerOptions /*options*/) -> std::unique_ptr<Pruner> {
            return std::make_unique<MedianPruner>();
          }};
}

}  // namespace ocrtune
