// How often the 95 % intervals of a verdict of `tune` hold what they are of, by simulation on a
// table of errors: its pages are taken for all pages there are, those tuned on and those held out
// are drawn from them with replacement. Once for every ensemble and every two of them, and once for
// what is chosen on the pages tuned on.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "coverage.h"
#include "ocrtune/analysis/ensemble_selection.h"
#include "ocrtune/base/random.h"
#include "ocrtune/metrics/statistics.h"

namespace {

using namespace ocrtune;
using bench::Held;

constexpr std::size_t kMinPages = 8;
/// Of a population with fewer intervals, how often they hold says little.
constexpr std::size_t kMinIntervals = 100;

/// By ensemble, then by page, the wrong of 100 characters.
using Population = std::vector<std::vector<double>>;

/// All pages of a file, then those of each source with enough of them.
std::vector<Population> populations_of(const std::string& path, const std::string& key) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("can't read " + path);
  Population all;
  std::map<std::string, Population> sources;
  for (std::string line; std::getline(file, line);) {
    const auto page = nlohmann::json::parse(line);
    const std::string name = page.at("page");
    const std::vector<double> shares = page.at(key);
    for (Population* population : {&all, &sources[name.substr(0, name.find("__"))]}) {
      population->resize(shares.size());
      for (std::size_t i = 0; i < shares.size(); ++i)
        population->at(i).push_back(std::min(100.0, 100 * shares[i]));
    }
  }
  std::vector<Population> populations{all};
  for (const auto& [source, population] : sources) {
    if (population.front().size() >= kMinPages) populations.push_back(population);
  }
  return populations;
}

std::vector<double> differences(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[i] = a[i] - b[i];
  return result;
}

/// Of several populations.
struct Coverage {
  Held all;
  double least = 100;  ///< percent, of a population
  double most = 0;

  void add(const Held& population) {
    all.add(population);
    if (population.count < kMinIntervals) return;
    least = std::min(least, population.percent(population.times));
    most = std::max(most, population.percent(population.times));
  }
};

struct Simulation {
  std::size_t held_out;
  std::size_t repeats;
  Random random{held_out};

  /// The intervals of the mean of a population.
  Held of_mean(const std::vector<double>& values, bool is_share) {
    Held held;
    const double truth = mean_of(values);
    for (std::size_t i = 0; i < repeats; ++i) {
      const auto pages = bench::drawn_pages(values.size(), held_out, random);
      const auto tuned = bench::drawn_pages(values.size(), bench::kTunedTimes * held_out, random);
      held.add(interval_of(values, pages, tuned, i, is_share), truth);
    }
    return held;
  }

  static Interval interval_of(const std::vector<double>& values,
                              const std::vector<std::size_t>& pages,
                              const std::vector<std::size_t>& tuned, std::size_t seed,
                              bool is_share) {
    const Interval interval =
        paired_bootstrap(bench::values_at(values, pages), bench::values_at(values, tuned), seed);
    return is_share ? clipped(interval, 0, 100) : interval;
  }
};

/// How often a gain is claimed.
struct Claims {
  std::size_t chosen = 0;  ///< something else than untuned
  std::size_t claimed = 0;
  std::size_t without = 0;  ///< chosen, but it gains nothing
  std::size_t claimed_without = 0;

  void add(const Interval& gain, double truth) {
    ++chosen;
    claimed += is_above_zero(gain) ? 1 : 0;
    if (truth > 0) return;
    ++without;
    claimed_without += is_above_zero(gain) ? 1 : 0;
  }
};

struct OfChosen {
  Held wrong;
  Held gain;
};

/// The intervals of what is chosen instead of one ensemble.
OfChosen of_chosen(const Population& population, std::size_t untuned, Simulation& simulation,
                   Claims& claims) {
  EnsembleTable table([&](const std::vector<Ensemble>& ensembles) {
    std::vector<EnsembleValues> values;
    for (const Ensemble& ensemble : ensembles)
      values.push_back({.wrong = population[ensemble.members.front().pipeline], .seconds = {}});
    return values;
  });
  std::vector<Ensemble> all;
  for (std::size_t i = 0; i < population.size(); ++i) all.push_back({.members = {{.pipeline = i}}});
  const std::vector<double>& before = population[untuned];
  OfChosen held;
  for (std::size_t i = 0; i < simulation.repeats; ++i) {
    const auto pages = bench::drawn_pages(before.size(), simulation.held_out, simulation.random);
    const auto tuned = bench::drawn_pages(before.size(), bench::kTunedTimes * simulation.held_out,
                                          simulation.random);
    const Ensemble best = best_ensemble(table, all, all[untuned], tuned);
    const std::vector<double>& after = population[best.members.front().pipeline];
    held.wrong.add(Simulation::interval_of(after, pages, tuned, i, true), mean_of(after));
    if (best == all[untuned]) continue;
    const std::vector<double> gains = differences(before, after);
    const Interval gain = Simulation::interval_of(gains, pages, tuned, i, false);
    held.gain.add(gain, mean_of(gains));
    claims.add(gain, mean_of(gains));
  }
  return held;
}

void print(std::size_t held_out, const char* what, const Coverage& coverage) {
  fmt::print("{:8}  {:13}  {:5.1f} %  {:5.1f} %  {:5.1f} to {:5.1f} %  {:5.1f}  {:9}\n", held_out,
             what, coverage.all.percent(coverage.all.times),
             coverage.all.percent(coverage.all.below), coverage.least, coverage.most,
             coverage.all.width / static_cast<double>(coverage.all.count), coverage.all.count);
}

void simulate(const std::vector<Population>& populations, std::size_t held_out,
              std::size_t repeats) {
  Simulation simulation{.held_out = held_out, .repeats = repeats};
  Coverage wrong;
  Coverage gain;
  Coverage chosen_wrong;
  Coverage chosen_gain;
  Claims claims;
  for (const Population& population : populations) {
    for (std::size_t a = 0; a < population.size(); ++a) {
      wrong.add(simulation.of_mean(population[a], true));
      for (std::size_t b = 0; b < a; ++b)
        gain.add(simulation.of_mean(differences(population[a], population[b]), false));
      const OfChosen chosen = of_chosen(population, a, simulation, claims);
      chosen_wrong.add(chosen.wrong);
      chosen_gain.add(chosen.gain);
    }
  }
  print(held_out, "wrong", wrong);
  print(held_out, "gain", gain);
  print(held_out, "chosen, wrong", chosen_wrong);
  print(held_out, "chosen, gain", chosen_gain);
  fmt::print("{:8}  {} chosen, {} of them claimed to gain; {} gain nothing, {} of them claimed\n",
             held_out, claims.chosen, claims.claimed, claims.without, claims.claimed_without);
}

int run(int argc, char** argv) {
  CLI::App app(
      "How often the 95 % intervals of a verdict hold, by simulation on a table of errors");
  std::string table;
  std::string key = "wrong";
  std::size_t repeats = 250;
  std::vector<std::size_t> sizes{2, 3, 5, 8, 13, 20, 40};
  app.add_option("TABLE", table,
                 "A JSON object a line: \"page\", its source before \"__\", and a list with the "
                 "share of wrong characters of each ensemble")
      ->required();
  app.add_option("--key", key, "Name of the list")->capture_default_str();
  app.add_option("--repeats", repeats, "Simulated studies of each population")
      ->capture_default_str();
  app.add_option("--held-out", sizes, "Numbers of validation pages")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const std::vector<Population> populations = populations_of(table, key);
  fmt::print("{} ensembles on {} pages; {} populations of pages, each {} times\n",
             populations.front().size(), populations.front().front().size(), populations.size(),
             repeats);
  fmt::print("held out  interval of     holds   below    a population's    width  intervals\n");
  for (const std::size_t held_out : sizes) {
    simulate(populations, held_out, repeats);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "verdict_coverage: {}\n", error.what());
    return 1;
  }
}
