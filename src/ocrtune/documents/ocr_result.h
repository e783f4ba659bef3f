#pragma once

#include <string>
#include <vector>

namespace ocrtune {

/// What an engine considered that a character may be.
struct CharacterChoice {
  std::string text;        ///< UTF-8; one code point, or a few
  double probability = 0;  ///< 0 to 1
};

/// A recognized character, from engines that return them.
struct Character {
  std::string text;                           ///< UTF-8
  double probability = 0;                     ///< 0 to 1
  std::vector<CharacterChoice> alternatives;  ///< others, the best first
};

/// A word with its position in the given image (px, right and bottom excluded). A word without a
/// position, of an engine that returns none, has an empty box.
struct Word {
  std::string text;                        ///< UTF-8
  int confidence = 0;                      ///< 0 to 100, truncated as by users of Tesseract's TSV
  int left = 0;                            ///< px from the left edge
  int top = 0;                             ///< px from the upper edge
  int right = 0;                           ///< px; the first column after the word
  int bottom = 0;                          ///< px; the first row below the word
  int block = 0;                           ///< numbered from 1, as in Tesseract's TSV
  int paragraph = 0;                       ///< within its block
  int line = 0;                            ///< within its paragraph
  int index = 0;                           ///< within its line
  bool space_before = true;                ///< whether a space separates it from the one before it
  std::vector<Character> characters = {};  ///< from left to right, from engines that return them
  /// Other texts that OCR results have in its place, where several were combined.
  std::vector<std::string> alternatives = {};
};

/// The OCR result of an image.
struct OcrResult {
  std::vector<Word> words;  ///< in reading order
  int width = 0;            ///< px of the given image
  int height = 0;           ///< px
};

/// The words, one text line per line, an empty line between paragraphs.
std::string plain_text(const OcrResult& ocr_result);

/// The code points of its words, without white space between them.
std::u32string text_without_spaces(const OcrResult& ocr_result);

/// Mean of the word confidences; 0 if there are no words.
double mean_confidence(const OcrResult& ocr_result);

}  // namespace ocrtune
