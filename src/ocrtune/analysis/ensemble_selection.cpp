#include "ocrtune/analysis/ensemble_selection.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace ocrtune {
namespace {

constexpr std::size_t kMaxMembers = 8;
constexpr double kWorthAMember = 0.99;
constexpr double kWorthTuning = 0.95;

double mean_on(const std::vector<double>& values, const std::vector<std::size_t>& pages,
               double of_none) {
  if (pages.empty()) return of_none;
  double sum = 0;
  for (const std::size_t page : pages) sum += values[page];
  return sum / static_cast<double>(pages.size());
}

/// The ensemble with one more member, in the order of the candidates.
Ensemble with_member(const Ensemble& ensemble, const std::vector<EnsembleMember>& candidates,
                     const EnsembleMember& added) {
  Ensemble larger{.members = {}, .stops_early = ensemble.stops_early};
  for (const EnsembleMember& member : candidates) {
    if (member == added || std::ranges::find(ensemble.members, member) != ensemble.members.end())
      larger.members.push_back(member);
  }
  return larger;
}

/// The first of equal ones.
Ensemble with_fewest_wrong(EnsembleTable& table, const std::vector<Ensemble>& all,
                           const std::vector<std::size_t>& pages) {
  table.need(all);
  return *std::ranges::min_element(
      all, {}, [&](const Ensemble& ensemble) { return table.wrong(ensemble, pages); });
}

}  // namespace

void EnsembleTable::need(const std::vector<Ensemble>& ensembles) {
  std::vector<Ensemble> missing;
  for (const Ensemble& ensemble : ensembles) {
    if (!values_.contains(ensemble) && std::ranges::find(missing, ensemble) == missing.end())
      missing.push_back(ensemble);
  }
  if (missing.empty()) return;
  std::vector<EnsembleValues> values = compute_(missing);
  for (std::size_t i = 0; i < missing.size(); ++i)
    values_.emplace(std::move(missing[i]), std::move(values[i]));
}

const EnsembleValues& EnsembleTable::of(const Ensemble& ensemble) {
  need({ensemble});
  return values_.at(ensemble);
}

double EnsembleTable::wrong(const Ensemble& ensemble, const std::vector<std::size_t>& pages) {
  return mean_on(of(ensemble).wrong, pages, 1);
}

double EnsembleTable::seconds(const Ensemble& ensemble, const std::vector<std::size_t>& pages) {
  return mean_on(of(ensemble).seconds, pages, 0);
}

std::vector<Ensemble> greedy_ensembles(EnsembleTable& table,
                                       const std::vector<EnsembleMember>& candidates,
                                       const std::vector<std::size_t>& pages) {
  std::vector<Ensemble> steps;
  Ensemble now;
  while (now.members.size() < std::min(kMaxMembers, candidates.size())) {
    std::vector<Ensemble> next;
    for (const EnsembleMember& member : candidates) {
      if (std::ranges::find(now.members, member) == now.members.end())
        next.push_back(with_member(now, candidates, member));
    }
    Ensemble best = with_fewest_wrong(table, next, pages);
    if (!steps.empty() &&
        table.wrong(best, pages) >= kWorthAMember * table.wrong(steps.back(), pages))
      break;
    steps.push_back(best);
    now = std::move(best);
  }
  return steps;
}

Ensemble best_ensemble(EnsembleTable& table, const std::vector<Ensemble>& all,
                       const Ensemble& untuned, const std::vector<std::size_t>& pages) {
  Ensemble best = with_fewest_wrong(table, all, pages);
  return table.wrong(best, pages) < kWorthTuning * table.wrong(untuned, pages) ? best : untuned;
}

Ensemble cheapest_ensemble(EnsembleTable& table, const std::vector<Ensemble>& all,
                           const Ensemble& other, double factor,
                           const std::vector<std::size_t>& pages) {
  table.need(all);
  const double most = factor * table.wrong(other, pages);
  std::optional<Ensemble> cheapest;
  for (const Ensemble& ensemble : all) {
    if (table.wrong(ensemble, pages) <= most &&
        (!cheapest || table.seconds(ensemble, pages) < table.seconds(*cheapest, pages)))
      cheapest = ensemble;
  }
  return cheapest.value_or(other);
}

}  // namespace ocrtune
