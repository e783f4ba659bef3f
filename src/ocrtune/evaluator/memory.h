#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <opencv2/core/types.hpp>

#include "ocrtune/image/corpus.h"

namespace ocrtune {

/// How much memory what may take. Bytes.
struct MemoryPlan {
  int workers = 1;          ///< as asked for, or fewer where no more recognizers fit
  std::uint64_t pages = 0;  ///< decoded pages that stay in memory; others are read again
  std::uint64_t cache = 0;  ///< images between stages that are kept for later trials
  std::uint64_t tasks = 0;  ///< pages in work
};

/// Divides `total` bytes, what the process as a whole should take at most, among `workers` and what
/// they work with. At least one worker and one page in work are always there, however little it is.
MemoryPlan plan_memory(std::uint64_t total, int workers);

/// What preprocessing and reading a page take at their height. `in_colour`: by a pipeline that
/// wants the page's colours.
std::uint64_t task_bytes(const Page& page, bool in_colour);

/// What preprocessing and reading take where this is the image that is read, which a stage may have
/// enlarged. Whatever is on it: noise is refused before it takes more (ocr/noise.h).
std::uint64_t reading_bytes(const cv::Size& image);

/// Lets work begin only while the memory it needs is free, in the order of asking. Work that needs
/// more than there is waits until it is alone. Thread-safe.
class MemoryGate {
 public:
  explicit MemoryGate(std::uint64_t bytes) : free_(bytes), all_(bytes) {}

  /// Memory that is taken until destroyed.
  class Room {
   public:
    Room(MemoryGate& gate, std::uint64_t bytes) : gate_(gate) { take(bytes); }
    ~Room() { give_back(); }

    /// Where that is more than it has, gives back what it has and asks anew, so that nobody waits
    /// for those who wait.
    void grow_to(std::uint64_t bytes);

    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

   private:
    void take(std::uint64_t bytes);
    void give_back();

    MemoryGate& gate_;
    std::uint64_t bytes_ = 0;
  };

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t free_;
  std::uint64_t all_;
  std::uint64_t next_ticket_ = 0;
  std::uint64_t serving_ = 0;
};

}  // namespace ocrtune
