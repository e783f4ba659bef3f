// Replays a recorded study with every pruner, as if its points came in another order each time and
// one worker evaluated them: what would have been picked, and how many pages evaluated.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/metrics/statistics.h"
#include "ocrtune/search/samplers/history.h"
#include "ocrtune/search/samplers/page_order.h"
#include "ocrtune/search/samplers/pruner_registry.h"
#include "ocrtune/storage/storage.h"

namespace {

using namespace ocrtune;

struct Options {
  std::string study;
  std::string objective;
  std::size_t points = 128;
  std::size_t replays = 200;
  bool baseline = false;
};

/// Values to be made small: one row a trial, the baseline first, one column for each page that has
/// a value.
using Table = std::vector<std::vector<double>>;

Table values_of(const Storage& study, Score objective) {
  Table table;
  for (const Trial& trial : study.trials()) {
    std::vector<double>& row = table.emplace_back();
    for (const PageResult& page : trial.pages) {
      const std::optional<double> value = page_value(page, objective);
      if (value) row.push_back(is_minimized(objective) ? *value : -*value);
    }
  }
  if (table.size() < 2 || table.front().empty())
    throw Error(Errc::invalid_argument, "the study has no trials or no page with a value");
  return table;
}

/// What one replay or the mean of many gave.
struct Result {
  double pages = 0;         // share of the page evaluations
  double whole = 0;         // trials evaluated on all pages
  double paired = 0;        // the true best isn't better for sure than the picked point
  double own = 0;           // the picked point's mean lies in the interval of the true best's mean
  double best = 0;          // the true best was picked
  double short_by = 0;      // the picked point's mean minus the true best's
  double max_short_by = 0;  // the largest of these
  double max_pages = 0;
};

/// The rows of a replay, shuffled.
std::vector<std::size_t> drawn_rows(const Table& table, const Options& options,
                                    std::uint64_t seed) {
  std::vector<std::size_t> rows(table.size() - 1);
  std::iota(rows.begin(), rows.end(), 1);
  Random random = random_for(seed, 0);
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random.bits() % i]);
  rows.resize(std::min(rows.size(), options.points));
  if (options.baseline) rows.insert(rows.begin(), 0);
  return rows;
}

/// Pages on which a trial is evaluated; the outcome is told.
std::size_t run_trial(Pruner& pruner, PageOrder* order, std::size_t number,
                      const std::vector<PageValue>& values) {
  // The first trial is the baseline's place, which is never stopped.
  std::size_t seen = number == 0 ? values.size() : 1;
  while (seen < values.size() && !pruner.prunes(number, std::span(values).first(seen))) ++seen;
  pruner.tell(number, std::span(values).first(seen), seen < values.size());
  if (order != nullptr) order->tell(std::span(values).first(seen));
  return seen;
}

Result compare(const Table& table, const std::vector<std::size_t>& rows, std::size_t picked,
               std::uint64_t seed) {
  const auto best =
      *std::ranges::min_element(rows, {}, [&](std::size_t row) { return mean_of(table[row]); });
  std::vector<double> differences;
  for (std::size_t page = 0; page < table[best].size(); ++page)
    differences.push_back(table[picked][page] - table[best][page]);
  const double mean = mean_of(table[picked]);
  return {.paired = paired_bootstrap(differences, {}, seed).low <= 0 ? 1.0 : 0.0,
          .own = mean <= paired_bootstrap(table[best], {}, seed).high ? 1.0 : 0.0,
          .best = mean <= mean_of(table[best]) ? 1.0 : 0.0,
          .short_by = mean - mean_of(table[best])};
}

Result replay(const Table& table, const PrunerKind& kind, bool informed, const Options& options,
              std::uint64_t seed) {
  const std::vector<std::size_t> rows = drawn_rows(table, options, seed);
  const std::size_t pages = table.front().size();
  std::vector<std::size_t> ids(pages);
  std::iota(ids.begin(), ids.end(), 0);
  PageOrder order(ids, seed);
  const auto pruner = kind.make({.pages = pages, .seed = seed});
  std::size_t evaluated = 0;
  std::size_t whole = 0;
  std::size_t picked = rows.front();
  for (std::size_t number = 0; number < rows.size(); ++number) {
    const std::vector<double>& row = table[rows[number]];
    std::vector<PageValue> values;
    for (const std::size_t page : order.order()) values.push_back({page, row[page]});
    const std::size_t seen = run_trial(*pruner, informed ? &order : nullptr, number, values);
    evaluated += seen;
    if (seen < pages) continue;
    ++whole;
    if (mean_of(row) < mean_of(table[picked])) picked = rows[number];
  }
  Result result = compare(table, rows, picked, seed);
  result.pages = static_cast<double>(evaluated) / static_cast<double>(pages * rows.size());
  result.whole = static_cast<double>(whole);
  return result;
}

Result replays(const Table& table, const PrunerKind& kind, bool informed, const Options& options) {
  Result sum;
  const auto count = static_cast<double>(options.replays);
  for (std::size_t seed = 1; seed <= options.replays; ++seed) {
    const Result one = replay(table, kind, informed, options, seed);
    sum.pages += one.pages / count;
    sum.whole += one.whole / count;
    sum.paired += one.paired / count;
    sum.own += one.own / count;
    sum.best += one.best / count;
    sum.short_by += one.short_by / count;
    sum.max_short_by = std::max(sum.max_short_by, one.short_by);
    sum.max_pages = std::max(sum.max_pages, one.pages);
  }
  return sum;
}

int run(int argc, char** argv) {
  CLI::App app("Replays a recorded study with every pruner.");
  Options options;
  app.add_option("study", options.study, "Study file")->required();
  app.add_option("--objective", options.objective, "Another than the study's");
  app.add_option("--points", options.points, "Points of each replay, drawn from the study's");
  app.add_option("--replays", options.replays, "Replays of each pruner, each with its own seed");
  app.add_flag("--baseline", options.baseline, "Each replay begins with the study's baseline");
  CLI11_PARSE(app, argc, argv);
  const auto study = view_study(options.study);
  const Score objective =
      options.objective.empty() ? study->definition().objective : score_named(options.objective);
  const Table table = values_of(*study, objective);
  fmt::print("{} of {} points{}, {} pages, {}, {} replays\n\n",
             std::min(options.points, table.size() - 1), table.size() - 1,
             options.baseline ? " and the baseline" : "", table.front().size(),
             score_name(objective), options.replays);
  fmt::print(
      "| pruner | pages in order | page evaluations | most | whole trials | within the "
      "paired interval | within the best's own | the best itself | short by, mean | most |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n");
  for (const PrunerKind& kind : all_pruners()) {
    for (const bool informed : {true, false}) {
      const Result r = replays(table, kind, informed, options);
      fmt::print(
          "| {} | {} | {:.1f} % | {:.1f} % | {:.1f} | {:.1f} % | {:.1f} % | {:.1f} % | "
          "{:.4f} | {:.4f} |\n",
          kind.name, informed ? "informed" : "shuffled", 100 * r.pages, 100 * r.max_pages, r.whole,
          100 * r.paired, 100 * r.own, 100 * r.best, r.short_by, r.max_short_by);
      std::fflush(stdout);
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
