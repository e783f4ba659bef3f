#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "ocrtune/documents/box.h"
#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Greatest number of overlapping words in one place; more are hardly words.
constexpr std::size_t kMaxInPlace = 8;

/// The extent in px that two boxes have in common, by height and by width; negative if they are
/// apart.
std::int64_t common_height(const Box& a, const Box& b);
std::int64_t common_width(const Box& a, const Box& b);

/// True if the boxes share half the height of the lower one.
bool same_height(const Box& a, const Box& b);

/// True if they also share half the width of the narrower one.
bool same_place(const Box& a, const Box& b);

bool same_line(const Word& a, const Word& b);

/// Pairs of a word of `a` and one of `b` in the same place, in the order of `a`; at most
/// kMaxInPlace + 1 for each word of `a`. O(size log size) time if words lie in lines, at worst the
/// product of the sizes; O(size) memory.
std::vector<std::pair<std::size_t, std::size_t>> words_in_place(const std::vector<Word>& a,
                                                                const std::vector<Word>& b);

/// Words of another OCR result at the place of words [first, end) of a result, which are
/// consecutive in a line.
struct Cell {
  std::size_t first = 0;
  std::size_t end = 0;
  std::vector<std::size_t> words;  ///< of the other result, consecutive in a line
};

/// Alignment of the words of another OCR result with those of a result.
struct Alignment {
  std::vector<Cell> cells;         ///< no two share a word; in the order of the result
  std::vector<char> unclear;       ///< by word of the result: 1 if the other one has text there
                                   ///< that cannot be assigned to a word
  std::vector<std::size_t> apart;  ///< words of the other result at places where the result has
                                   ///< none
};

/// Pure; thread-safe; time as words_in_place().
Alignment aligned(const std::vector<Word>& ocr_result, const std::vector<Word>& other);

}  // namespace ocrtune
