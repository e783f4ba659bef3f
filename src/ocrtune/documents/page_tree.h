#pragma once

#include <span>
#include <vector>

#include "ocrtune/documents/box.h"
#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// The words of an OCR result by line, paragraph and block, each with the box around its words.
struct LineOfWords {
  Box box;
  std::span<const Word> words;
};
struct ParagraphOfLines {
  Box box;
  std::vector<LineOfWords> lines;
};
struct BlockOfParagraphs {
  Box box;
  std::vector<ParagraphOfLines> paragraphs;
};

/// Whether more of a paragraph's letters are of scripts that run from right to left than of others.
bool runs_right_to_left(const ParagraphOfLines& paragraph);

/// `ocr_result` must outlive the result, which points to its words.
std::vector<BlockOfParagraphs> page_tree(const OcrResult& ocr_result);

}  // namespace ocrtune
