#include "ocrtune/documents/quarter_turns.h"

#include <utility>

#include "ocrtune/documents/box.h"

namespace ocrtune {
namespace {

/// One rotation by 90 degrees counterclockwise.
void turn_back_once(OcrResult& reading) {
  for (Word& word : reading.words) {
    if (!has_box(word)) continue;
    const Word before = word;
    word.left = before.top;
    word.right = before.bottom;
    word.top = reading.width - before.right;
    word.bottom = reading.width - before.left;
  }
  std::swap(reading.width, reading.height);
}

}  // namespace

void turn_back(OcrResult& reading, int turns) {
  for (int i = 0; i < turns; ++i) turn_back_once(reading);
}

}  // namespace ocrtune
