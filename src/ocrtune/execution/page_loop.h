#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

#include "ocrtune/ocr/engines/recognizer_pool.h"

namespace ocrtune {

/// Calls `work(page, recognizers)` for every page on `workers` threads, and, from the calling
/// thread, `emit(page)` for each page in page order after its work. `work` returns false if it
/// ended early because of `stop`. The first exception ends the loop and is thrown.
void for_each_page(std::size_t page_count, int workers, const RecognitionOptions& recognition,
                   const std::function<bool(std::size_t, RecognizerPool&)>& work,
                   const std::function<void(std::size_t)>& emit, const std::atomic<bool>& stop);

}  // namespace ocrtune
