#include "ocrtune/documents/page_tree.h"

#include "ocrtune/documents/glyph_clusters.h"

namespace ocrtune {

bool runs_right_to_left(const ParagraphOfLines& paragraph) {
  int balance = 0;
  for (const LineOfWords& line : paragraph.lines) {
    for (const Word& word : line.words) balance += right_to_left_letters(word.text);
  }
  return balance > 0;
}

std::vector<BlockOfParagraphs> page_tree(const OcrResult& ocr_result) {
  std::vector<BlockOfParagraphs> blocks;
  const std::span<const Word> words(ocr_result.words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    const Word* before = i == 0 ? nullptr : &words[i - 1];
    const Box box = box_of(word);
    const bool same_block = before != nullptr && before->block == word.block;
    const bool same_paragraph = same_block && before->paragraph == word.paragraph;
    const bool same_line = same_paragraph && before->line == word.line;
    if (!same_block) blocks.push_back({.box = box, .paragraphs = {}});
    BlockOfParagraphs& block = blocks.back();
    if (!same_paragraph) block.paragraphs.push_back({.box = box, .lines = {}});
    ParagraphOfLines& paragraph = block.paragraphs.back();
    if (!same_line) paragraph.lines.push_back({.box = box, .words = words.subspan(i, 0)});
    LineOfWords& line = paragraph.lines.back();
    line.words = {line.words.data(), line.words.size() + 1};
    for (Box* outer : {&line.box, &paragraph.box, &block.box}) *outer = around(*outer, box);
  }
  return blocks;
}

}  // namespace ocrtune
