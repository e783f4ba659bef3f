#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "ocrtune/training/cross_validation.h"

namespace ocrtune::training {

/// The folds of a training that are done, a file each in a folder, so that it can be resumed. A
/// file is whole or absent, and read only by a training with the same `key`, which has to state all
/// that the curves depend on. Thread-safe for different folds.
class KeptCurves {
 public:
  KeptCurves(std::filesystem::path folder, const std::string& key);

  /// The curve of a fold of so many lines in all; nothing if there is none or it is damaged.
  [[nodiscard]] std::optional<FoldCurve> find(std::size_t fold, std::size_t lines) const;

  /// Throws Error(output_unwritable).
  void keep(std::size_t fold, const FoldCurve& curve) const;

 private:
  [[nodiscard]] std::filesystem::path file_of(std::size_t fold) const;

  std::filesystem::path folder_;
  std::string key_;
};

}  // namespace ocrtune::training
