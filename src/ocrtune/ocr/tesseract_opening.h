#pragma once

#include <mutex>

namespace ocrtune {

/// Opening Tesseract writes to its process-wide variables: only one thread at a time may do it.
std::unique_lock<std::mutex> hold_tesseract_opening();

}  // namespace ocrtune
