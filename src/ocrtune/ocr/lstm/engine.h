#pragma once

#include <span>

#include "ocrtune/ocr/lstm/line_input.h"
#include "ocrtune/ocr/lstm/line_output.h"
#include "ocrtune/ocr/lstm/workspace.h"

namespace ocrtune::lstm {

/// A network prepared for one way of running it. Immutable; threads share it, each with a workspace
/// of its own.
class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  /// A line and the destination of its probabilities: `out` has its size, steps ≥ 1.
  struct Job {
    const LineInput* line = nullptr;
    LineOutput* out = nullptr;
  };

  /// Greatest number of lines for one call of run().
  [[nodiscard]] virtual int max_lines() const { return 1; }
  /// Computes the probabilities of lines, the widest first.
  virtual void run(std::span<const Job> jobs, Workspace& workspace) const = 0;
};

}  // namespace ocrtune::lstm
