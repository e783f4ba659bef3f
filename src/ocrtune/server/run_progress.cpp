#include "ocrtune/server/run_progress.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/metrics/score.h"
#include "ocrtune/metrics/scores_json.h"

namespace ocrtune::server {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr std::size_t kMaxTrials = 500;
constexpr double kWindow = 60;
constexpr double kShortest = 1;

}  // namespace

void RateMeter::add(double seconds, std::size_t done) {
  // What was resumed may count from an earlier point again.
  if (!samples_.empty() && done < samples_.back().second) samples_.clear();
  samples_.emplace_back(seconds, done);
  // Keeps the last sample at or before the start of the window.
  while (samples_.size() > 2 && samples_[1].first <= seconds - kWindow) samples_.pop_front();
}

std::optional<double> RateMeter::rate() const {
  if (samples_.size() < 2) return std::nullopt;
  const double seconds = samples_.back().first - samples_.front().first;
  const std::size_t done = samples_.back().second - samples_.front().second;
  if (seconds < kShortest || done == 0) return std::nullopt;
  return 60 * static_cast<double>(done) / seconds;
}

RunProgress::RunProgress(const RunRequest& request, const RunPlaces& places, std::size_t pages)
    : study_(places.folder / request.study), budget_(budget_of(request)) {
  numbers_.total = trials_of(request);
  if (request.applies()) {
    journal_.emplace(places.folder / request.output);
    if (pages > 0) numbers_.total = pages;
  }
  if (request.trains()) training_result_ = places.training();
}

std::vector<TrialOutcome> RunProgress::read_trials() {
  std::vector<TrialOutcome> trials = study_.next(kMaxTrials);
  whole_ = trials.size() < kMaxTrials;
  if (study_.definition()) {
    const Score objective = study_.definition()->objective;
    for (const TrialOutcome& outcome : trials) numbers_.add(outcome, objective);
    numbers_.objective = std::string(score_name(objective));
  }
  return trials;
}

/// Of a training that has ended, all epochs are done, however many there were.
void RunProgress::read_training() try {
  whole_ = true;
  const json result = training_json(training_result_);
  if (result.is_null()) return;
  if (const auto at_work = result.find("at_work"); at_work != result.end()) {
    numbers_.done = at_work->at("done");
    numbers_.total = at_work->at("all").get<std::size_t>();
  } else {
    numbers_.total = numbers_.total.value_or(1);
    numbers_.done = *numbers_.total;
  }
} catch (const json::exception&) {
  return;  // it is damaged; the command writes it anew
}

std::vector<TrialOutcome> RunProgress::read(double seconds, double busy_s) {
  std::vector<TrialOutcome> trials;
  if (journal_) {
    numbers_.done = journal_->read();
    whole_ = true;
  } else if (!training_result_.empty()) {
    read_training();
  } else {
    trials = read_trials();
  }
  // Trials of earlier processes do not count for the rate.
  if (whole_) meter_.add(seconds, numbers_.done);
  numbers_.rate = meter_.rate();
  numbers_.left_s.reset();
  if (numbers_.total && numbers_.rate) {
    const std::size_t left = *numbers_.total - std::min(numbers_.done, *numbers_.total);
    numbers_.left_s = 60 * static_cast<double>(left) / *numbers_.rate;
  }
  if (budget_) {
    const double left = std::max(0.0, *budget_ - busy_s);
    numbers_.left_s = std::min(numbers_.left_s.value_or(left), left);
  }
  return trials;
}

json training_json(const fs::path& file) {
  constexpr std::uint64_t kLimit = 16'000'000;
  try {
    return find_json_object(read_text(file, kLimit)).value_or(json());
  } catch (const Error&) {
    return {};  // nothing is written yet
  }
}

json history_json(const std::string& id, const std::vector<TrialOutcome>& trials,
                  std::size_t from) {
  from = std::min(from, trials.size());
  json list = json::array();
  for (std::size_t i = from; i < trials.size(); ++i) {
    const TrialOutcome& trial = trials[i];
    list.push_back({{"number", trial.number},
                    {"value", or_null(trial.value)},
                    {"scores", scores_json(trial.scores)},
                    {"delta", or_null(trial.delta)},
                    {"settings", trial.settings},
                    {"finished_ms", trial.finished_us / 1000},
                    {"pruned", trial.pruned}});
  }
  return {{"id", id}, {"from", from}, {"trials", std::move(list)}};
}

}  // namespace ocrtune::server
