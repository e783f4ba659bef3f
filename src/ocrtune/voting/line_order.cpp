#include "ocrtune/voting/line_order.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "ocrtune/voting/append_line.h"
#include "ocrtune/voting/groups.h"

namespace ocrtune {
namespace {

Box box_around(const std::vector<Word>& words) {
  Box box = box_of(words.front());
  for (const Word& word : words) box = around(box, box_of(word));
  return box;
}

bool runs_right_to_left(const std::vector<Word>& words) {
  std::ptrdiff_t leftwards = 0;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (same_line(words[i - 1], words[i])) leftwards += words[i].left < words[i - 1].left ? 1 : -1;
  }
  return leftwards > 0;
}

/// Groups entries that have a line name in common, directly or through others.
std::vector<std::vector<std::size_t>> by_line(const std::vector<AddedWords>& added) {
  Groups groups(added.size());
  std::map<std::size_t, std::size_t> first_of;
  for (std::size_t i = 0; i < added.size(); ++i) {
    for (const std::size_t name : added[i].line_names)
      groups.join(i, first_of.emplace(name, i).first->second);
  }
  std::vector<std::vector<std::size_t>> lines;
  for (auto& [name, members] : groups.all()) lines.push_back(std::move(members));
  return lines;
}

}  // namespace

LineOrder::LineOrder(const std::vector<Word>& words) : right_to_left_(runs_right_to_left(words)) {
  line_of_.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Box place = box_of(words[i]);
    if (i == 0 || !same_line(words[i - 1], words[i])) {
      lines_.emplace_back();
      lines_.back().box = place;
      lines_.back().block = words[i].block;
      lines_.back().paragraph = words[i].paragraph;
    }
    lines_.back().places.push_back(place);
    const auto [block, is_new] = blocks_.try_emplace(words[i].block, place);
    if (!is_new) block->second = around(block->second, place);
    lines_.back().box = around(lines_.back().box, place);
    line_of_.push_back(lines_.size() - 1);
  }
}

void LineOrder::append(std::size_t backbone, const std::vector<Word>& words) {
  std::vector<Word>& line = lines_[line_of_[backbone]].words;
  line.insert(line.end(), words.begin(), words.end());
}

/// The lines of the blocks that overlap the box horizontally, or all lines if none does.
std::vector<std::size_t> LineOrder::lines_in_column(const Box& box) const {
  std::vector<std::size_t> in_column;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (common_width(blocks_.at(lines_[i].block), box) > 0) in_column.push_back(i);
  }
  if (!in_column.empty()) return in_column;
  in_column.resize(lines_.size());
  std::iota(in_column.begin(), in_column.end(), std::size_t{0});
  return in_column;
}

/// The line with the nearest word, among those in the column of the box; lines_.size(): none.
std::size_t LineOrder::line_beside(const Box& box) const {
  std::size_t beside = lines_.size();
  std::int64_t least = INT64_MAX;
  const auto gap_to = [&](const Box& place) {
    return std::max<std::int64_t>(0, -common_width(place, box));
  };
  for (const std::size_t i : lines_in_column(box)) {
    if (common_height(lines_[i].box, box) <= 0) continue;
    // Lines may be slanted: the height of the nearest word counts.
    const Box& nearest = *std::ranges::min_element(lines_[i].places, {}, gap_to);
    if (!same_height(nearest, box) || gap_to(nearest) >= least) continue;
    beside = i;
    least = gap_to(nearest);
  }
  return beside;
}

/// Index after the lowest line above the box in its column, or before the first line.
std::size_t LineOrder::place_of_new_line(const Box& box) const {
  std::size_t place = 0;
  for (const std::size_t i : lines_in_column(box)) {
    const std::int64_t middle = lines_[i].box.middle_y();
    if (middle > box.middle_y()) continue;
    if (place == 0 || middle >= lines_[place - 1].box.middle_y()) place = i + 1;
  }
  return place;
}

/// Inserts words into a line at their positions, by their centres.
void LineOrder::insert(std::vector<Word>& line, const std::vector<Word>& words) const {
  const std::int64_t middle = box_around(words).middle_x();
  const auto comes_after = [&](const Word& word) {
    const std::int64_t other = box_of(word).middle_x();
    return right_to_left_ ? other < middle : other > middle;
  };
  line.insert(std::ranges::find_if(line, comes_after), words.begin(), words.end());
}

std::size_t LineOrder::add(const std::vector<AddedWords>& added) {
  std::size_t count = 0;
  for (const std::vector<std::size_t>& members : by_line(added)) {
    std::vector<const AddedWords*> rest;
    for (const std::size_t i : members) {
      const std::vector<Word>& words = added[i].words;
      const Box box = box_around(words);
      const std::size_t beside = line_beside(box);
      if (beside == lines_.size()) {
        rest.push_back(&added[i]);
        continue;
      }
      std::vector<Word>& line = lines_[beside].words;
      const auto is_there = [&](const Word& word) { return same_place(box_of(word), box); };
      if (std::ranges::any_of(line, is_there)) continue;
      insert(line, words);
      ++count;
    }
    if (!rest.empty()) count += add_line(rest);
  }
  return count;
}

std::size_t LineOrder::add_line(const std::vector<const AddedWords*>& added) {
  Line line;
  for (const AddedWords* words : added) {
    line.places.push_back(box_around(words->words));
    insert(line.words, words->words);
  }
  line.box = box_around(line.words);
  const std::size_t place = place_of_new_line(line.box);
  const Line& host = lines_[place == 0 ? 0 : place - 1];
  line.block = host.block;
  line.paragraph = host.paragraph;
  lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(place), std::move(line));
  return added.size();
}

std::vector<Word> LineOrder::words() const {
  std::vector<Word> all;
  for (const Line& line : lines_) append_line(all, line.words, line.block, line.paragraph);
  return all;
}

}  // namespace ocrtune
