#pragma once

#include "ocrtune/ocr/lstm/line_input.h"
#include "ocrtune/ocr/lstm/line_output.h"
#include "ocrtune/ocr/lstm/workspace.h"

namespace ocrtune::lstm {

/// A network made ready for one way of running it. Immutable; threads share it, each with a
/// workspace of its own.
class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  /// Sets out.probabilities; `out` has its size, steps ≥ 1.
  virtual void run(const LineInput& line, Workspace& workspace, LineOutput& out) const = 0;
};

}  // namespace ocrtune::lstm
