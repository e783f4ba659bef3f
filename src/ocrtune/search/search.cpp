#include "ocrtune/search/search.h"

#include <fmt/format.h>

#include <utility>

#include "ocrtune/base/duration.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune {
namespace {

constexpr std::size_t kAnyNumber = 1'000'000'000;

}  // namespace

Search::Search(Storage& storage, std::unique_ptr<Sampler> sampler, std::unique_ptr<Pruner> pruner)
    : storage_(storage),
      definition_(storage.definition()),
      searched_(pipeline_of(definition_)),
      space_(searched_.space()),
      sampler_(std::move(sampler)),
      pruner_(std::move(pruner)),
      records_(definition_),
      // The points of a design depend on no results.
      in_flight_(is_design() ? kAnyNumber : definition_.search.in_flight) {
  if (pruner_) page_order_.emplace(pages_with_objective(definition_), definition_.seed);
}

SearchEnd Search::run(TrialEvaluator& evaluator, const SearchLimits& limits,
                      const SearchEvents& events, const std::atomic<bool>& stop) {
  resume(events);
  std::atomic<bool> stopped{stop.load()};
  EvaluatorEvents work{
      .next = [&] { return next(limits); },
      .done =
          [&](const Trial& trial) {
            tell(trial);
            events.trial(trial, false);
          },
      .tick =
          [&](std::size_t tasks) {
            events.tick(tasks);
            stopped = stop || is_overdue(limits);
          },
  };
  if (pruner_) {
    work.prunes = [&](std::size_t number, std::span<const PageResult> first_pages) {
      return prunes(number, first_pages);
    };
    work.pruned = [&](const PrunedTrial& trial) {
      storage_.append(trial);
      tell_pruner(records_.add(trial));
      events.pruned(trial, false);
    };
  }
  evaluator.run(work, stopped);
  if (stopped && !stop && !end_) end_ = SearchEnd::seconds;
  return end_.value_or(SearchEnd::stopped);
}

NextTrial Search::ask() {
  if (!resumed_)
    resume({.trial = [](const Trial&, bool) {}, .pruned = [](const PrunedTrial&, bool) {}});
  return next({});
}

void Search::tell(const Trial& trial) {
  storage_.append(trial);
  tell_pruner(records_.add(trial));
  if (is_design()) records_.forget(trial.number);
}

/// Waits briefly for points in flight when the time is over, and for the baseline in any case,
/// because a study needs it.
bool Search::is_overdue(const SearchLimits& limits) const {
  constexpr double kMoment = 0.5;
  return limits.seconds && records_.find(0) != nullptr &&
         seconds_spent() >= *limits.seconds + kMoment;
}

/// Checks a point, because other programs may have written into the file.
void Search::require_in_space(std::size_t number, const Point& point) const {
  if (is_design() || space_.contains(point)) return;
  throw Error(Errc::study_error,
              tr("the study is damaged: point {} is not in its search space", number));
}

/// Adds the trials of earlier runs, few of them in memory at a time.
void Search::resume(const SearchEvents& events) {
  resumed_ = true;
  const std::vector<PrunedTrial> pruned = storage_.pruned();
  const auto require_baseline = [](bool is_first) {
    if (!is_first)
      throw Error(Errc::study_error, tr("the study is damaged: its baseline is missing"));
  };
  std::size_t number = 0;
  for (const Point& point : definition_.search.first) require_in_space(++number, point);
  auto next_pruned = pruned.begin();
  const auto resume_pruned_before = [&](std::size_t end) {
    for (; next_pruned != pruned.end() && next_pruned->number < end; ++next_pruned) {
      require_baseline(records_.find(0) != nullptr);
      require_in_space(next_pruned->number, next_pruned->point);
      tell_pruner(records_.add(*next_pruned));
      events.pruned(*next_pruned, true);
      replay_known();
    }
  };
  storage_.each_trial([&](const Trial& trial) {
    resume_pruned_before(trial.number);
    require_baseline(trial.number == 0 || records_.find(0) != nullptr);
    if (trial.number > 0) require_in_space(trial.number, trial.point);
    tell_pruner(records_.add(trial));
    events.trial(trial, true);
    replay_known();
  });
  resume_pruned_before(static_cast<std::size_t>(-1));
}

/// The pruner gets each trial when it is finished, the sampler only when it is its turn. A trial
/// that breaks a constraint is not a standard for others.
void Search::tell_pruner(const SearchRecord& record) {
  orders_.erase(record.outcome.number);
  if (!pruner_) return;
  const Outcome& outcome = record.outcome;
  const bool no_match = outcome.pruned || (outcome.number > 0 && outcome.violation > 0);
  pruner_->tell(outcome.number, record.values, no_match);
}

/// Passes the numbers of trials that the study has, as far as the sampler has been told what it
/// must know before each.
void Search::replay_known() {
  for (;; ++next_) {
    const SearchRecord* known = records_.find(next_);
    if (next_ > 0 && !tell_up_to(next_)) return;
    if (known == nullptr) return;
    if (next_ == 0) continue;
    replay(known->outcome);
    if (is_design()) records_.forget(next_);
  }
}

NextTrial Search::next(const SearchLimits& limits) {
  if (end_) return NoMore{};
  replay_known();
  if (next_ == 0) return request(next_++, {});
  if (!tell_up_to(next_)) return NotYet{};
  if (ended(limits)) return NoMore{};
  const std::optional<Point> point = point_of(next_);
  if (!point) {
    end_ = SearchEnd::exhausted;
    return NoMore{};
  }
  return request(next_++, *point);
}

/// Tells the sampler exactly the outcomes that it must have before trial `number` is asked for.
/// False if one of them is not finished yet.
bool Search::tell_up_to(std::size_t number) {
  while (told_ + in_flight_ < number) {
    const SearchRecord* record = records_.find(told_ + 1);
    if (record == nullptr) return false;
    ++told_;
    sampler_->tell(record->outcome);
    if (page_order_) page_order_->tell(record->values);
    const Outcome& outcome = record->outcome;
    const bool counts = !outcome.pruned && outcome.violation == 0;
    if (counts && (best_at_ == 0 || outcome.values[0] < best_)) {
      best_ = outcome.values[0];
      best_at_ = told_;
    }
    records_.forget(told_);
  }
  return true;
}

double Search::seconds_spent() const { return seconds_since(start_); }

bool Search::ended(const SearchLimits& limits) {
  if (limits.trials && next_ > *limits.trials) {
    end_ = SearchEnd::trials;
  } else if (limits.patience && told_ >= best_at_ + *limits.patience) {
    end_ = SearchEnd::patience;
  } else if (limits.seconds && seconds_spent() >= *limits.seconds) {
    end_ = SearchEnd::seconds;
  }
  return end_.has_value();
}

void Search::replay(const Outcome& outcome) {
  if (outcome.number <= definition_.search.first.size()) {
    sampler_->attach(outcome.number, outcome.point);
  } else {
    sampler_->replay(outcome.number, outcome.point);
  }
}

std::optional<Point> Search::point_of(std::size_t number) {
  const std::vector<Point>& first = definition_.search.first;
  if (number > first.size()) return sampler_->ask(number);
  sampler_->attach(number, first[number - 1]);
  return first[number - 1];
}

/// The first point goes through all pages, as a reference for later ones, and so do the initial
/// points that the study requires.
TrialRequest Search::request(std::size_t number, const Point& point) {
  TrialRequest request{.number = number,
                       .point = point,
                       .pipeline = number == 0 ? raw_pipeline() : searched_.at(point),
                       .prunable = number > std::max<std::size_t>(1, definition_.search.whole)};
  if (!page_order_) return request;
  // Pages without a value are useless to a pruner, so they come last.
  request.pages = page_order_->order();
  std::vector<bool> judged(definition_.pages.size());
  for (const std::size_t page : request.pages) judged[page] = true;
  for (std::size_t page = 0; page < judged.size(); ++page) {
    if (!judged[page]) request.pages.push_back(page);
  }
  orders_[number] = request.pages;
  return request;
}

bool Search::prunes(std::size_t number, std::span<const PageResult> first_pages) {
  const std::vector<PageValue> values = records_.page_values(orders_.at(number), first_pages);
  // The pages with a value come first: after the last of them nothing can be saved.
  const bool all = values.size() == page_order_->order().size();
  return !all && pruner_->prunes(number, values);
}

}  // namespace ocrtune
