#pragma once

#include <filesystem>

#include "ocrtune/base/descriptor.h"

namespace ocrtune::training {

/// The folder for what a training has not finished, in that of its models; of one process at a
/// time.
class TrainingFolder {
 public:
  /// Makes it if it is not there. Throws Error(output_unwritable) if it cannot be written, or if
  /// another process trains there.
  explicit TrainingFolder(const std::filesystem::path& models);
  /// Removes it if nothing in it can be resumed.
  ~TrainingFolder();
  TrainingFolder(const TrainingFolder&) = delete;
  TrainingFolder& operator=(const TrainingFolder&) = delete;

  /// For files that mean nothing to another process.
  [[nodiscard]] std::filesystem::path scratch() const { return path_ / "scratch"; }
  /// For finished parts.
  [[nodiscard]] std::filesystem::path kept() const { return path_ / "folds"; }
  /// Removes the files that mean nothing to another process.
  void remove_scratch() const;
  /// Removes it, and the folder of models if that is empty.
  void remove() const;

 private:
  std::filesystem::path path_;
  Descriptor lock_;
};

}  // namespace ocrtune::training
