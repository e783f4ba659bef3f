#include "ocrtune/ocr/tesseract_opening.h"

namespace ocrtune {

std::unique_lock<std::mutex> hold_tesseract_opening() {
  static std::mutex opening;
  return std::unique_lock(opening);
}

}  // namespace ocrtune
