#pragma once

#include <span>
#include <vector>

#include "ocrtune/ocr/layout/layout.h"
#include "ocrtune/ocr/lstm/decoded_word.h"
#include "ocrtune/ocr/reading.h"

namespace ocrtune::lstm {

/// Makes a page's final words of what its units were decoded to, as Tesseract does: boxes from the
/// unit's marks, which words share by the characters' boundaries (its ReplaceCurrentWord); words
/// that are only spaces are dropped; blocks, paragraphs, lines and words numbered as in its TSV.
class WordMaker {
 public:
  /// `layout` has to outlive this.
  WordMaker(const layout::PageLayout& layout, std::vector<Word>& words)
      : layout_(layout), words_(words) {}

  /// Units have to come in their order. `step`: source px for a time step.
  void add(const layout::Unit& unit, std::span<const DecodedWord> decoded, float step);
  /// A unit of a picture: Tesseract gives spaces, one for each mark, with a confidence of 95.
  void add_picture(const layout::Unit& unit);
  /// Keeps the words of the row that was read best, as Tesseract does for pages of one line.
  void keep_best_row();

 private:
  void emit(const layout::Unit& unit, const DecodedWord& decoded, const layout::Box& box);

  struct RowScore {
    int row = 0;
    float certainty = 0;
    int words = 0;
  };

  const layout::PageLayout& layout_;
  std::vector<Word>& words_;
  std::vector<int> rows_;           ///< of each word
  std::vector<float> certainties_;  ///< of each word
  int block_ = -1;
  int paragraph_ = -1;
  int row_ = -1;
  Word number_;
};

}  // namespace ocrtune::lstm
