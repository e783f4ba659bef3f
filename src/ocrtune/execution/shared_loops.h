#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <list>
#include <mutex>
#include <utility>

namespace ocrtune {

/// Loops of threads that work, in which idle threads take part. Thread-safe.
class SharedLoops {
 public:
  /// `opened` is called when there are steps to help with.
  explicit SharedLoops(std::function<void()> opened) : opened_(std::move(opened)) {}

  /// Calls `step(i)` once for every i below `count`, on this thread and on those that help, and
  /// returns when all are done. The first exception of a step stops the loop and is rethrown.
  /// Returns the ms that other threads spent on steps, less those that this one waited for them:
  /// with the time of the call, the time that the steps took.
  double run(std::size_t count, const std::function<void(std::size_t)>& step);

  /// Whether a loop has steps that nobody has begun.
  [[nodiscard]] bool has_steps() const;

  /// Executes one of these steps, if there is one.
  void help();

 private:
  struct Loop {
    [[nodiscard]] bool has_steps() const { return next < count; }

    const std::function<void(std::size_t)>& step;
    std::size_t count;
    std::size_t next = 0;
    std::size_t helpers = 0;  // that execute a step
    double helped_ms = 0;
    std::exception_ptr failure = nullptr;
  };

  void execute(Loop& loop, std::size_t step);

  const std::function<void()> opened_;
  mutable std::mutex mutex_;
  std::condition_variable helped_;
  std::list<Loop*> loops_;
};

}  // namespace ocrtune
