#include "ocrtune/ocr/layout/rows.h"

#include <cstddef>
#include <utility>

#include "ocrtune/ocr/layout/iterator_box.h"
#include "ocrtune/ocr/layout/row_geometry.h"

namespace ocrtune::layout {
namespace {

/// Iterates over Tesseract's layout.
class Walk {
 public:
  Walk(tesseract::PageIterator& it, int height, std::vector<LaidRow>& rows)
      : it_(it), height_(height), rows_(rows) {
    it_.SetBoundingBoxComponents(true, true);
  }

  /// Adds rows with their words; false if something is rotated, vertical or from right to left.
  bool add_rows() {
    do {
      if (it_.Empty(tesseract::RIL_WORD)) continue;
      if (!upright()) return false;
      start_row();
      add_word(rows_.back().words, false);
    } while (it_.Next(tesseract::RIL_WORD));
    return true;
  }

  /// Adds units to the rows.
  void add_units() {
    std::size_t row = 0;
    bool first = true;
    do {
      if (it_.Empty(tesseract::RIL_WORD)) continue;
      if (!first && it_.IsAtBeginningOf(tesseract::RIL_TEXTLINE)) ++row;
      first = false;
      if (it_.IsAtBeginningOf(tesseract::RIL_PARA)) ++paragraph_;
      if (row < rows_.size()) add_word(rows_[row].units, true);
    } while (it_.Next(tesseract::RIL_WORD));
  }

 private:
  [[nodiscard]] bool upright() const {
    tesseract::Orientation orientation{};
    tesseract::WritingDirection direction{};
    tesseract::TextlineOrder order{};
    float skew = 0;
    it_.Orientation(&orientation, &direction, &order, &skew);
    return orientation == tesseract::ORIENTATION_PAGE_UP &&
           direction == tesseract::WRITING_DIRECTION_LEFT_TO_RIGHT;
  }

  void start_row() {
    if (it_.IsAtBeginningOf(tesseract::RIL_BLOCK)) ++block_;
    if (!rows_.empty() && !it_.IsAtBeginningOf(tesseract::RIL_TEXTLINE)) return;
    LaidRow row{.block = block_};
    it_.RowAttributes(&row.height, &row.descenders, &row.ascenders);
    rows_.push_back(std::move(row));
  }

  void add_word(std::vector<LaidWord>& words, bool as_unit) {
    LaidWord word{.box = box_at(it_, tesseract::RIL_WORD, height_),
                  .paragraph = paragraph_,
                  .picture = !tesseract::PTIsTextType(it_.BlockType())};
    int x1 = 0;
    int y1 = 0;
    int x2 = 0;
    int y2 = 0;
    it_.Baseline(tesseract::RIL_WORD, &x1, &y1, &x2, &y2);
    word.left_base = height_ - y1;
    word.right_base = height_ - y2;
    if (as_unit) {
      if (const auto row = RowGeometry::of(it_))
        word.exact = RowAt{row->baseline(word.box.middle_x()), row->x_height()};
    }
    add_blobs(word);
    words.push_back(std::move(word));
  }

  void add_blobs(LaidWord& word) const {
    if (it_.Empty(tesseract::RIL_SYMBOL)) return;
    tesseract::PageIterator symbol(it_);
    do {
      word.blobs.push_back(box_at(symbol, tesseract::RIL_SYMBOL, height_));
    } while (symbol.Next(tesseract::RIL_SYMBOL) && !symbol.IsAtBeginningOf(tesseract::RIL_WORD));
  }

  tesseract::PageIterator& it_;
  int height_;
  int block_ = 0;
  int paragraph_ = 0;
  std::vector<LaidRow>& rows_;
};

}  // namespace

bool add_rows(tesseract::PageIterator& it, int height, std::vector<LaidRow>& rows) {
  return Walk(it, height, rows).add_rows();
}

void add_units(tesseract::PageIterator& it, int height, std::vector<LaidRow>& rows) {
  Walk(it, height, rows).add_units();
}

}  // namespace ocrtune::layout
