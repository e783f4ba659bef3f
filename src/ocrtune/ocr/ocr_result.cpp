#include "ocrtune/ocr/ocr_result.h"

#include <fmt/format.h>

namespace ocrtune {
namespace {

bool same_paragraph(const Word& a, const Word& b) {
  return a.block == b.block && a.paragraph == b.paragraph;
}

}  // namespace

std::string plain_text(const OcrResult& reading) {
  std::string text;
  const Word* previous = nullptr;
  for (const Word& word : reading.words) {
    if (previous != nullptr) {
      if (!same_paragraph(*previous, word)) {
        text += "\n\n";
      } else {
        text += previous->line == word.line ? ' ' : '\n';
      }
    }
    text += word.text;
    previous = &word;
  }
  if (previous != nullptr) text += '\n';
  return text;
}

std::string tsv_text(const OcrResult& reading, int page_number) {
  std::string text =
      "level\tpage_num\tblock_num\tpar_num\tline_num\tword_"
      "num\tleft\ttop\twidth\theight\tconf\ttext\n";
  for (const Word& word : reading.words) {
    text += fmt::format("5\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", page_number, word.block,
                        word.paragraph, word.line, word.index, word.left, word.top,
                        word.right - word.left, word.bottom - word.top, word.confidence, word.text);
  }
  return text;
}

double mean_confidence(const OcrResult& reading) {
  if (reading.words.empty()) return 0;
  double sum = 0;
  for (const Word& word : reading.words) sum += word.confidence;
  return sum / static_cast<double>(reading.words.size());
}

}  // namespace ocrtune
