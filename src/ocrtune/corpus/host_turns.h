#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace ocrtune {

/// When hosts may be sent the next request, so that a collection of pages does not overload them.
/// Thread-safe.
class HostTurns {
 public:
  /// Those of this process.
  static HostTurns& all();

  /// Waits until `host` may be sent a request; the next one may be sent `interval` later.
  void wait(const std::string& host, std::chrono::milliseconds interval);

  /// Lets no request be sent to `host` for this time, which it has asked for.
  void hold(const std::string& host, std::chrono::milliseconds time);

 private:
  using Clock = std::chrono::steady_clock;

  std::mutex mutex_;
  std::map<std::string, Clock::time_point> free_;  ///< from when on
};

}  // namespace ocrtune
