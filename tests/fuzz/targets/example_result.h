#pragma once

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune::fuzz {

/// Two lines of two paragraphs, with everything that a word may have.
inline OcrResult example_result() {
  const Word first{.text = "Total",
                   .confidence = 91,
                   .left = 1,
                   .top = 2,
                   .right = 40,
                   .bottom = 12,
                   .block = 1,
                   .paragraph = 1,
                   .line = 1,
                   .index = 1,
                   .characters = {{.text = "T",
                                   .probability = 0.9,
                                   .alternatives = {{.text = "I", .probability = 0.1}}}},
                   .alternatives = {"Tota1"}};
  Word second = first;
  second.text = "<é>";
  second.left = 50;
  second.right = 90;
  second.index = 2;
  second.space_before = false;
  Word third = first;
  third.top = 20;
  third.bottom = 30;
  third.paragraph = 2;
  return {.words = {first, second, third}, .width = 100, .height = 60};
}

}  // namespace ocrtune::fuzz
