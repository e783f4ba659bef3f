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

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Removes it, and the folder of models if that is empty.
  void remove() const;

 private:
  std::filesystem::path path_;
  Descriptor lock_;
};

}  // namespace ocrtune::training
