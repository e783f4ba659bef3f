#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "ocrtune/ocr/engines/recognizer_pool.h"

namespace ocrtune {

/// That a page has a result.
struct PageDone {
  std::uint64_t bytes = 0;  ///< that the result occupies until it is emitted
};

/// The work on a page; returns nothing if it ended early because it was stopped.
using PageAction = std::function<std::optional<PageDone>(std::size_t page, RecognizerPool&)>;

/// Calls `work` for every page on `workers` threads, and, from the calling thread, `emit(page)` for
/// each page in page order after its work. While results of more than `most_waiting` bytes wait
/// for an earlier page, no page is begun except that one. The first exception ends the loop and is
/// thrown.
void for_each_page(std::size_t page_count, int workers, const RecognitionOptions& recognition,
                   const PageAction& work, const std::function<void(std::size_t)>& emit,
                   const std::atomic<bool>& stop, std::uint64_t most_waiting = 0);

}  // namespace ocrtune
