#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "ocrtune/training/cross_validation.h"
#include "ocrtune/training/kept_curves.h"
#include "ocrtune/training/training_set.h"

namespace ocrtune::training {

/// How a training runs.
struct TrainingRun {
  int workers = 1;                   ///< folds at a time
  const KeptCurves* kept = nullptr;  ///< of folds that are done; null: none are kept
  const std::atomic<bool>& stop;     ///< ends it, once true
  /// Called from the thread that called, several times a second: epochs that are done, of at most
  /// so many.
  std::function<void(std::size_t done, std::size_t all)> progress = [](std::size_t, std::size_t) {};
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
