#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace ocrtune {
struct Problem;
}

namespace ocrtune::workflow {

/// How far a workflow is.
struct Progress {
  std::string line;      ///< for people: "12/120 points, 0.51 points/s, …, 3 min left"
  std::size_t done = 0;  ///< of `all`: pages, or the points of a search
  std::size_t all = 0;   ///< 0: not known
};

/// What a workflow tells while it works, and what ends it. All functions are called from the thread
/// that called the workflow; each may be left as it is.
struct Events {
  /// News, a line each.
  std::function<void(const std::string&)> say = [](const std::string&) {};
  /// What only those who look for the cause of something want to know.
  std::function<void(const std::string&)> detail = [](const std::string&) {};
  /// What was left out or failed, a line each; the rest goes on.
  std::function<void(const std::string&)> warn = [](const std::string&) {};
  /// Several times a second.
  std::function<void(const Progress&)> progress = [](const Progress&) {};
  /// Once it is true the workflow ends soon, with all that is finished kept. It outlives the call.
  const std::atomic<bool>* stop = &never();

  /// True once `stop` is.
  [[nodiscard]] bool stopped() const { return stop->load(); }

 private:
  static const std::atomic<bool>& never() {
    static const std::atomic<bool> kNever{false};
    return kNever;
  }
};

/// Warns of inputs that can't be used, a line each.
void warn_of(const std::vector<Problem>& problems, const Events& events);

}  // namespace ocrtune::workflow
