#include "calls.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace ocrtune::python {
namespace {

namespace py = pybind11;

/// How often signals are looked for.
constexpr std::chrono::milliseconds kMoment{50};

/// Passes calls of a working thread to the one that waits for it.
class Exchange {
 public:
  /// In the working thread: returns when the waiting thread has made the call.
  void call(const std::function<void()>& made) {
    std::unique_lock lock(mutex_);
    wanted_ = &made;
    changed_.notify_all();
    changed_.wait(lock, [&] { return wanted_ == nullptr; });
  }

  void end() {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  /// In the waiting thread: waits for a call, the end, or a moment. False at the end.
  bool wait(const std::function<void(const std::function<void()>&)>& make) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kMoment, [&] { return wanted_ != nullptr || ended_; });
    if (wanted_ == nullptr) return !ended_;
    lock.unlock();
    make(*wanted_);
    lock.lock();
    wanted_ = nullptr;
    changed_.notify_all();
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::function<void()>* wanted_ = nullptr;
  bool ended_ = false;
};

/// An exception that a callback raised, or a signal's handler: the first one.
class Raised {
 public:
  explicit Raised(std::atomic<bool>& stop) : stop_(stop) {}

  void guard(const std::function<void()>& made) {
    if (stop_) return;
    const py::gil_scoped_acquire held;
    try {
      made();
    } catch (...) {
      if (!first_) first_ = std::current_exception();
      stop_ = true;
    }
  }

  void rethrow() const {
    if (first_) std::rethrow_exception(first_);
  }

 private:
  std::atomic<bool>& stop_;
  std::exception_ptr first_;
};

}  // namespace

void run_interruptibly(const py::object& progress, const std::function<void(const Events&)>& work) {
  run_interruptibly(progress, [&](const Events& events, const InCaller&) { work(events); });
}

void run_interruptibly(const py::object& progress,
                       const std::function<void(const Events&, const InCaller&)>& work) {
  std::atomic<bool> stop{false};
  Exchange exchange;
  const py::object logger = py::module_::import("logging").attr("getLogger")("ocrtune");
  const auto logs = [&](const char* level) {
    return [&exchange, &logger, level](const std::string& line) {
      exchange.call([&] { logger.attr(level)("%s", line); });
    };
  };
  Events events;
  events.say = logs("info");
  events.detail = logs("debug");
  events.warn = logs("warning");
  events.stop = &stop;
  if (!progress.is_none()) {
    events.progress = [&](const Progress& now) { exchange.call([&] { progress(now); }); };
  }
  std::exception_ptr failure;
  Raised raised(stop);
  {
    const py::gil_scoped_release released;
    std::thread worker([&] {
      try {
        work(events, [&](const std::function<void()>& made) { exchange.call(made); });
      } catch (...) {
        failure = std::current_exception();
      }
      exchange.end();
    });
    while (exchange.wait([&](const std::function<void()>& made) { raised.guard(made); })) {
      raised.guard([] {
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
      });
    }
    worker.join();
  }
  raised.rethrow();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace ocrtune::python
