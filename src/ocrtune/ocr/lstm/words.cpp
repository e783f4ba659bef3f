#include "ocrtune/ocr/lstm/words.h"

#include <algorithm>
#include <cmath>

#include "ocrtune/ocr/lstm/word_boxes.h"
#include "ocrtune/ocr/tessdata/unicharset.h"

namespace ocrtune::lstm {
namespace {

constexpr std::size_t kNotListed = static_cast<std::size_t>(-1);

bool only_spaces(const DecodedWord& word) {
  return std::all_of(word.chars.begin(), word.chars.end(),
                     [](const DecodedChar& c) { return c.unichar == tessdata::kSpaceUnichar; });
}

/// Characters as listed, without spaces, in reading order.
void put_in_order(const DirectedWord& word, const std::vector<int>& order,
                  std::vector<Character>& characters) {
  std::vector<std::size_t> places;  // of each character of the word among those listed
  std::size_t listed = 0;
  for (const DirectedCharacter& c : word) places.push_back(c.text == " " ? kNotListed : listed++);
  if (listed != characters.size()) return;
  std::vector<Character> ordered;
  ordered.reserve(characters.size());
  for (const int character : order) {
    const std::size_t place = places[static_cast<std::size_t>(character)];
    if (place != kNotListed) ordered.push_back(std::move(characters[place]));
  }
  characters = std::move(ordered);
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
  if (both_directions_) {
    DirectedWord& directed = directed_.emplace_back();
    for (const DecodedChar& c : decoded.chars)
      directed.push_back({std::string(c.text), c.direction});
  }
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
  const auto keep = [&](auto& of_words) {
    std::size_t w = 0;
    std::erase_if(of_words, [&](const auto&) { return rows_[w++] != best->row; });
  };
  keep(words_);
  if (both_directions_) keep(directed_);
  rows_.assign(words_.size(), best->row);
}

bool WordMaker::order() {
  if (!has_right_to_left(directed_)) return true;
  std::vector<std::vector<DirectedWord>> lines;
  std::vector<std::size_t> begins;
  for (std::size_t w = 0; w < directed_.size(); ++w) {
    if (w == 0 || rows_[w] != rows_[w - 1]) {
      lines.emplace_back();
      begins.push_back(w);
    }
    lines.back().push_back(directed_[w]);
  }
  const auto ordered = reading_order(lines);
  if (!ordered) return false;
  std::vector<Word> words;
  words.reserve(words_.size());
  for (std::size_t line = 0; line < lines.size(); ++line) {
    int index = 0;
    for (const OrderedWord& each : (*ordered)[line]) {
      Word word = words_[begins[line] + each.index];
      word.text = each.text;
      word.index = ++index;
      word.space_before = true;
      put_in_order(lines[line][each.index], each.characters, word.characters);
      words.push_back(std::move(word));
    }
  }
  words_ = std::move(words);
  return true;
}

}  // namespace ocrtune::lstm
