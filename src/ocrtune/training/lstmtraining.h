#pragma once

#include <atomic>
#include <filesystem>

namespace ocrtune::training {

/// Tesseract's program `lstmtraining` in the folders of PATH. Throws Error(dependency_missing),
/// naming the package to install, if there is none. Thread-safe.
std::filesystem::path find_lstmtraining();

/// The files of one training. Its folder holds the checkpoints, and is its own.
struct TrainingFiles {
  std::filesystem::path program;  ///< `lstmtraining`
  std::filesystem::path network;  ///< the LSTM component that the training begins with
  std::filesystem::path model;    ///< the .traineddata file of its characters and dictionaries
  std::filesystem::path folder;
};

/// Where a training is.
struct TrainingState {
  int iterations = 0;  ///< lines trained with
  int lines = 0;       ///< with those that `lstmtraining` left out
};

/// Trains with the next `count` lines of an `.lstmf` file in the folder, named kSliceFile, of which
/// line `state.lines` modulo their number is the first. False if it was stopped: the training
/// cannot go on then. Throws Error(dependency_missing) with one line if the program fails.
/// Thread-safe for different folders.
bool train_lines(const TrainingFiles& files, int count, TrainingState& state,
                 const std::atomic<bool>& stop);
inline constexpr const char* kSliceFile = "slice.lstmf";

/// Writes the model as it is now, with integer weights, to a .traineddata file. Throws
/// Error(dependency_missing) with one line if the program fails. Thread-safe for different folders.
void write_integer_model(const TrainingFiles& files, const TrainingState& state,
                         const std::filesystem::path& model);

}  // namespace ocrtune::training
