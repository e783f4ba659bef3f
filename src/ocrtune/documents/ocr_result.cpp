#include "ocrtune/documents/ocr_result.h"

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

bool same_paragraph(const Word& a, const Word& b) {
  return a.block == b.block && a.paragraph == b.paragraph;
}

}  // namespace

std::string plain_text(const OcrResult& ocr_result) {
  std::string text;
  const Word* previous = nullptr;
  for (const Word& word : ocr_result.words) {
    if (previous != nullptr) {
      if (!same_paragraph(*previous, word)) {
        text += "\n\n";
      } else {
        if (previous->line != word.line)
          text += '\n';
        else if (word.space_before)
          text += ' ';
      }
    }
    text += word.text;
    previous = &word;
  }
  if (previous != nullptr) text += '\n';
  return text;
}

std::u32string text_without_spaces(const OcrResult& ocr_result) {
  std::u32string letters;
  for (const Word& word : ocr_result.words) letters += code_points(word.text);
  return letters;
}

double mean_confidence(const OcrResult& ocr_result) {
  if (ocr_result.words.empty()) return 0;
  double sum = 0;
  for (const Word& word : ocr_result.words) sum += word.confidence;
  return sum / static_cast<double>(ocr_result.words.size());
}

}  // namespace ocrtune
