#pragma once

#include <string>
#include <vector>

namespace ocrtune {

/// A word with its place in the image that was given (px, right and bottom excluded).
struct Word {
  std::string text;    ///< UTF-8
  int confidence = 0;  ///< 0 to 100, truncated as Tesseract's TSV consumers do
  int left = 0;        ///< px from the left edge
  int top = 0;         ///< px from the upper edge
  int right = 0;       ///< px; the first column behind the word
  int bottom = 0;      ///< px; the first row below the word
  int block = 0;       ///< numbered from 1, as in Tesseract's TSV
  int paragraph = 0;   ///< within its block
  int line = 0;        ///< within its paragraph
  int index = 0;       ///< within its line
};

/// What a recognizer returns for one image, in reading order.
struct Reading {
  std::vector<Word> words;  ///< in the order they are read
  int width = 0;            ///< px of the image that was given
  int height = 0;           ///< px
};

/// The words, one line of text a line, an empty line between paragraphs.
std::string plain_text(const Reading& reading);

/// Tesseract's TSV at word level with its header: level, page_num, block_num, par_num, line_num,
/// word_num, left, top, width, height, conf, text.
std::string tsv_text(const Reading& reading, int page_number = 1);

/// Mean of the word confidences; 0 where there is no word.
double mean_confidence(const Reading& reading);

}  // namespace ocrtune
