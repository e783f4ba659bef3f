// How often the 95 % interval of a gain holds the gain, by simulation on recorded studies: the
// pages of a study are taken for all pages there are, those tuned on and those held out are drawn
// from them with replacement.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coverage.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/random.h"
#include "ocrtune/metrics/statistics.h"
#include "ocrtune/storage/storage.h"

namespace {

using namespace ocrtune;
using bench::Held;

constexpr std::size_t kMinPages = 20;

/// The gains of a trial over the baseline, one a page; none where some page has no value.
std::vector<double> gains_of(const Trial& baseline, const Trial& trial, Score objective) {
  std::vector<double> gains;
  for (std::size_t page = 0; page < trial.pages.size(); ++page) {
    const auto gain = page_gain(baseline.pages[page], trial.pages[page], objective);
    if (!gain) return {};
    gains.push_back(*gain);
  }
  return gains;
}

/// By each objective, the trials that gain on the mean.
std::vector<std::vector<double>> populations_of(const std::vector<Trial>& trials) {
  std::vector<std::vector<double>> populations;
  for (const Score objective : {Score::confidence, Score::net_legible, Score::quality,
                                Score::reference_quality, Score::cer}) {
    for (const Trial& trial : trials) {
      std::vector<double> gains = gains_of(trials.front(), trial, objective);
      if (gains.size() >= kMinPages && mean_of(gains) > 0) populations.push_back(std::move(gains));
    }
  }
  return populations;
}

std::vector<double> drawn(const std::vector<double>& population, std::size_t count,
                          Random& random) {
  return bench::values_at(population, bench::drawn_pages(population.size(), count, random));
}

/// The middle 95 % of the means of resampled pages (Efron & Tibshirani 1993), to compare with.
Interval percentile_interval(const std::vector<double>& gains, Random& random) {
  constexpr std::size_t kResamples = 2000;
  std::vector<double> means(kResamples);
  for (double& mean : means) mean = mean_of(drawn(gains, gains.size(), random));
  std::ranges::sort(means);
  return {.mean = mean_of(gains), .low = quantile(means, 0.025), .high = quantile(means, 0.975)};
}

void simulate(const std::vector<std::vector<double>>& populations, std::size_t held_out,
              std::size_t repeats) {
  Random random(held_out);
  Held percentile;
  Held alone;
  Held stated;
  for (const std::vector<double>& population : populations) {
    const double gain = mean_of(population);
    for (std::size_t i = 0; i < repeats; ++i) {
      const std::vector<double> pages = drawn(population, held_out, random);
      const std::vector<double> tuned = drawn(population, bench::kTunedTimes * held_out, random);
      percentile.add(percentile_interval(pages, random), gain);
      alone.add(paired_bootstrap(pages, {}, i), gain);
      stated.add(paired_bootstrap(pages, tuned, i), gain);
    }
  }
  fmt::print("{:8}  {:10.1f} %  {:9.1f} %  {:8.1f} %  {:13.1f} %  {:14.2f}\n", held_out,
             percentile.percent(percentile.times), alone.percent(alone.times),
             stated.percent(stated.times), stated.percent(stated.below),
             stated.width / percentile.width);
}

int run(int argc, char** argv) {
  CLI::App app("How often the 95 % interval of a gain holds the gain, by simulation on studies");
  std::vector<std::string> studies;
  std::size_t repeats = 50;
  app.add_option("STUDY", studies, "Of twenty pages or more")->required();
  app.add_option("--repeats", repeats, "Simulated studies of each trial that gains, by each score")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  std::vector<std::vector<double>> populations;
  for (const std::string& study : studies) {
    const std::vector<std::vector<double>> found = populations_of(view_study(study)->trials());
    populations.insert(populations.end(), found.begin(), found.end());
  }
  fmt::print("{} trials that gain, each {} times\n", populations.size(), repeats);
  fmt::print(
      "held out  percentile  without tuned    stated  gain is below  width to percentile's\n");
  for (const std::size_t held_out : {3U, 5U, 8U, 12U, 18U, 26U})
    simulate(populations, held_out, repeats);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "interval_coverage: {}\n", error.what());
    return 1;
  }
}
