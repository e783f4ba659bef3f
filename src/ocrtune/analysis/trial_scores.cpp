#include "ocrtune/analysis/trial_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

TrialScores::TrialScores(const std::vector<Score>& scores, std::size_t pages) : pages_(pages) {
  for (const Score score : scores) {
    const auto index = static_cast<std::size_t>(score);
    if (index >= places_.size()) places_.resize(index + 1, -1);
    if (places_[index] >= 0) continue;
    places_[index] = static_cast<int>(scores_.size());
    scores_.push_back(score);
  }
  columns_.resize(scores_.size() * pages_);
}

void TrialScores::add(const Trial& trial) {
  constexpr double kNoScore = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t place = 0; place < scores_.size(); ++place) {
    for (std::size_t page = 0; page < pages_; ++page) {
      std::vector<double>& column = columns_[place * pages_ + page];
      const std::optional<double> value = trial.pages.at(page).scores.find(scores_[place]);
      if (value && column.empty()) column.resize(size(), kNoScore);
      if (value || !column.empty()) column.push_back(value.value_or(kNoScore));
    }
  }
  numbers_.push_back(trial.number);
  failed_pages_ += static_cast<std::size_t>(std::ranges::count_if(
      trial.pages, [](const PageResult& page) { return !page.failure.empty(); }));
}

std::optional<double> TrialScores::find(std::size_t index, std::size_t page, Score score) const {
  const auto place = static_cast<std::size_t>(score);
  if (place >= places_.size() || places_[place] < 0) return std::nullopt;
  const auto& column = columns_[static_cast<std::size_t>(places_[place]) * pages_ + page];
  if (column.empty() || std::isnan(column[index])) return std::nullopt;
  return column[index];
}

std::optional<double> TrialScores::value(std::size_t index, std::size_t page, Score score) const {
  return counted_value(find(index, page, score), score);
}

double TrialScores::mean(std::size_t index, Score score) const {
  return mean_over(pages_, [&](std::size_t page) { return value(index, page, score); })
      .value_or(worst_value(score));
}

TrialScores TrialScores::on_pages(const std::vector<std::size_t>& pages) const {
  TrialScores part(scores_, pages.size());
  part.numbers_ = numbers_;
  for (std::size_t place = 0; place < scores_.size(); ++place) {
    for (std::size_t page = 0; page < pages.size(); ++page)
      part.columns_[place * pages.size() + page] = columns_[place * pages_ + pages[page]];
  }
  return part;
}

std::vector<PageResult> TrialScores::results(std::size_t index) const {
  std::vector<PageResult> results(pages_);
  for (std::size_t page = 0; page < pages_; ++page) {
    for (const Score score : scores_) results[page].scores.set(score, find(index, page, score));
  }
  return results;
}

std::vector<Score> compared_scores(const StudyDefinition& definition) {
  std::vector<Score> scores = objectives_of(definition);
  for (const Constraint& constraint : definition.search.constraints)
    scores.push_back(constraint.score);
  for (const Score score :
       {Score::cer, Score::agreement, Score::net_legible, Score::legible, Score::char_confidence})
    scores.push_back(score);
  return scores;
}

TrialScores scores_of(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  const std::size_t pages = trials.empty() ? 0 : trials.front().pages.size();
  TrialScores scores(compared_scores(definition), pages);
  for (const Trial& trial : trials) scores.add(trial);
  return scores;
}

StudyTrials study_trials(const Storage& study, const std::function<void(const Trial&)>& visit,
                         TrialSteps steps) {
  const StudyDefinition& definition = study.definition();
  StudyTrials trials{.scores = TrialScores(compared_scores(definition), definition.pages.size()),
                     .at = [&study](std::size_t number) {
                       std::optional<Trial> found = study.trial(number);
                       if (found) return std::move(*found);
                       throw Error(Errc::study_error,
                                   tr("the study has no finished trial {}", number));
                     }};
  study.each_trial(
      [&](const Trial& trial) {
        trials.scores.add(trial);
        visit(trial);
      },
      steps);
  return trials;
}

StudyTrials study_trials(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  return {.scores = scores_of(definition, trials), .at = [&trials](std::size_t number) {
            return *std::ranges::find(trials, number, &Trial::number);
          }};
}

std::vector<std::size_t> best_first(const TrialScores& trials, Score objective) {
  std::vector<std::tuple<double, std::size_t, std::size_t>> valued;
  valued.reserve(trials.size());
  for (std::size_t index = 0; index < trials.size(); ++index)
    valued.emplace_back(to_minimize(objective, trials.mean(index, objective)),
                        trials.numbers()[index], index);
  std::ranges::sort(valued);
  std::vector<std::size_t> order;
  order.reserve(valued.size());
  for (const auto& [value, number, index] : valued) order.push_back(index);
  return order;
}

}  // namespace ocrtune
