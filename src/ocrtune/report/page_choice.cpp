#include "ocrtune/report/page_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <numeric>
#include <span>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/report/json_parts.h"
#include "ocrtune/report/recommendation.h"
#include "ocrtune/report/results_json.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMost = 6;
constexpr double kLeastShare = 0.01;
constexpr std::size_t kLeastPages = 8;  // minimum for choosing the number of trials by
                                        // cross-validation
constexpr std::size_t kFolds = 5;

double legible(const PageScores& scores) { return scores.find(Score::net_legible).value_or(0); }

/// The best net_legible of each page; at least 1, so that empty pages have little weight.
std::vector<double> most_legible(const std::vector<Trial>& trials) {
  std::vector<double> most(trials.front().pages.size(), 1);
  for (const Trial& trial : trials) {
    for (std::size_t page = 0; page < most.size(); ++page)
      most[page] = std::max(most[page], legible(trial.pages[page].scores));
  }
  return most;
}

/// What `trial` adds to the current values, as a share of the best possible ones, summed over the
/// pages.
double added(const Trial& trial, const std::vector<double>& have, const std::vector<double>& most) {
  double sum = 0;
  for (std::size_t page = 0; page < have.size(); ++page)
    sum += std::max(0.0, legible(trial.pages[page].scores) - have[page]) / most[page];
  return sum;
}

/// The OCR result of a page that `apply` keeps, and the number of results that it computes.
struct Kept {
  std::size_t place = 0;  ///< index of the OCR result
  std::size_t readings = 0;
};

using Readings = std::span<const std::vector<PageScores>* const>;

/// `scores_at(place)` returns the page's scores in the OCR result with that index, out of `count`.
template <typename ScoresAt>
Kept kept_of(std::size_t count, ScoresAt scores_at) {
  Kept kept;
  while (kept.readings < count) {
    const PageScores& scores = scores_at(kept.readings);
    if (legible(scores) > legible(scores_at(kept.place))) kept.place = kept.readings;
    ++kept.readings;
    const PageScores& best = scores_at(kept.place);
    if (is_enough(best.value(Score::char_confidence), best.value(Score::legible),
                  kEnoughConfidence))
      break;
  }
  return kept;
}

std::optional<double> gain_of(const PageScores& baseline, const PageScores& kept, Score objective) {
  const auto result = [](const PageScores& scores) {
    return PageResult{.scores = scores, .timings = {}, .failure = {}};
  };
  return page_gain(result(baseline), result(kept), objective);
}

/// Gains on the pages that have a value if `apply` chooses among `readings`, the baseline's first.
struct ChoiceGains {
  std::vector<double> gains;
  double readings = 0;  ///< mean per page
};

ChoiceGains gains_of(Readings readings, Score objective) {
  const std::vector<PageScores>& baseline = *readings.front();
  ChoiceGains result;
  std::size_t made = 0;
  for (std::size_t page = 0; page < baseline.size(); ++page) {
    const auto scores_at = [&](std::size_t place) -> const PageScores& {
      return (*readings[place])[page];
    };
    const Kept kept = kept_of(readings.size(), scores_at);
    made += kept.readings;
    const auto gain = gain_of(baseline[page], scores_at(kept.place), objective);
    if (gain) result.gains.push_back(*gain);
  }
  result.readings = static_cast<double>(made) / static_cast<double>(baseline.size());
  return result;
}

bool reads_alike(const Trial& a, const Trial& b) {
  const auto of_page = [](const PageResult& page) { return legible(page.scores); };
  return std::ranges::equal(a.pages, b.pages, {}, of_page, of_page);
}

std::vector<Trial> without_fold(const std::vector<Trial>& trials, std::size_t fold) {
  std::vector<Trial> result;
  result.reserve(trials.size());
  for (const Trial& trial : trials) {
    Trial part;
    part.number = trial.number;
    for (std::size_t page = 0; page < trial.pages.size(); ++page) {
      if (page % kFolds != fold)
        part.pages.push_back({.scores = trial.pages[page].scores, .timings = {}, .failure = {}});
    }
    result.push_back(std::move(part));
  }
  return result;
}

std::vector<PageScores> scores_on_fold(const Trial& trial, std::size_t fold) {
  std::vector<PageScores> scores;
  for (std::size_t page = fold; page < trial.pages.size(); page += kFolds)
    scores.push_back(trial.pages[page].scores);
  return scores;
}

/// The gains on the pages of a fold with the first one, two, … of the trials that complement the
/// baseline on the other folds, as sums over the pages.
std::vector<double> gains_on_fold(const StudyDefinition& definition,
                                  const std::vector<Trial>& trials, std::size_t fold) {
  const std::vector<Trial> others = without_fold(trials, fold);
  std::vector<std::vector<PageScores>> scores;
  for (const Trial* chosen : complementary(definition, others)) {
    const Trial& whole = *std::ranges::find(trials, chosen->number, &Trial::number);
    scores.push_back(scores_on_fold(whole, fold));
  }
  std::vector<const std::vector<PageScores>*> readings;
  std::vector<double> sums;
  for (const auto& one : scores) {
    readings.push_back(&one);
    const std::vector<double> gains = gains_of(readings, definition.objective).gains;
    sums.push_back(std::accumulate(gains.begin(), gains.end(), 0.0));
  }
  return sums;
}

/// The gains with a choice among the trials' OCR results, on the pages that the trials were chosen
/// on.
std::vector<double> tuned_gains(const StudyDefinition& definition,
                                const std::vector<const Trial*>& chosen) {
  std::vector<std::vector<PageScores>> scores;
  scores.reserve(chosen.size());
  std::vector<const std::vector<PageScores>*> readings;
  readings.reserve(chosen.size());
  for (const Trial* trial : chosen) readings.push_back(&scores.emplace_back(scores_of(*trial)));
  return gains_of(readings, definition.objective).gains;
}

/// The number of complementary trials with the largest cross-validated gain.
std::size_t cross_validated_length(const StudyDefinition& definition,
                                   const std::vector<Trial>& trials) {
  if (trials.front().pages.size() < kLeastPages) return kMost;
  std::array<double, kMost> sums{};
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    const std::vector<double> gains = gains_on_fold(definition, trials, fold);
    if (gains.empty()) continue;
    for (std::size_t count = 0; count < kMost; ++count)
      sums[count] += gains[std::min(count, gains.size() - 1)];
  }
  return static_cast<std::size_t>(std::ranges::max_element(sums) - sums.begin()) + 1;
}

}  // namespace

std::vector<const Trial*> complementary(const StudyDefinition& definition,
                                        const std::vector<Trial>& trials) {
  if (trials.empty() || trials.front().number != 0) return {};
  const Trial& baseline = trials.front();
  const auto lacks = [](const PageResult& page) { return !page.scores.find(Score::net_legible); };
  if (std::ranges::any_of(baseline.pages, lacks)) return {};
  const std::vector<double> most = most_legible(trials);
  std::vector<double> have;
  for (const PageResult& page : baseline.pages) have.push_back(legible(page.scores));
  std::vector<const Trial*> chosen{&baseline};
  const double least = kLeastShare * static_cast<double>(most.size());
  const auto take = [&](const Trial& trial) {
    chosen.push_back(&trial);
    for (std::size_t page = 0; page < have.size(); ++page)
      have[page] = std::max(have[page], legible(trial.pages[page].scores));
  };
  const std::vector<const Trial*> alone = candidates(definition, trials);
  if (!alone.empty() && added(*alone.front(), have, most) > least) take(*alone.front());
  const auto take_best = [&](double beyond, const auto& allowed) {
    const Trial* best = nullptr;
    for (const Trial& trial : trials) {
      if (!allowed(trial)) continue;
      const double more = added(trial, have, most);
      if (more <= beyond) continue;
      best = &trial;
      beyond = more;
    }
    if (best != nullptr) take(*best);
    return best != nullptr;
  };
  while (chosen.size() < kMost && take_best(least, [](const Trial&) { return true; })) continue;
  if (chosen.size() == 1) return chosen;
  // Known-good pipelines may help on other pages, whatever they add on the tuning pages.
  const auto is_other_way = [&](const Trial& trial) {
    return trial.number <= definition.search.whole &&
           std::ranges::none_of(chosen, [&](const Trial* one) { return reads_alike(*one, trial); });
  };
  while (chosen.size() < kMost && take_best(-1, is_other_way)) continue;
  return chosen;
}

std::vector<const Trial*> portfolio_trials(const StudyDefinition& definition,
                                           const std::vector<Trial>& trials) {
  std::vector<const Trial*> chosen = complementary(definition, trials);
  if (chosen.size() > 1)
    chosen.resize(std::min(chosen.size(), cross_validated_length(definition, trials)));
  return chosen;
}

std::vector<const Trial*> to_be_validated(const StudyDefinition& definition,
                                          const std::vector<Trial>& trials) {
  std::vector<const Trial*> chosen = portfolio_trials(definition, trials);
  const Trial* candidate = chosen_candidate(definition, trials);
  if (candidate != nullptr && std::ranges::find(chosen, candidate) == chosen.end()) {
    if (chosen.empty()) chosen.push_back(&trials.front());
    chosen.insert(chosen.begin() + 1, candidate);
  }
  if (chosen.size() == 1) chosen.clear();  // there is nothing to compare the baseline with
  return chosen;
}

PageChoice choose_by_page(const StudyDefinition& definition, const std::vector<Trial>& trials,
                          const Confirmations& validations) {
  PageChoice choice;
  std::vector<const std::vector<PageScores>*> readings;
  const std::vector<const Trial*> chosen = portfolio_trials(definition, trials);
  for (const Trial* trial : chosen) {
    choice.numbers.push_back(trial->number);
    const auto found = validations.find(trial->number);
    if (found != validations.end()) readings.push_back(&found->second);
  }
  if (choice.numbers.size() < 2 || readings.size() < choice.numbers.size()) return choice;
  if (readings.front()->empty()) return choice;
  const ChoiceGains found = gains_of(readings, definition.objective);
  choice.readings = found.readings;
  choice.pages = found.gains.size();
  choice.gain = paired_bootstrap(found.gains, tuned_gains(definition, chosen), definition.seed);
  if (choice.gain->mean > 0 || found.gains.empty()) return choice;
  choice.refused = std::move(choice.numbers);
  choice.numbers = {0};
  return choice;
}

std::size_t kept_place(const std::vector<const PageScores*>& readings) {
  return kept_of(readings.size(),
                 [&](std::size_t place) -> const PageScores& { return *readings[place]; })
      .place;
}

Portfolio portfolio_of(const StudyDefinition& definition, const std::vector<Trial>& trials,
                       const PageChoice& choice) {
  const Pipeline searched = pipeline_of(definition);
  Portfolio portfolio{.name = "tuned",
                      .description = "Chooses the best of these pipelines for each page.",
                      .pipelines = {raw_pipeline()}};
  for (const std::size_t number : choice.numbers) {
    if (number == 0) continue;
    const Pipeline fixed = searched.at(std::ranges::find(trials, number, &Trial::number)->point);
    portfolio.pipelines.emplace_back(fmt::format("point-{}", number), "", fixed.stages(),
                                     fixed.slots(), fixed.ocr());
  }
  return portfolio;
}

std::string page_choice_text(const PageChoice& choice, Score objective) {
  const bool refused = !choice.refused.empty();
  const std::vector<std::size_t>& numbers = refused ? choice.refused : choice.numbers;
  if (numbers.size() < 2) return "";
  std::vector<std::string> names;
  names.reserve(numbers.size());
  for (const std::size_t number : numbers)
    names.push_back(number == 0 ? tr("the original") : fmt::format("#{}", number));
  std::string text = tr("  per-page selection from {}", joined(names, ", "));
  if (refused) text += tr(" is not better");
  if (!choice.gain) return text + "\n";
  const double scale = shown_scale(objective);
  text += tr(": {:+.2f} {}", scale * choice.gain->mean, translated(unit_of(objective)));
  const std::string pages = tr("on {} reserved for validation, {:.1f} pipelines tried per page",
                               counted(choice.pages, "page"), choice.readings);
  return text + (choice.pages < 2 ? fmt::format(" ({})\n", pages)
                                  : tr(" (95 % interval {:+.2f} to {:+.2f}, {})\n",
                                       scale * choice.gain->low, scale * choice.gain->high, pages));
}

nlohmann::json page_choice_json(const PageChoice& choice) {
  nlohmann::json result{
      {"points", choice.numbers}, {"refused", choice.refused}, {"pages", choice.pages}};
  if (choice.gain) {
    result["gain"] = interval_json(*choice.gain);
    result["pipelines_per_page"] = choice.readings;
  }
  return result;
}

}  // namespace ocrtune
