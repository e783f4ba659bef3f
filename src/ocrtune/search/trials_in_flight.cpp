#include "ocrtune/search/trials_in_flight.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <utility>
#include <variant>

namespace ocrtune {

TrialsInFlight::TrialsInFlight(std::vector<std::size_t> page_order, const EvaluatorEvents& events,
                               std::function<void(const std::shared_ptr<RunningTrial>&)> dropped)
    : page_order_(std::move(page_order)),
      events_(events),
      prunes_(events.prunes != nullptr),
      dropped_(std::move(dropped)) {}

std::shared_ptr<RunningTrial> TrialsInFlight::next() {
  NextTrial given = events_.next();
  TrialRequest* request = std::get_if<TrialRequest>(&given);
  if (request == nullptr) {
    supply_ = std::holds_alternative<NotYet>(given) ? Supply::awaits_news : Supply::ended;
    return nullptr;
  }
  auto trial = std::make_shared<RunningTrial>();
  trial->request = std::move(*request);
  if (trial->request.pages.empty()) trial->request.pages = page_order_;
  trial->results.resize(page_order_.size());
  trial->done.resize(page_order_.size());
  trial->left = page_order_.size();
  const std::scoped_lock lock(mutex_);
  trials_.push_back(trial);
  return trial;
}

void TrialsInFlight::begin(RunningTrial& trial, std::int64_t at_us) {
  const std::scoped_lock lock(mutex_);
  if (trial.started_us == 0) trial.started_us = at_us;
}

bool TrialsInFlight::finish(RunningTrial& trial, std::size_t place, PageResult result,
                            std::int64_t at_us) {
  const std::scoped_lock lock(mutex_);
  trial.results[place] = std::move(result);
  trial.done[place] = true;
  while (trial.first_done < trial.done.size() && trial.done[trial.first_done]) ++trial.first_done;
  trial.finished_us = at_us;
  return --trial.left == 0 || can_prune(trial);
}

bool TrialsInFlight::comes_first(const RunningTrial& trial, std::size_t place) const {
  constexpr std::size_t kFirstPages = 2;
  return can_prune(trial) && place < kFirstPages;
}

bool TrialsInFlight::can_prune(const RunningTrial& trial) const {
  return prunes_ && trial.request.prunable;
}

bool TrialsInFlight::has_news() const {
  const std::scoped_lock lock(mutex_);
  return front_has_news();
}

bool TrialsInFlight::is_over() const {
  if (supply_ == Supply::open) return false;
  const std::scoped_lock lock(mutex_);
  if (!trials_.empty()) return false;
  if (supply_ == Supply::awaits_news)
    throw std::logic_error("no trial is in work that another one could wait for");
  return true;
}

/// With the mutex held.
bool TrialsInFlight::front_has_news() const {
  if (trials_.empty()) return false;
  const RunningTrial& front = *trials_.front();
  return front.left == 0 || (can_prune(front) && front.asked < front.first_done);
}

void TrialsInFlight::deliver() {
  for (;;) {
    std::shared_ptr<RunningTrial> trial;
    std::size_t first_done = 0;
    {
      const std::scoped_lock lock(mutex_);
      if (!front_has_news()) return;
      trial = trials_.front();
      first_done = trial->first_done;
    }
    const bool pruned = ask_about_pruning(*trial, first_done);
    {
      const std::scoped_lock lock(mutex_);
      const bool asked_about_all = trial->first_done == first_done;
      if (!pruned && (trial->left > 0 || !asked_about_all)) continue;
      trials_.pop_front();
    }
    if (supply_ == Supply::awaits_news) supply_ = Supply::open;
    if (pruned) {
      dropped_(trial);
      hand_on_pruned(*trial);
    } else {
      hand_on(*trial);
    }
  }
}

/// Results before `first_done` are final, so they are read without the mutex.
bool TrialsInFlight::ask_about_pruning(RunningTrial& trial, std::size_t first_done) {
  if (!can_prune(trial)) return false;
  while (trial.asked < std::min(first_done, page_order_.size() - 1)) {
    ++trial.asked;
    if (events_.prunes(trial.request.number, std::span(trial.results).first(trial.asked)))
      return true;
  }
  trial.asked = first_done;
  return false;
}

void TrialsInFlight::hand_on(RunningTrial& trial) {
  std::vector<PageResult> pages(trial.results.size());
  for (std::size_t place = 0; place < pages.size(); ++place)
    pages[trial.request.pages[place]] = std::move(trial.results[place]);
  events_.done({.number = trial.request.number,
                .point = std::move(trial.request.point),
                .pages = std::move(pages),
                .started_us = trial.started_us,
                .finished_us = trial.finished_us,
                .page_order = std::move(trial.request.pages)});
}

void TrialsInFlight::hand_on_pruned(RunningTrial& trial) {
  // Workers may still write results of later pages.
  std::vector<std::size_t> pages = trial.request.pages;
  pages.resize(trial.asked);
  const auto end = trial.results.begin() + static_cast<std::ptrdiff_t>(trial.asked);
  std::int64_t finished_us = 0;
  {
    const std::scoped_lock lock(mutex_);
    finished_us = trial.finished_us;
  }
  events_.pruned({.number = trial.request.number,
                  .point = trial.request.point,
                  .pages = std::move(pages),
                  .results = {trial.results.begin(), end},
                  .started_us = trial.started_us,
                  .finished_us = finished_us});
}

}  // namespace ocrtune
