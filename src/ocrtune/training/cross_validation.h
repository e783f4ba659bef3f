#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "ocrtune/metrics/statistics.h"
#include "ocrtune/training/training_set.h"

namespace ocrtune::training {

/// How models are trained.
struct TrainingPlan {
  std::size_t folds = 5;         ///< at least 2 and at most the pages of the set
  std::size_t epochs = 40;       ///< passes over all lines, at most
  std::size_t patience = 3;      ///< epochs without fewer errors after which a fold ends
  std::size_t least_epochs = 0;  ///< that a fold has nevertheless
  std::uint64_t seed = 0;
};

/// Edit distances, summed over lines.
struct LineErrors {
  std::size_t characters = 0;  ///< code points
  std::size_t words = 0;

  /// Adds those of another line.
  LineErrors& operator+=(const LineErrors& other);
  /// Whether both are equal.
  bool operator==(const LineErrors&) const = default;
};

/// The errors in the lines of a fold, after each epoch; the first is the base. Of other lines 0.
using FoldCurve = std::vector<std::vector<LineErrors>>;

/// The fold in which a page is left out.
std::size_t fold_of(std::size_t page, const TrainingPlan& plan);

/// Trains a model with the lines of all other folds' pages and recognizes those of this fold after
/// each epoch, until `patience` epochs in a row had no fewer wrong characters. `epoch_done` is
/// called after each. Nothing if it was stopped. Throws as the trainer.
std::optional<FoldCurve> fold_curve(const TrainingSet& set, const ModelTrainer& trainer,
                                    std::size_t fold, const TrainingPlan& plan,
                                    const std::atomic<bool>& stop,
                                    const std::function<void()>& epoch_done);

/// The share of wrong characters in the lines of the folds that have a curve, after each epoch, the
/// base first; empty if none has. Pure.
std::vector<double> error_curve(const TrainingSet& set,
                                const std::vector<std::optional<FoldCurve>>& curves,
                                const TrainingPlan& plan);

/// The greatest number of epochs that outcome_of() chooses for these curves; a curve that is
/// shorter has to be trained further before. Pure.
std::size_t epochs_needed(const std::vector<FoldCurve>& curves);

/// The interval of a gain is that of lines instead of pages where there are fewer pages: it holds
/// for other lines of these pages then.
inline constexpr std::size_t kFewestPagesToCompare = 5;

/// What training wins, by lines of pages that were not trained with.
struct Outcome {
  std::size_t epochs = 0;        ///< with the fewest wrong characters over all folds; 0: the base
  double characters_before = 0;  ///< share of wrong ones with the base, from 0
  double characters_after = 0;   ///< with models of which neither lines nor epochs know the page
  double words_before = 0;       ///< share of wrong ones with the base, from 0
  double words_after = 0;        ///< as characters_after
  std::vector<double> curve;     ///< share of wrong characters after each epoch, the base first
  /// Decrease in the share of wrong characters, with a 95 % interval by Student's t distribution
  /// (1908) of the contributions of pages, or of lines where there are fewer than
  /// kFewestPagesToCompare.
  Interval gain;
  /// Whether the whole interval lies above 0, and no more words are wrong.
  bool is_taken = false;
};

/// The outcome of all folds' curves, one for each. The epochs for a fold's pages are chosen by the
/// other folds alone, so that the errors are as unbiased as those of the pages that were left out
/// (Varma & Simon 2006). Pure.
Outcome outcome_of(const TrainingSet& set, const std::vector<FoldCurve>& curves,
                   const TrainingPlan& plan);

}  // namespace ocrtune::training
