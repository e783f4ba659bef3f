#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "ocrtune/training/cross_validation.h"
#include "ocrtune/training/kept_curves.h"
#include "ocrtune/training/training_set.h"

namespace ocrtune::training {

/// How far a training is.
struct TrainingProgress {
  std::size_t done = 0;       ///< epochs, summed over folds
  std::size_t all = 0;        ///< epochs at most
  std::vector<double> curve;  ///< error_curve() of the folds that are done
};

/// How a training runs.
struct TrainingRun {
  int workers = 1;                   ///< folds at a time
  const KeptCurves* kept = nullptr;  ///< of folds that are done; null: none are kept
  const std::atomic<bool>& stop;     ///< ends it, once true
  /// Called from the thread that called, several times a second.
  std::function<void(const TrainingProgress&)> progress = [](const TrainingProgress&) {};
};

/// A model, and what training it wins.
struct TrainedModel {
  Outcome outcome;
  std::unique_ptr<ModelInTraining> model;  ///< trained with all lines; null if it is not taken
};

/// Trains a model with all but a fold's lines for each fold, and, if that wins, one with all lines.
/// The same arguments give the same, whatever the number of workers. Nothing if it was stopped.
/// Throws as the trainer and KeptCurves.
std::optional<TrainedModel> train_model(const TrainingSet& set, const ModelTrainer& trainer,
                                        const TrainingPlan& plan, const TrainingRun& run);

}  // namespace ocrtune::training
