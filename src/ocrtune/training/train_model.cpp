#include "ocrtune/training/train_model.h"

#include <chrono>
#include <exception>
#include <future>
#include <mutex>
#include <numeric>
#include <utility>
#include <vector>

#include "ocrtune/base/parallel.h"

namespace ocrtune::training {
namespace {

constexpr std::chrono::milliseconds kBetweenProgress{200};

using Curves = std::vector<std::optional<FoldCurve>>;

/// A training at work, which another thread asks for its progress.
class AtWork {
 public:
  AtWork(const TrainingSet& set, const TrainingPlan& plan)
      : set_(set), plan_(plan), curves_(plan.folds) {}

  void epochs_done(std::size_t count) { done_ += count; }

  /// The curve of a fold, which only the thread that trains it sets.
  [[nodiscard]] const std::optional<FoldCurve>& curve(std::size_t fold) const {
    return curves_[fold];
  }

  void set_curve(std::size_t fold, std::optional<FoldCurve> curve) {
    const std::scoped_lock lock(mutex_);
    curves_[fold] = std::move(curve);
    errors_ = error_curve(set_, curves_, plan_);
  }

  [[nodiscard]] TrainingProgress progress() const {
    const std::scoped_lock lock(mutex_);
    return {.done = done_.load(), .all = plan_.epochs * (plan_.folds + 1), .curve = errors_};
  }

 private:
  const TrainingSet& set_;
  const TrainingPlan& plan_;
  std::atomic<std::size_t> done_{0};
  mutable std::mutex mutex_;
  Curves curves_;
  std::vector<double> errors_;
};

/// The curve of a fold of at least `least` epochs, if it is kept or is not stopped.
std::optional<FoldCurve> curve_of(const TrainingSet& set, const ModelTrainer& trainer,
                                  std::size_t fold, TrainingPlan plan, std::size_t least,
                                  const TrainingRun& run, AtWork& at_work) {
  std::optional<FoldCurve> curve;
  if (run.kept != nullptr) curve = run.kept->find(fold, set.lines());
  if (curve && curve->size() > least) {
    at_work.epochs_done(curve->size() - 1);
    return curve;
  }
  plan.least_epochs = least;
  curve = fold_curve(set, trainer, fold, plan, run.stop, [&] { at_work.epochs_done(1); });
  if (curve && run.kept != nullptr) run.kept->keep(fold, *curve);
  return curve;
}

/// The curves of all folds, none shorter than the epochs that are chosen; nothing if it was
/// stopped.
std::optional<std::vector<FoldCurve>> all_curves(const TrainingSet& set,
                                                 const ModelTrainer& trainer,
                                                 const TrainingPlan& plan, const TrainingRun& run,
                                                 AtWork& at_work) {
  for (std::size_t least = 0;;) {
    parallel_for(run.workers, plan.folds, [&](std::size_t fold) {
      const std::optional<FoldCurve>& known = at_work.curve(fold);
      if (!known || known->size() <= least)
        at_work.set_curve(fold, curve_of(set, trainer, fold, plan, least, run, at_work));
    });
    std::vector<FoldCurve> all;
    for (std::size_t fold = 0; fold < plan.folds; ++fold) {
      if (!at_work.curve(fold)) return std::nullopt;
      all.push_back(*at_work.curve(fold));
    }
    const std::size_t needed = epochs_needed(all);
    if (needed <= least) return all;
    least = needed;
  }
}

std::optional<TrainedModel> trained(const TrainingSet& set, const ModelTrainer& trainer,
                                    const TrainingPlan& plan, const TrainingRun& run,
                                    AtWork& at_work) {
  const auto curves = all_curves(set, trainer, plan, run, at_work);
  if (!curves) return std::nullopt;
  TrainedModel result{.outcome = outcome_of(set, *curves, plan), .model = nullptr};
  if (!result.outcome.is_taken) return result;
  std::vector<std::size_t> lines(set.lines());
  std::iota(lines.begin(), lines.end(), std::size_t{0});
  result.model = trainer.start();
  for (std::size_t epoch = 0; epoch < result.outcome.epochs; ++epoch) {
    if (!result.model->train(epoch_pictures(set, lines, epoch, plan.seed), run.stop))
      return std::nullopt;
    at_work.epochs_done(1);
  }
  return result;
}

}  // namespace

std::optional<TrainedModel> train_model(const TrainingSet& set, const ModelTrainer& trainer,
                                        const TrainingPlan& plan, const TrainingRun& run) {
  AtWork at_work(set, plan);
  auto result =
      std::async(std::launch::async, [&] { return trained(set, trainer, plan, run, at_work); });
  while (result.wait_for(kBetweenProgress) == std::future_status::timeout)
    run.progress(at_work.progress());
  return result.get();
}

}  // namespace ocrtune::training
