#include <algorithm>
#include <vector>

#include "ocrtune/search/samplers/history.h"
#include "ocrtune/search/samplers/page_table.h"
#include "ocrtune/search/samplers/pruner_registry.h"

namespace ocrtune {
namespace {

constexpr std::size_t kReduction = 3;  // one of so many trials continues at each rung
constexpr std::size_t kMinFirstPages = 2;

/// Asynchronous successive halving: at 1, 3, 9, ... times the minimum number of pages, a trial must
/// be among the best third of the trials that reached this rung.
class Halving {
 public:
  Halving(std::size_t min_pages, std::size_t all_pages) {
    for (std::size_t rung = min_pages; rung < all_pages; rung *= kReduction) rungs_.push_back(rung);
  }

  [[nodiscard]] bool prunes(std::span<const PageValue> first_pages) const {
    if (!std::ranges::binary_search(rungs_, first_pages.size())) return false;
    const double mean = mean_value(first_pages);
    const std::vector<double> others = trials_.means_on(first_pages);
    const auto better = static_cast<std::size_t>(
        std::ranges::count_if(others, [&](double other) { return other < mean; }));
    // The first trial at a rung continues.
    return better >= std::max<std::size_t>(1, (others.size() + 1) / kReduction);
  }

  void tell(std::span<const PageValue> pages) { trials_.tell(pages); }

 private:
  std::vector<std::size_t> rungs_;  // ascending
  PageTable trials_;
};

class HalvingPruner final : public Pruner {
 public:
  explicit HalvingPruner(PrunerOptions options) : halving_(kMinFirstPages, options.pages) {}

  bool prunes(std::size_t /*number*/, std::span<const PageValue> first_pages) override {
    return halving_.prunes(first_pages);
  }

  void tell(std::size_t /*number*/, std::span<const PageValue> pages, bool /*pruned*/) override {
    halving_.tell(pages);
  }

 private:
  Halving halving_;
};

/// Several halvings in parallel, each with more pages in its first rung and with fewer trials than
/// the one before.
class HyperbandPruner final : public Pruner {
 public:
  explicit HyperbandPruner(PrunerOptions options) : seed_(options.seed) {
    std::size_t trials = 1;
    for (std::size_t least = kMinFirstPages; least < options.pages; least *= kReduction) {
      brackets_.emplace_back(least, options.pages);
      trials *= kReduction;
    }
    if (brackets_.empty()) brackets_.emplace_back(kMinFirstPages, options.pages);
    // Brackets of equal work: the more trials a bracket stops early, the more it may start.
    const std::size_t count = brackets_.size();
    for (std::size_t i = 0; i < count; ++i) {
      trials /= kReduction;
      shares_.push_back((count + 1) * std::max<std::size_t>(trials, 1) / (count - i));
      all_shares_ += shares_.back();
    }
  }

  bool prunes(std::size_t number, std::span<const PageValue> first_pages) override {
    return bracket_of(number).prunes(first_pages);
  }

  void tell(std::size_t number, std::span<const PageValue> pages, bool /*pruned*/) override {
    bracket_of(number).tell(pages);
  }

 private:
  Halving& bracket_of(std::size_t number) {
    std::size_t place = random_for(seed_, number).bits() % all_shares_;
    std::size_t bracket = 0;
    while (place >= shares_[bracket]) place -= shares_[bracket++];
    return brackets_[bracket];
  }

  std::uint64_t seed_;
  std::vector<Halving> brackets_;
  std::vector<std::size_t> shares_;
  std::size_t all_shares_ = 0;
};

}  // namespace

PrunerKind halving_pruner() {
  return {.name = "halving",
          .summary =
              "Asynchronous successive halving: continues the best third at 2, 6, 18, ... pages.",
          .good_for = "many trials on many pages in a short time",
          .cites = {"li2020"},
          .make = [](PrunerOptions options) -> std::unique_ptr<Pruner> {
            return std::make_unique<HalvingPruner>(options);
          }};
}

PrunerKind hyperband_pruner() {
  return {.name = "hyperband",
          .summary =
              "Hyperband: several brackets of successive halving, some of which stop trials later.",
          .good_for = "as halving, if the first pages may be misleading",
          .cites = {"li2018"},
          .make = [](PrunerOptions options) -> std::unique_ptr<Pruner> {
            return std::make_unique<HyperbandPruner>(options);
          }};
}

}  // namespace ocrtune
