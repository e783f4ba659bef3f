#include "ocrtune/documents/words_json.h"

#include <nlohmann/json.hpp>

namespace ocrtune {

nlohmann::json words_json(const OcrResult& ocr_result) {
  nlohmann::json words = nlohmann::json::array();
  for (const Word& word : ocr_result.words) {
    words.push_back({word.text, word.confidence, word.left, word.top, word.right, word.bottom});
    if (!word.alternatives.empty()) words.back().push_back(word.alternatives);
  }
  return words;
}

}  // namespace ocrtune
