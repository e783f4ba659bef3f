#include "ocrtune/training/train_model.h"

#include <chrono>
#include <exception>
#include <future>
#include <numeric>
#include <utility>
#include <vector>

#include "ocrtune/base/parallel.h"

namespace ocrtune::training {
namespace {

constexpr std::chrono::milliseconds kBetweenProgress{200};

using Curves = std::vector<FoldCurve>;

/// The curve of a fold of at least `least` epochs, if it is kept or is not stopped.
std::optional<FoldCurve> curve_of(const TrainingSet& set, const ModelTrainer& trainer,
                                  std::size_t fold, TrainingPlan plan, std::size_t least,
                                  const TrainingRun& run, std::atomic<std::size_t>& done) {
  std::optional<FoldCurve> curve;
  if (run.kept != nullptr) curve = run.kept->find(fold, set.lines());
  if (curve && curve->size() > least) return curve;
  plan.least_epochs = least;
  curve = fold_curve(set, trainer, fold, plan, run.stop, [&] { ++done; });
  if (curve && run.kept != nullptr) run.kept->keep(fold, *curve);
  return curve;
}

/// The curves of all folds, none shorter than the epochs that are chosen; nothing if it was
/// stopped.
std::optional<Curves> all_curves(const TrainingSet& set, const ModelTrainer& trainer,
                                 const TrainingPlan& plan, const TrainingRun& run,
                                 std::atomic<std::size_t>& done) {
  std::vector<std::optional<FoldCurve>> curves(plan.folds);
  for (std::size_t least = 0;;) {
    parallel_for(run.workers, plan.folds, [&](std::size_t fold) {
      if (!curves[fold] || curves[fold]->size() <= least)
        curves[fold] = curve_of(set, trainer, fold, plan, least, run, done);
    });
    Curves all;
    for (const std::optional<FoldCurve>& curve : curves) {
      if (!curve) return std::nullopt;
      all.push_back(*curve);
    }
    const std::size_t needed = epochs_needed(all);
    if (needed <= least) return all;
    least = needed;
  }
}

std::optional<TrainedModel> trained(const TrainingSet& set, const ModelTrainer& trainer,
                                    const TrainingPlan& plan, const TrainingRun& run,
                                    std::atomic<std::size_t>& done) {
  const auto curves = all_curves(set, trainer, plan, run, done);
  if (!curves) return std::nullopt;
  TrainedModel result{.outcome = outcome_of(set, *curves, plan), .model = nullptr};
  if (!result.outcome.is_taken) return result;
  std::vector<std::size_t> lines(set.lines());
  std::iota(lines.begin(), lines.end(), std::size_t{0});
  result.model = trainer.start();
  for (std::size_t epoch = 0; epoch < result.outcome.epochs; ++epoch) {
    if (!result.model->train(epoch_pictures(set, lines, epoch, plan.seed), run.stop))
      return std::nullopt;
    ++done;
  }
  return result;
}

}  // namespace

std::optional<TrainedModel> train_model(const TrainingSet& set, const ModelTrainer& trainer,
                                        const TrainingPlan& plan, const TrainingRun& run) {
  std::atomic<std::size_t> done{0};
  auto result =
      std::async(std::launch::async, [&] { return trained(set, trainer, plan, run, done); });
  const std::size_t all = plan.epochs * (plan.folds + 1);
  while (result.wait_for(kBetweenProgress) == std::future_status::timeout)
    run.progress(done.load(), all);
  return result.get();
}

}  // namespace ocrtune::training
