#include "ocrtune/documents/quarter_turns.h"

#include <utility>

#include "ocrtune/documents/box.h"

namespace ocrtune {
namespace {

/// One rotation by 90 degrees counterclockwise.
void turn_back_once(OcrResult& ocr_result) {
  for (Word& word : ocr_result.words) {
    if (!has_box(word)) continue;
    const Word before = word;
    word.left = before.top;
    word.right = before.bottom;
    word.top = ocr_result.width - before.right;
    word.bottom = ocr_result.width - before.left;
  }
  std::swap(ocr_result.width, ocr_result.height);
}

}  // namespace

void turn_back(OcrResult& ocr_result, int turns) {
  for (int i = 0; i < turns; ++i) turn_back_once(ocr_result);
}

}  // namespace ocrtune
