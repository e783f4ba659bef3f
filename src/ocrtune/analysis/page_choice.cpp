#include "ocrtune/analysis/page_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <numeric>
#include <span>
#include <utility>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/analysis/recommendation.h"
#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMax = 6;
constexpr double kMinShare = 0.01;
constexpr std::size_t kMinPages = 8;  // minimum for choosing the number of trials by
                                      // cross-validation
constexpr std::size_t kFolds = 5;

double legible(const PageScores& scores) { return scores.find(Score::net_legible).value_or(0); }

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

/// The OCR result of a page that `apply` keeps, and the number of results that it computes.
struct Kept {
  std::size_t place = 0;  ///< index of the OCR result
  std::size_t ocr_results = 0;
};

using OcrResults = std::span<const std::vector<PageScores>* const>;

/// `scores_at(place)` returns the page's scores in the OCR result with that index, out of `count`.
template <typename ScoresAt>
Kept kept_of(std::size_t count, ScoresAt scores_at) {
  Kept kept;
  while (kept.ocr_results < count) {
    const PageScores& scores = scores_at(kept.ocr_results);
    if (legible(scores) > legible(scores_at(kept.place))) kept.place = kept.ocr_results;
    ++kept.ocr_results;
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

/// Gains on the pages that have a value if `apply` chooses among `ocr_results`, the baseline's
/// first.
struct ChoiceGains {
  std::vector<double> gains;
  double ocr_results = 0;  ///< mean per page
};

ChoiceGains gains_of(OcrResults ocr_results, Score objective) {
  const std::vector<PageScores>& baseline = *ocr_results.front();
  ChoiceGains result;
  std::size_t made = 0;
  for (std::size_t page = 0; page < baseline.size(); ++page) {
    const auto scores_at = [&](std::size_t place) -> const PageScores& {
      return (*ocr_results[place])[page];
    };
    const Kept kept = kept_of(ocr_results.size(), scores_at);
    made += kept.ocr_results;
    const auto gain = gain_of(baseline[page], scores_at(kept.place), objective);
    if (gain) result.gains.push_back(*gain);
  }
  result.ocr_results = static_cast<double>(made) / static_cast<double>(baseline.size());
  return result;
}

bool reads_alike(const TrialScores& trials, std::size_t a, std::size_t b) {
  for (std::size_t page = 0; page < trials.pages(); ++page) {
    if (legible(trials, a, page) != legible(trials, b, page)) return false;
  }
  return true;
}

/// The scores of a trial on all pages, or on those of a fold.
std::vector<PageScores> page_scores(const TrialScores& trials, std::size_t index) {
  return scores_of(Trial{.pages = trials.results(index)});
}

std::vector<PageScores> scores_on_fold(const TrialScores& trials, std::size_t index,
                                       std::size_t fold) {
  const std::vector<PageScores> all = page_scores(trials, index);
  std::vector<PageScores> scores;
  for (std::size_t page = fold; page < all.size(); page += kFolds) scores.push_back(all[page]);
  return scores;
}

TrialScores without_fold(const TrialScores& trials, std::size_t fold) {
  std::vector<std::size_t> others;
  for (std::size_t page = 0; page < trials.pages(); ++page) {
    if (page % kFolds != fold) others.push_back(page);
  }
  return trials.on_pages(others);
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

/// The gains on the pages of a fold with the first one, two, … of the trials that complement the
/// baseline on the other folds, as sums over the pages.
std::vector<double> gains_on_fold(const StudyDefinition& definition, const TrialScores& trials,
                                  std::size_t fold) {
  std::vector<std::vector<PageScores>> scores;
  for (const std::size_t index : complementary(definition, without_fold(trials, fold)))
    scores.push_back(scores_on_fold(trials, index, fold));
  std::vector<const std::vector<PageScores>*> ocr_results;
  std::vector<double> sums;
  for (const auto& one : scores) {
    ocr_results.push_back(&one);
    const std::vector<double> gains = gains_of(ocr_results, definition.objective).gains;
    sums.push_back(std::accumulate(gains.begin(), gains.end(), 0.0));
  }
  return sums;
}

/// The gains with a choice among the trials' OCR results, on the pages that the trials were chosen
/// on.
std::vector<double> tuned_gains(const StudyDefinition& definition, const TrialScores& trials,
                                const std::vector<std::size_t>& chosen) {
  std::vector<std::vector<PageScores>> scores;
  scores.reserve(chosen.size());
  std::vector<const std::vector<PageScores>*> ocr_results;
  ocr_results.reserve(chosen.size());
  for (const std::size_t index : chosen)
    ocr_results.push_back(&scores.emplace_back(page_scores(trials, index)));
  return gains_of(ocr_results, definition.objective).gains;
}

/// The number of complementary trials with the largest cross-validated gain.
std::size_t cross_validated_length(const StudyDefinition& definition, const TrialScores& trials) {
  if (trials.pages() < kMinPages) return kMax;
  std::array<double, kMax> sums{};
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    const std::vector<double> gains = gains_on_fold(definition, trials, fold);
    if (gains.empty()) continue;
    for (std::size_t count = 0; count < kMax; ++count)
      sums[count] += gains[std::min(count, gains.size() - 1)];
  }
  return static_cast<std::size_t>(std::ranges::max_element(sums) - sums.begin()) + 1;
}

/// As portfolio_trials() of loaded trials: their indices.
std::vector<std::size_t> portfolio_trials(const StudyDefinition& definition,
                                          const TrialScores& trials) {
  std::vector<std::size_t> chosen = complementary(definition, trials);
  if (chosen.size() > 1)
    chosen.resize(std::min(chosen.size(), cross_validated_length(definition, trials)));
  return chosen;
}

std::vector<const Trial*> pointers(const std::vector<Trial>& trials,
                                   const std::vector<std::size_t>& indices) {
  std::vector<const Trial*> found;
  found.reserve(indices.size());
  for (const std::size_t index : indices) found.push_back(&trials[index]);
  return found;
}

}  // namespace

std::vector<const Trial*> complementary(const StudyDefinition& definition,
                                        const std::vector<Trial>& trials) {
  return pointers(trials, complementary(definition, scores_of(definition, trials)));
}

std::vector<const Trial*> portfolio_trials(const StudyDefinition& definition,
                                           const std::vector<Trial>& trials) {
  return pointers(trials, portfolio_trials(definition, scores_of(definition, trials)));
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
  return choose_by_page(definition, scores_of(definition, trials), validations);
}

PageChoice choose_by_page(const StudyDefinition& definition, const TrialScores& trials,
                          const Confirmations& validations) {
  PageChoice choice;
  std::vector<const std::vector<PageScores>*> ocr_results;
  const std::vector<std::size_t> chosen = portfolio_trials(definition, trials);
  for (const std::size_t index : chosen) {
    const std::size_t number = trials.numbers()[index];
    choice.numbers.push_back(number);
    const auto found = validations.find(number);
    if (found != validations.end()) ocr_results.push_back(&found->second);
  }
  if (choice.numbers.size() < 2 || ocr_results.size() < choice.numbers.size()) return choice;
  if (ocr_results.front()->empty()) return choice;
  const ChoiceGains found = gains_of(ocr_results, definition.objective);
  choice.ocr_results = found.ocr_results;
  choice.pages = found.gains.size();
  choice.gain =
      paired_bootstrap(found.gains, tuned_gains(definition, trials, chosen), definition.seed);
  if (choice.gain->mean > 0 || found.gains.empty()) return choice;
  choice.refused = std::move(choice.numbers);
  choice.numbers = {0};
  return choice;
}

std::size_t kept_place(const std::vector<const PageScores*>& ocr_results) {
  return kept_of(ocr_results.size(),
                 [&](std::size_t place) -> const PageScores& { return *ocr_results[place]; })
      .place;
}

Portfolio portfolio_of(const StudyDefinition& definition, const std::vector<Trial>& trials,
                       const PageChoice& choice) {
  return portfolio_of(definition, study_trials(definition, trials), choice);
}

Portfolio portfolio_of(const StudyDefinition& definition, const StudyTrials& trials,
                       const PageChoice& choice) {
  const Pipeline searched = pipeline_of(definition);
  Portfolio portfolio{.name = "tuned",
                      .description = "Chooses the best of these pipelines for each page.",
                      .pipelines = {raw_pipeline()}};
  for (const std::size_t number : choice.numbers) {
    if (number == 0) continue;
    const Pipeline fixed = searched.at(trials.at(number).point);
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
                               counted(choice.pages, "page"), choice.ocr_results);
  return text + (choice.pages < 2 ? fmt::format(" ({})\n", pages)
                                  : tr(" (95 % interval {:+.2f} to {:+.2f}, {})\n",
                                       scale * choice.gain->low, scale * choice.gain->high, pages));
}

nlohmann::json page_choice_json(const PageChoice& choice) {
  nlohmann::json result{
      {"points", choice.numbers}, {"refused", choice.refused}, {"pages", choice.pages}};
  if (choice.gain) {
    result["gain"] = interval_json(*choice.gain);
    result["pipelines_per_page"] = choice.ocr_results;
  }
  return result;
}

}  // namespace ocrtune
