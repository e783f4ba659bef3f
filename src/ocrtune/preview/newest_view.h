#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace ocrtune {

/// Tracks the newest request of each view. Thread-safe.
class NewestView {
 public:
  /// Registers a request of a view; the result becomes true when a newer request of the same view
  /// arrives.
  std::shared_ptr<const std::atomic<bool>> begin(const std::string& view) {
    auto is_over = std::make_shared<std::atomic<bool>>(false);
    const std::scoped_lock lock(mutex_);
    std::erase_if(newest_, [](const auto& known) { return known.second.expired(); });
    std::weak_ptr<std::atomic<bool>>& newest = newest_[view];
    if (const auto older = newest.lock()) *older = true;
    newest = is_over;
    return is_over;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<std::atomic<bool>>> newest_;  // only of requests in progress
};

}  // namespace ocrtune
