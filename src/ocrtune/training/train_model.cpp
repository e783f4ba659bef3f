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

/// The curves of all folds; nothing if it was stopped.
std::optional<std::vector<FoldCurve>> all_curves(const TrainingSet& set,
                                                 const ModelTrainer& trainer,
                                                 const TrainingPlan& plan, const TrainingRun& run,
                                                 std::atomic<std::size_t>& done) {
  std::vector<std::optional<FoldCurve>> curves(plan.folds);
  parallel_for(run.workers, plan.folds, [&](std::size_t fold) {
    if (run.kept != nullptr) curves[fold] = run.kept->find(fold, set.lines());
    std::size_t here = 0;
    if (!curves[fold]) {
      curves[fold] = fold_curve(set, trainer, fold, plan, run.stop, [&] {
        ++here;
        ++done;
      });
      if (curves[fold] && run.kept != nullptr) run.kept->keep(fold, *curves[fold]);
    }
    if (curves[fold]) done += plan.epochs - here;
  });
  std::vector<FoldCurve> all;
  for (std::optional<FoldCurve>& curve : curves) {
    if (!curve) return std::nullopt;
    all.push_back(*std::move(curve));
  }
  return all;
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
