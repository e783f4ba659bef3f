#include "ocrtune/study/trial.h"

#include <algorithm>
#include <utility>

#include "ocrtune/metrics/reading_quality.h"

namespace ocrtune {
namespace {

/// Mean of the numbers that are there.
class Mean {
 public:
  void add(std::optional<double> value) {
    if (!value) return;
    sum_ += *value;
    ++count_;
  }
  [[nodiscard]] std::optional<double> result() const {
    return count_ == 0 ? std::nullopt : std::optional(sum_ / count_);
  }

 private:
  double sum_ = 0;
  int count_ = 0;
};

/// A reading that is longer than the truth is no worse than none.
std::optional<double> at_most_all(std::optional<double> rate) {
  return rate ? std::optional(std::min(*rate, 1.0)) : rate;
}

std::optional<double> clarity_of(const PageScores& scores) {
  if (!scores.legible || !scores.char_confidence) return std::nullopt;
  return clarity(*scores.legible, *scores.char_confidence);
}

std::optional<double> checked_clarity_of(const PageScores& scores) {
  const std::optional<double> unchecked = clarity_of(scores);
  if (unchecked && scores.cer) return checked_clarity(*unchecked, *scores.cer);
  if (unchecked && scores.agreement) return checked_clarity(*unchecked, 1 - *scores.agreement);
  return unchecked;
}

template <typename Get>
std::optional<double> mean_over(const std::vector<PageResult>& pages, Get get) {
  Mean mean;
  for (const PageResult& page : pages) mean.add(get(page.scores));
  return mean.result();
}

}  // namespace

bool same_results(const PageScores& stored, PageScores now) {
  for (const auto score :
       {&PageScores::cer, &PageScores::wer, &PageScores::bow, &PageScores::char_confidence,
        &PageScores::legible, &PageScores::net_legible, &PageScores::lexicon, &PageScores::garbage,
        &PageScores::agreement, &PageScores::coverage}) {
    if (!(stored.*score)) (now.*score).reset();
  }
  return stored == now;
}

std::optional<double> MeanScores::find(Objective objective) const {
  switch (objective) {
    case Objective::confidence:
      return confidence;
    case Objective::char_confidence:
      return char_confidence;
    case Objective::legible:
      return legible;
    case Objective::net_legible:
      return net_legible;
    case Objective::clarity:
      return clarity;
    case Objective::checked_clarity:
      return checked_clarity;
    case Objective::lexicon:
      return lexicon;
    case Objective::garbage:
      return garbage;
    case Objective::agreement:
      return agreement;
    case Objective::coverage:
      return coverage;
    case Objective::cer:
      return cer;
    case Objective::wer:
      return wer;
    case Objective::bow:
      return bow;
    case Objective::words:
      return words;
    case Objective::sharpness:
      return sharpness;
    case Objective::contrast:
      return contrast;
    case Objective::cnr:
      return cnr;
    case Objective::time:
      return time;
  }
  return std::nullopt;
}

double MeanScores::value(Objective objective) const {
  return find(objective).value_or(is_minimized(objective) ? 1 : 0);
}

MeanScores mean_scores(const std::vector<PageResult>& pages) {
  Mean time;
  for (const PageResult& page : pages) time.add(page.timings.work_ms);
  return {
      .confidence = mean_over(pages, [](const PageScores& s) { return s.confidence; }).value_or(0),
      .words = mean_over(pages, [](const PageScores& s) { return s.words; }).value_or(0),
      .sharpness = mean_over(pages, [](const PageScores& s) { return s.sharpness; }).value_or(0),
      .contrast = mean_over(pages, [](const PageScores& s) { return s.contrast; }).value_or(0),
      .cnr = mean_over(pages, [](const PageScores& s) { return s.cnr; }).value_or(0),
      .time = time.result().value_or(0),
      .cer = mean_over(pages, [](const PageScores& s) { return at_most_all(s.cer); }),
      .wer = mean_over(pages, [](const PageScores& s) { return at_most_all(s.wer); }),
      .bow = mean_over(pages, [](const PageScores& s) { return at_most_all(s.bow); }),
      .char_confidence = mean_over(pages, [](const PageScores& s) { return s.char_confidence; }),
      .legible = mean_over(pages, [](const PageScores& s) { return s.legible; }),
      .net_legible = mean_over(pages, [](const PageScores& s) { return s.net_legible; }),
      .clarity = mean_over(pages, clarity_of),
      .checked_clarity = mean_over(pages, checked_clarity_of),
      .lexicon = mean_over(pages, [](const PageScores& s) { return s.lexicon; }),
      .garbage = mean_over(pages, [](const PageScores& s) { return s.garbage; }),
      .agreement = mean_over(pages, [](const PageScores& s) { return s.agreement; }),
      .coverage = mean_over(pages, [](const PageScores& s) { return s.coverage; })};
}

std::optional<double> page_value(const PageResult& page, Objective objective) {
  const PageScores& scores = page.scores;
  switch (objective) {
    case Objective::cer:
      return at_most_all(scores.cer);
    case Objective::wer:
      return at_most_all(scores.wer);
    case Objective::char_confidence:
      return scores.char_confidence;
    case Objective::legible:
      return scores.legible;
    case Objective::net_legible:
      return scores.net_legible;
    case Objective::clarity:
      return clarity_of(scores);
    case Objective::checked_clarity:
      return checked_clarity_of(scores);
    case Objective::lexicon:
      return scores.lexicon;
    case Objective::garbage:
      return scores.garbage;
    case Objective::agreement:
      return scores.agreement;
    case Objective::coverage:
      return scores.coverage;
    case Objective::bow:
      return at_most_all(scores.bow);
    case Objective::words:
      return scores.words;
    case Objective::sharpness:
      return scores.sharpness;
    case Objective::contrast:
      return scores.contrast;
    case Objective::cnr:
      return scores.cnr;
    case Objective::time:
      return page.timings.work_ms;
    default:
      return scores.confidence;
  }
}

std::optional<double> page_gain(const PageResult& before, const PageResult& after,
                                Objective objective) {
  const std::optional<double> from = page_value(before, objective);
  const std::optional<double> to = page_value(after, objective);
  if (!from || !to) return std::nullopt;
  return to_minimize(objective, *from) - to_minimize(objective, *to);
}

std::vector<PageScores> scores_of(const Trial& trial) {
  std::vector<PageScores> scores;
  scores.reserve(trial.pages.size());
  for (const PageResult& page : trial.pages) scores.push_back(page.scores);
  return scores;
}

std::vector<const Trial*> best_first(const std::vector<Trial>& trials, Objective objective) {
  std::vector<std::pair<double, const Trial*>> valued;
  valued.reserve(trials.size());
  for (const Trial& trial : trials)
    valued.emplace_back(to_minimize(objective, trial.means().value(objective)), &trial);
  std::ranges::sort(valued, std::ranges::less(),
                    [](const auto& entry) { return std::pair(entry.first, entry.second->number); });
  std::vector<const Trial*> sorted;
  sorted.reserve(valued.size());
  for (const auto& [value, trial] : valued) sorted.push_back(trial);
  return sorted;
}

}  // namespace ocrtune
