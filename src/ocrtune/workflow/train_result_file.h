#pragma once

#include <chrono>
#include <string>

#include "ocrtune/workflow/train.h"

namespace ocrtune::workflow {

/// The file of `train --result`: what `--json` prints, and how far the training is until then.
class TrainResultFile {
 public:
  /// `path`: empty if there is none. Throws Error(output_unwritable) if it cannot be written.
  explicit TrainResultFile(std::string path);

  /// Throws Error(output_unwritable).
  void write(const Trained& trained);

  /// Writes it with the engine at work, once a second at most, if it can.
  void write_progress(Trained trained, EngineAtWork at_work);

 private:
  std::string path_;
  std::chrono::steady_clock::time_point written_;
};

}  // namespace ocrtune::workflow
