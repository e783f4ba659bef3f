#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "ocrtune/base/problem.h"

namespace ocrtune {

/// Progress of a workflow.
struct Progress {
  std::string line;      ///< for display: "12/120 points, 0.51 points/s, …, 3 min left"
  std::size_t done = 0;  ///< out of `all`: pages, or points of a search
  std::size_t all = 0;   ///< 0: unknown
};

/// Callbacks of a workflow, and its stop flag. All callbacks are called from the thread that called
/// the workflow; each has a default that does nothing.
struct Events {
  /// Messages, one line each.
  std::function<void(const std::string&)> say = [](const std::string&) {};
  /// Details for troubleshooting.
  std::function<void(const std::string&)> detail = [](const std::string&) {};
  /// Inputs that were left out and failures, one line each; the workflow continues.
  std::function<void(const std::string&)> warn = [](const std::string&) {};
  /// Called several times a second.
  std::function<void(const Progress&)> progress = [](const Progress&) {};
  /// Once this is true, the workflow ends soon and keeps all finished work. It must outlive the
  /// call.
  const std::atomic<bool>* stop = &never();

  /// True once `stop` is true.
  [[nodiscard]] bool stopped() const { return stop->load(); }

 private:
  static const std::atomic<bool>& never() {
    static const std::atomic<bool> kNever{false};
    return kNever;
  }
};

/// Warns about inputs that cannot be used, one line each.
void warn_of(const std::vector<Problem>& problems, const Events& events);

}  // namespace ocrtune
