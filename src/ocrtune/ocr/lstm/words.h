#pragma once

#include <span>
#include <vector>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/ocr/layout/layout.h"
#include "ocrtune/ocr/lstm/decoded_word.h"
#include "ocrtune/ocr/lstm/reading_order.h"

namespace ocrtune::lstm {

/// Makes a page's final words from the decoded units, as Tesseract does: boxes from the unit's
/// connected components, which are divided among words by the characters' boundaries (its
/// ReplaceCurrentWord); words that are only spaces are dropped; blocks, paragraphs, lines and words
/// are numbered as in its TSV.
class WordMaker {
 public:
  /// `layout` must outlive this. `measured_spaces`: the model's preserve_interword_spaces, with
  /// which words have spaces before them only where the decoder found some.
  /// `both_directions`: words may run from right to left.
  WordMaker(const layout::PageLayout& layout, bool measured_spaces, bool both_directions,
            std::vector<Word>& words)
      : layout_(layout),
        measured_spaces_(measured_spaces),
        both_directions_(both_directions),
        words_(words) {}

  /// Units must be added in order.
  void add(const layout::Unit& unit, std::span<const DecodedWord> decoded);
  /// Adds a unit of a picture: Tesseract returns spaces, one for each connected component, with a
  /// confidence of 95.
  void add_picture(const layout::Unit& unit);
  /// Keeps the words of the row with the best result, as Tesseract does for pages of one line.
  void keep_best_row();
  /// Puts lines with words from right to left into reading order. False if Tesseract has to do it.
  bool order();

 private:
  void emit(const layout::Unit& unit, const DecodedWord& decoded, const layout::Box& box,
            bool starts_unit);

  struct RowScore {
    int row = 0;
    float certainty = 0;
    int words = 0;
  };

  const layout::PageLayout& layout_;
  bool measured_spaces_;
  bool both_directions_;
  std::vector<Word>& words_;
  std::vector<DirectedWord> directed_;  ///< each word, if there may be both directions
  std::vector<int> rows_;               ///< of each word
  std::vector<float> certainties_;      ///< of each word
  int block_ = -1;
  int paragraph_ = -1;
  int row_ = -1;
  Word number_;
};

}  // namespace ocrtune::lstm
