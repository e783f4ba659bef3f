#pragma once

#include <condition_variable>
#include <mutex>
#include <unordered_set>

#include "ocrtune/base/hash.h"

namespace ocrtune {

/// Prevents two threads from doing the same work at once: the second one waits until the first one
/// is done and then finds its result. Thread-safe.
class Turns {
 public:
  /// The right to do the work `key`, held until destroyed. A thread that holds one must not take
  /// another of the same Turns.
  class Turn {
   public:
    Turn(Turns& turns, const ContentHash& key);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Turns& turns_;
    ContentHash key_;
  };

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  std::unordered_set<ContentHash> taken_;
};

}  // namespace ocrtune
