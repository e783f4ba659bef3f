#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace ocrtune {

/// A pipeline in an ensemble.
struct EnsembleMember {
  std::size_t pipeline = 0;              ///< index in the portfolio that recorded OCR results
  std::set<std::string> languages = {};  ///< only of pages in one of these; empty: of all

  bool operator==(const EnsembleMember&) const = default;
  /// Some order.
  bool operator<(const EnsembleMember& other) const {
    return std::tie(pipeline, languages) < std::tie(other.pipeline, other.languages);
  }
};

/// Pipelines whose OCR results of a page are combined.
struct Ensemble {
  std::vector<EnsembleMember> members;  ///< in the order in which they are tried
  bool stops_early = false;             ///< no further one is tried once a result is good enough

  bool operator==(const Ensemble&) const = default;
  /// Some order.
  bool operator<(const Ensemble& other) const {
    return std::tie(members, stops_early) < std::tie(other.members, other.stops_early);
  }
};

/// What an ensemble gives for each page.
struct EnsembleValues {
  std::vector<double> wrong;    ///< share of the characters that is expected to be wrong
  std::vector<double> seconds;  ///< running time

  bool operator==(const EnsembleValues&) const = default;
};

/// Values of ensembles, each computed once. Not thread-safe.
class EnsembleTable {
 public:
  /// Computes the values of ensembles, in their order, on the same pages.
  using Compute = std::function<std::vector<EnsembleValues>(const std::vector<Ensemble>&)>;

  explicit EnsembleTable(Compute compute) : compute_(std::move(compute)) {}

  /// Computes what is missing.
  void need(const std::vector<Ensemble>& ensembles);
  /// The values of an ensemble. The reference stays valid.
  const EnsembleValues& of(const Ensemble& ensemble);
  /// Mean of its `wrong` on these pages; 1 for none.
  double wrong(const Ensemble& ensemble, const std::vector<std::size_t>& pages);
  /// Mean of its seconds on these pages.
  double seconds(const Ensemble& ensemble, const std::vector<std::size_t>& pages);

 private:
  Compute compute_;
  std::map<Ensemble, EnsembleValues> values_;
};

/// Greedy forward selection of ensembles (Caruana, Niculescu-Mizil, Crew & Ksikes 2004): the best
/// single pipeline, then in each step the one that, combined with those before, leaves the fewest
/// wrong characters on these pages; it ends with a step that takes away less than a hundredth of
/// them, or after eight. Gives the ensemble of each step, members in the order of `candidates`.
std::vector<Ensemble> greedy_ensembles(EnsembleTable& table,
                                       const std::vector<EnsembleMember>& candidates,
                                       const std::vector<std::size_t>& pages);

/// The ensemble of `all` that is recommended for these pages: the one with the fewest wrong
/// characters if it leaves less than 0.95 of those that `untuned`, one of them, leaves; else
/// `untuned`: with few pages, small differences are chance.
Ensemble best_ensemble(EnsembleTable& table, const std::vector<Ensemble>& all,
                       const Ensemble& untuned, const std::vector<std::size_t>& pages);

/// The cheapest of `all` that leaves at most `factor` times the wrong characters of `other`.
Ensemble cheapest_ensemble(EnsembleTable& table, const std::vector<Ensemble>& all,
                           const Ensemble& other, double factor,
                           const std::vector<std::size_t>& pages);

}  // namespace ocrtune
