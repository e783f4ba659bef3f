#include "ocrtune/ocr/lstm/words.h"

#include <algorithm>
#include <cmath>

#include "ocrtune/ocr/lstm/word_boxes.h"
#include "ocrtune/ocr/tessdata/unicharset.h"

namespace ocrtune::lstm {
namespace {

bool only_spaces(const DecodedWord& word) {
  return std::all_of(word.chars.begin(), word.chars.end(),
                     [](const DecodedChar& c) { return c.unichar == tessdata::kSpaceUnichar; });
}

}  // namespace

void WordMaker::add(const layout::Unit& unit, std::span<const DecodedWord> decoded) {
  const std::vector<layout::Box> boxes = word_boxes(unit, decoded);
  for (std::size_t w = 0; w < decoded.size(); ++w) {
    if (!decoded[w].chars.empty() && !only_spaces(decoded[w]))
      emit(unit, decoded[w], boxes[w], w == 0);
  }
}

void WordMaker::add_picture(const layout::Unit& unit) {
  if (unit.blobs.empty()) return;
  emit(unit, {.text = std::string(unit.blobs.size(), ' '), .certainty = -1}, around(unit.blobs),
       true);
}

void WordMaker::emit(const layout::Unit& unit, const DecodedWord& decoded, const layout::Box& box,
                     bool starts_unit) {
  if (unit.block != block_) {
    ++number_.block;
    number_.paragraph = number_.line = number_.index = 0;
    paragraph_ = row_ = -1;
  }
  if (unit.paragraph != paragraph_) {
    ++number_.paragraph;
    number_.line = number_.index = 0;
  }
  if (unit.row != row_) {
    ++number_.line;
    number_.index = 0;
  }
  block_ = unit.block;
  paragraph_ = unit.paragraph;
  row_ = unit.row;
  ++number_.index;
  const float confidence = std::clamp(100 + 5 * decoded.certainty, 0.0F, 100.0F);
  Word word = number_;
  word.text = decoded.text;
  word.confidence = static_cast<int>(confidence);
  word.space_before = !measured_spaces_ || starts_unit || word.index == 1 || decoded.space_before;
  word.characters.reserve(decoded.chars.size());
  for (const DecodedChar& c : decoded.chars) {
    if (c.unichar == tessdata::kSpaceUnichar) continue;
    word.characters.push_back(
        {.text = std::string(c.text), .probability = std::exp(std::min(c.certainty, 0.0F))});
  }
  word.left = std::clamp(box.left, 0, layout_.width);
  word.top = std::clamp(layout_.height - box.top, 0, layout_.height);
  word.right = std::clamp(box.right, word.left, layout_.width);
  word.bottom = std::clamp(layout_.height - box.bottom, word.top, layout_.height);
  words_.push_back(std::move(word));
  rows_.push_back(unit.row);
  certainties_.push_back(decoded.certainty);
}

void WordMaker::keep_best_row() {
  std::vector<RowScore> scores;
  for (std::size_t w = 0; w < words_.size(); ++w) {
    if (scores.empty() || scores.back().row != rows_[w]) scores.push_back({.row = rows_[w]});
    scores.back().certainty += certainties_[w];
    ++scores.back().words;
  }
  const auto mean = [](const RowScore& s) { return s.certainty / static_cast<float>(s.words); };
  const auto best =
      std::max_element(scores.begin(), scores.end(),
                       [&](const RowScore& a, const RowScore& b) { return mean(a) < mean(b); });
  if (best == scores.end() || scores.size() == 1) return;
  std::vector<Word> kept;
  for (std::size_t w = 0; w < words_.size(); ++w)
    if (rows_[w] == best->row) kept.push_back(std::move(words_[w]));
  words_ = std::move(kept);
}

}  // namespace ocrtune::lstm
