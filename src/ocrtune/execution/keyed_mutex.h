#pragma once

#include <condition_variable>
#include <mutex>
#include <unordered_set>

#include "ocrtune/base/hash.h"

namespace ocrtune {

/// Prevents two threads from doing the same work at once: the second one waits until the first one
/// is done and then finds its result. Thread-safe.
class KeyedMutex {
 public:
  /// The right to do the work `key`, its turn, held by the thread until destroyed. A thread that
  /// holds one must not take another of the same KeyedMutex, nor ask for memory (MemoryGate).
  class Lock {
   public:
    Lock(KeyedMutex& mutex, const ContentHash& key);
    ~Lock();
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

   private:
    KeyedMutex& mutex_;
    ContentHash key_;
  };

  /// Whether this thread holds a turn of any KeyedMutex.
  static bool held_by_this_thread();

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  std::unordered_set<ContentHash> taken_;
};

}  // namespace ocrtune
