#pragma once

#include <mutex>

namespace ocrtune {

/// Opening Tesseract writes process-wide variables of its own: one thread at a time.
std::unique_lock<std::mutex> hold_tesseract_opening();

}  // namespace ocrtune
