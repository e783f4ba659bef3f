#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <opencv2/core/types.hpp>

#include "ocrtune/corpus/corpus.h"

namespace ocrtune {

/// Memory budget, in bytes.
struct MemoryPlan {
  int workers = 1;             ///< as requested, or fewer if no more recognizers fit
  std::uint64_t pages = 0;     ///< decoded pages kept in memory; others are loaded again
  std::uint64_t cache = 0;     ///< images between stages that are kept for later trials
  std::uint64_t tasks = 0;     ///< pages in progress
  std::uint64_t finished = 0;  ///< results of pages that wait for those of earlier pages
  std::uint64_t parser = 0;    ///< most for a process that parses a file
};

/// Memory that a recognizer with a model of Tesseract occupies. Measured with Tesseract 5.3 and
/// `eng` of tessdata_fast.
inline constexpr std::uint64_t kRecognizerBytes = 50'000'000;

/// The memory with which one worker and a small page fit; `further` as for plan_memory().
std::uint64_t least_memory(std::uint64_t further);

/// Divides `total` bytes, the limit for the whole process, among `workers` and their data. Always
/// allows at least one worker and one page in progress, however small `total` is. `further`: bytes
/// that each worker's external OCR engines and recognizers besides the first occupy.
MemoryPlan plan_memory(std::uint64_t total, int workers, std::uint64_t further = 0);

/// Peak memory of preprocessing and recognizing a page. `in_colour`: the pipeline uses the page's
/// colours.
std::uint64_t task_bytes(const Page& page, bool in_colour);

/// Peak memory of preprocessing and OCR if this is the image that is recognized, which a stage may
/// have enlarged. Holds for any content: noise is rejected before it takes more (ocr/noise.h).
std::uint64_t ocr_bytes(const cv::Size& image);

/// Lets work begin only while the memory it needs is free, in the order of the requests. Work that
/// needs more than the total waits until it runs alone. Thread-safe.
///
/// So that nobody waits for ever, there is one order: memory, then a turn (KeyedMutex), then a
/// device (DeviceUse::Work). With memory reserved, a thread may wait for a turn or a device; with a
/// turn or a device, it must not ask for memory, which is a std::logic_error. A page that waits for
/// a worker, because a device has prepared it, has all the memory that its recognition needs, so
/// that no worker ever waits for memory that such a page holds.
class MemoryGate {
 public:
  explicit MemoryGate(std::uint64_t bytes) : free_(bytes), all_(bytes) {}

  /// Memory that is reserved until destroyed.
  class Reservation {
   public:
    Reservation(MemoryGate& gate, std::uint64_t bytes) : gate_(gate) {
      refuse_with_turn();
      take(bytes);
    }
    ~Reservation() { give_back(); }

    /// If `bytes` exceeds the current reservation, releases it and requests anew, so that waiting
    /// threads do not block each other. The same order holds.
    void grow_to(std::uint64_t bytes);

    Reservation(const Reservation&) = delete;
    Reservation& operator=(const Reservation&) = delete;

   private:
    static void refuse_with_turn();
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
