#include "ocrtune/ocr/lstm/words.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ocrtune/ocr/tessdata/unicharset.h"

namespace ocrtune::lstm {
namespace {

/// Characters' boxes from the decoder: the crop's height, boundaries of time steps.
std::vector<std::vector<layout::Box>> character_boxes(const layout::Box& crop,
                                                      std::span<const DecodedWord> decoded) {
  std::vector<std::vector<layout::Box>> boxes;
  for (const DecodedWord& word : decoded) {
    std::vector<layout::Box>& chars = boxes.emplace_back();
    for (const DecodedChar& c : word.chars) {
      chars.push_back(
          {.left =
               static_cast<int>(std::floor(static_cast<float>(c.begin) * word.step)) + crop.left,
           .bottom = crop.bottom,
           .right = static_cast<int>(std::ceil(static_cast<float>(c.end) * word.step)) + crop.left,
           .top = crop.top});
    }
  }
  return boxes;
}

layout::Box around(const std::vector<layout::Box>& boxes) {
  layout::Box box = layout::Box::nothing();
  for (const layout::Box& b : boxes) box = joined(box, b);
  return box;
}

/// The bounds of a word: those of the layout's words that overlap it much, or its position from the
/// decoder.
layout::Box word_bounds(const std::vector<layout::Box>& parts, const layout::Box& word,
                        const layout::Box& before, const layout::Box& next) {
  layout::Box bounds = layout::Box::nothing();
  for (const layout::Box& part : parts) {
    const int much = std::max(std::min(part.height(), part.width() / 2), part.width() / 4);
    if (common(part, word).width() <= much) continue;
    if (common(part, before).width() > much) {
      bounds.left = word.left;
    } else if (common(part, next).width() > much) {
      bounds.right = word.right;
    } else {
      bounds = joined(bounds, part);
    }
  }
  if (bounds.height() <= 0) {
    bounds.top = word.top;
    bounds.bottom = word.bottom;
  }
  return bounds.width() <= 0 ? word : bounds;
}

/// The right ends of a word's characters: half-way to the next.
std::vector<int> character_ends(const std::vector<layout::Box>& chars, const layout::Box& bounds,
                                const std::vector<layout::Box>* next) {
  std::vector<int> ends;
  for (std::size_t i = 0; i < chars.size(); ++i) {
    int end = std::numeric_limits<int>::max();
    if (i + 1 < chars.size()) {
      end = (chars[i].right + chars[i + 1].left) / 2;
    } else if (next != nullptr && !next->empty()) {
      end = (chars[i].right + next->front().left) / 2;
    }
    ends.push_back(std::max(bounds.left, std::min(end, bounds.right)));
  }
  ends.back() = bounds.right;
  return ends;
}

int clipped(int value, int low, int high) { return value < low ? low : std::min(value, high); }

layout::Box clipped(const layout::Box& box, const layout::Box& bounds) {
  if (bounds.holds(box)) return box;
  return {.left = clipped(box.left, bounds.left, bounds.right - 1),
          .bottom = clipped(box.bottom, bounds.bottom, bounds.top - 1),
          .right = clipped(box.right, bounds.left + 1, bounds.right),
          .top = clipped(box.top, bounds.bottom + 1, bounds.top)};
}

/// Divides a unit's connected components among its words from left to right.
class MarkSharer {
 public:
  explicit MarkSharer(const std::vector<layout::Box>& blobs) : blobs_(blobs) {}

  layout::Box take(const std::vector<layout::Box>& chars, const std::vector<int>& ends,
                   const layout::Box& bounds) {
    layout::Box word = layout::Box::nothing();
    for (std::size_t i = 0; i < chars.size(); ++i) {
      layout::Box mark = layout::Box::nothing();
      for (; next_ < blobs_.size() && blobs_[next_].middle_x() < ends[i]; ++next_)
        mark = joined(mark, clipped(blobs_[next_], bounds));
      if (mark.empty()) mark = clipped(chars[i], bounds);
      word = joined(word, mark);
    }
    return word;
  }

 private:
  const std::vector<layout::Box>& blobs_;
  std::size_t next_ = 0;
};

bool only_spaces(const DecodedWord& word) {
  return std::all_of(word.chars.begin(), word.chars.end(),
                     [](const DecodedChar& c) { return c.unichar == tessdata::kSpaceUnichar; });
}

}  // namespace

void WordMaker::add(const layout::Unit& unit, std::span<const DecodedWord> decoded) {
  const std::vector<std::vector<layout::Box>> chars = character_boxes(unit.crop, decoded);
  MarkSharer marks(unit.blobs);
  layout::Box bounds = layout::Box::nothing();
  for (std::size_t w = 0; w < decoded.size(); ++w) {
    if (chars[w].empty()) continue;
    const bool last = w + 1 == decoded.size();
    bounds = word_bounds(unit.parts, around(chars[w]), bounds,
                         last ? layout::Box::nothing() : around(chars[w + 1]));
    const std::vector<int> ends = character_ends(chars[w], bounds, last ? nullptr : &chars[w + 1]);
    const layout::Box box = marks.take(chars[w], ends, bounds);
    if (!only_spaces(decoded[w])) emit(unit, decoded[w], box, w == 0);
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
