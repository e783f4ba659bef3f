#include "ocrtune/documents/spaces_of_text.h"

#include "ocrtune/base/text.h"

namespace ocrtune {

void take_spaces(OcrResult& ocr_result, std::string_view text) {
  for (Word& word : ocr_result.words) {
    const std::size_t before = text.size();
    while (!text.empty() && trimmed(text.substr(0, 1)).empty()) text.remove_prefix(1);
    if (!text.starts_with(word.text)) return;
    word.space_before = &word == ocr_result.words.data() || text.size() < before;
    text.remove_prefix(word.text.size());
  }
}

}  // namespace ocrtune
