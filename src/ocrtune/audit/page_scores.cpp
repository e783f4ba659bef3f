#include "ocrtune/audit/page_scores.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>

#include "ocrtune/audit/design.h"

namespace ocrtune {
namespace {

/// As mean_score().
double mean_of_all(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Every page the value of its image, moved so that the mean is that of the results.
void take_logged(Trial& trial, const std::vector<AuditTime>& times, Score score,
                 std::optional<double> AuditTime::*logged, std::optional<double> mean) {
  std::vector<double> values;
  for (const AuditTime& time : times) {
    if (time.*logged) values.push_back(*(time.*logged));
  }
  if (values.empty()) return;
  if (mean) values = with_mean(std::move(values), *mean);
  auto next = values.begin();
  for (const AuditTime& time : times)
    trial.pages[time.image].scores.set(score, time.*logged ? std::optional(*next++) : std::nullopt);
}

}  // namespace

std::vector<double> with_mean(std::vector<double> rounded, double mean) {
  const auto count = static_cast<double>(rounded.size());
  const double shift = mean - mean_of_all(rounded);
  for (double& value : rounded) value += shift;
  // The last digits: of one value, the greatest first, whose digits are as coarse as the sum's.
  std::vector<double*> values;
  values.reserve(rounded.size());
  for (double& value : rounded) values.push_back(&value);
  std::ranges::stable_sort(values, std::ranges::greater(),
                           [](const double* value) { return std::abs(*value); });
  // Some means can't be reached, however many values are tried.
  constexpr std::size_t kTried = 24;
  constexpr int kWhole = 4;  // steps by all that is missing
  constexpr int kSteps = 68;
  values.resize(std::min(kTried, values.size()));
  for (double* value : values) {
    for (int i = 0; i < kSteps; ++i) {
      const double missing = mean - mean_of_all(rounded);
      if (missing == 0) return rounded;
      *value = i < kWhole ? *value + missing * count
                          : std::nextafter(*value, missing > 0 ? HUGE_VAL : -HUGE_VAL);
    }
  }
  return rounded;
}

std::vector<double> spread_scores(double mean, std::optional<double> least,
                                  std::optional<double> greatest, std::size_t pages) {
  std::vector<double> scores(pages, mean);
  if (pages == 1 || !least || !greatest) return with_mean(std::move(scores), mean);
  if (pages == 2) {
    // Both ends are rounded: the middle of what they can be.
    constexpr double kHalf = 0.005;
    const double low = std::max(*least - kHalf, 2 * mean - *greatest - kHalf);
    const double high = std::min(*least + kHalf, 2 * mean - *greatest + kHalf);
    scores = {(low + high) / 2, 2 * mean - (low + high) / 2};
    return with_mean(std::move(scores), mean);
  }
  const double rest =
      (mean * static_cast<double>(pages) - *least - *greatest) / static_cast<double>(pages - 2);
  std::ranges::fill(scores, rest);
  scores.front() = *least;
  scores.back() = *greatest;
  return with_mean(std::move(scores), mean);
}

double baseline_of(const std::vector<std::pair<double, double>>& pairs) {
  constexpr std::size_t kTried = 16;
  constexpr int kSteps = 16;
  const auto magnitude = [](const std::pair<double, double>& pair) {
    return std::max(std::abs(pair.first), std::abs(pair.second));
  };
  // Small values have the finest digits.
  std::vector<std::pair<double, double>> finest = pairs;
  std::ranges::stable_sort(finest, {}, magnitude);
  finest.resize(std::min(kTried, finest.size()));
  // Means of differences differ in their last digits from differences of means.
  double best = pairs.front().first - pairs.front().second;
  std::ptrdiff_t most = 0;
  for (const auto& pair : finest) {
    const double digit = std::nextafter(magnitude(pair), HUGE_VAL) - magnitude(pair);
    for (int step = -kSteps; step <= kSteps; ++step) {
      const double candidate = pair.first - pair.second + step * digit / 4;
      const std::ptrdiff_t hits = std::ranges::count_if(
          pairs, [&](const auto& other) { return other.first - candidate == other.second; });
      if (hits > most) best = candidate;
      most = std::max(most, hits);
    }
  }
  return best;
}

std::optional<double> mean_logged(const std::vector<AuditTime>& times,
                                  std::optional<double> AuditTime::*score) {
  return mean_over(times.size(), [&](std::size_t row) { return times[row].*score; });
}

bool is_rounded(double logged, double exact) {
  constexpr double kHalf = 0.0051;
  return std::abs(logged - exact) <= kHalf;
}

void take_page_scores(Trial& trial, const std::vector<AuditTime>& times, const PageScores& means) {
  for (PageResult& page : trial.pages) page.scores = means;
  take_logged(trial, times, Score::confidence, &AuditTime::confidence,
              means.find(Score::confidence));
  take_logged(trial, times, Score::sharpness, &AuditTime::sharpness, means.find(Score::sharpness));
  // The newest version of the Python program has the CNR in the column of the contrast.
  const std::optional<double> logged = mean_logged(times, &AuditTime::contrast);
  const std::optional<double> cnr = means.find(Score::cnr);
  const bool is_cnr = logged && cnr && is_rounded(*logged, *cnr);
  take_logged(trial, times, is_cnr ? Score::cnr : Score::contrast, &AuditTime::contrast,
              is_cnr ? cnr : means.find(Score::contrast));
}

}  // namespace ocrtune
