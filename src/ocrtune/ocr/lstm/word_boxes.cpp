#include "ocrtune/ocr/lstm/word_boxes.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

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

/// Tesseract's measure of an overlap with a part of the layout that counts.
int much_of(const layout::Box& part) {
  return std::max(std::min(part.height(), part.width() / 2), part.width() / 4);
}

/// The bounds of a word: those of the layout's words that overlap it much, or its position from the
/// decoder.
layout::Box word_bounds(const std::vector<layout::Box>& parts, const layout::Box& word,
                        const layout::Box& before, const layout::Box& next) {
  layout::Box bounds = layout::Box::nothing();
  for (const layout::Box& part : parts) {
    const int much = much_of(part);
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

/// The connected components and small marks within a part of the layout, from left to right.
std::vector<layout::Box> marks_in(const layout::Unit& unit, const layout::Box& part) {
  std::vector<layout::Box> marks;
  for (const auto* all : {&unit.blobs, &unit.small_marks})
    std::ranges::copy_if(*all, std::back_inserter(marks),
                         [&](const layout::Box& mark) { return part.holds(mark); });
  std::ranges::sort(marks, {}, [](const layout::Box& mark) { return mark.middle_x(); });
  return marks;
}

/// px of the widest gap between marks; 0 without any.
int widest_gap(std::span<const layout::Box> marks) {
  int widest = 0;
  int end = marks.empty() ? 0 : marks.front().right;
  for (const layout::Box& mark : marks) {
    widest = std::max(widest, mark.left - end);
    end = std::max(end, mark.right);
  }
  return widest;
}

/// The parts of a unit. Tesseract lists words between which it is unsure of a space as one, but
/// recognizes them with their own bounds: a part that two words overlap much is taken as two if
/// they meet at a gap that is wider than those within both.
std::vector<layout::Box> parts_of(const layout::Unit& unit, std::span<const layout::Box> words) {
  std::vector<layout::Box> parts;
  for (layout::Box rest : unit.parts) {
    for (std::size_t w = 0; w + 1 < words.size(); ++w) {
      const int much = much_of(rest);
      if (common(rest, words[w]).width() <= much || common(rest, words[w + 1]).width() <= much)
        continue;
      const std::vector<layout::Box> marks = marks_in(unit, rest);
      const auto first_after = [&](int x) {
        return static_cast<std::size_t>(std::ranges::count_if(
            marks, [&](const layout::Box& mark) { return mark.middle_x() < x; }));
      };
      const std::size_t split = first_after((words[w].right + words[w + 1].left) / 2);
      const std::size_t end = std::max(split, first_after(words[w + 1].right));
      const std::span<const layout::Box> left(marks.data(), split);
      const std::span<const layout::Box> right(marks.data() + split, end - split);
      const int gap = layout::around(right).left - layout::around(left).right;
      if (left.empty() || right.empty() || gap <= std::max(widest_gap(left), widest_gap(right)))
        continue;
      parts.push_back(layout::around(left));
      rest = layout::around(std::span(marks).subspan(split));
    }
    parts.push_back(rest);
  }
  return parts;
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

/// Boxes from left to right, of which those that were taken are past.
struct Queue {
  const std::vector<layout::Box>& boxes;
  std::size_t next = 0;

  [[nodiscard]] bool begins_before(int x) const {
    return next < boxes.size() && boxes[next].middle_x() < x;
  }
};

/// Divides a unit's connected components and small marks among its words from left to right.
class MarkSharer {
 public:
  explicit MarkSharer(const layout::Unit& unit)
      : blobs_{.boxes = unit.blobs}, small_{.boxes = unit.small_marks} {}

  layout::Box take(const std::vector<layout::Box>& chars, const std::vector<int>& ends,
                   const layout::Box& bounds) {
    layout::Box word = layout::Box::nothing();
    for (std::size_t i = 0; i < chars.size(); ++i) {
      layout::Box mark = layout::Box::nothing();
      for (Queue* marks : {&blobs_, &small_}) {
        for (; marks->begins_before(ends[i]); ++marks->next)
          mark = joined(mark, clipped(marks->boxes[marks->next], bounds));
      }
      if (mark.empty()) mark = clipped(chars[i], bounds);
      word = joined(word, mark);
    }
    return word;
  }

 private:
  Queue blobs_;
  Queue small_;
};

}  // namespace

std::vector<layout::Box> word_boxes(const layout::Unit& unit,
                                    std::span<const DecodedWord> decoded) {
  const std::vector<std::vector<layout::Box>> chars = character_boxes(unit.crop, decoded);
  std::vector<layout::Box> words;
  words.reserve(decoded.size());
  for (const std::vector<layout::Box>& of_word : chars) words.push_back(around(of_word));
  const std::vector<layout::Box> parts = parts_of(unit, words);
  MarkSharer marks(unit);
  layout::Box bounds = layout::Box::nothing();
  for (std::size_t w = 0; w < decoded.size(); ++w) {
    if (chars[w].empty()) continue;
    const bool last = w + 1 == decoded.size();
    bounds = word_bounds(parts, words[w], bounds, last ? layout::Box::nothing() : words[w + 1]);
    const std::vector<int> ends = character_ends(chars[w], bounds, last ? nullptr : &chars[w + 1]);
    words[w] = marks.take(chars[w], ends, bounds);
  }
  return words;
}

}  // namespace ocrtune::lstm
