#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "ocrtune/ocr/box.h"
#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// More words than these in one place are hardly words.
constexpr std::size_t kMostInPlace = 8;

/// How much of their height and width they have in common (px); negative where they are apart.
std::int64_t common_height(const Box& a, const Box& b);
std::int64_t common_width(const Box& a, const Box& b);

/// True where the boxes share half the height of the lower one.
bool same_height(const Box& a, const Box& b);

/// True where they also share half the width of the narrower one.
bool same_place(const Box& a, const Box& b);

bool same_line(const Word& a, const Word& b);

/// Pairs of a word of `a` and one of `b` in the same place, in the order of `a`, of each word of
/// `a` at most kMostInPlace + 1. Words that lie in lines take O(size log size) time, at worst it is
/// the product of the sizes; O(size) memory.
std::vector<std::pair<std::size_t, std::size_t>> words_in_place(const std::vector<Word>& a,
                                                                const std::vector<Word>& b);

/// Words of another reading in the place of words [first, end) of a reading, which are one after
/// the other in a line.
struct Cell {
  std::size_t first = 0;
  std::size_t end = 0;
  std::vector<std::size_t> words;  ///< of the other reading, in a line and in its order
};

/// Where the words of another reading stand among those of a reading.
struct Alignment {
  std::vector<Cell> cells;         ///< none have a word in common, in the order of the reading
  std::vector<char> unclear;       ///< by word of the reading: 1 where there is something of the
                                   ///< other one, of which can't be said which word it is
  std::vector<std::size_t> apart;  ///< words of the other one that stand where the reading has none
};

/// Pure; thread-safe; time as words_in_place().
Alignment aligned(const std::vector<Word>& reading, const std::vector<Word>& other);

}  // namespace ocrtune
