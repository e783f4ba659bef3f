#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/voting/word_places.h"

namespace ocrtune {

/// Words that an OCR result lacks, consecutive in a line.
struct AddedWords {
  std::vector<Word> words;
  /// Names of their lines: groups with a name in common are in one line.
  std::vector<std::size_t> line_names;
};

/// The lines of an OCR result, in which words may be replaced and to which words may be added.
class LineOrder {
 public:
  /// The lines of an OCR result that have at least one word.
  explicit LineOrder(const std::vector<Word>& words);

  /// Appends words to the line that contains word `backbone` of the OCR result.
  void append(std::size_t backbone, const std::vector<Word>& words);

  /// Adds words to complete lines, all at once, and returns how many of `added` were added: those
  /// that overlap words of a line are not. They go into the line that has a word beside them at the
  /// same height, at their position; otherwise into lines of their own, each after the nearest line
  /// above it.
  std::size_t add(const std::vector<AddedWords>& added);

  /// The words of all lines, renumbered within lines and paragraphs.
  [[nodiscard]] std::vector<Word> words() const;

 private:
  struct Line {
    int block = 0;
    int paragraph = 0;
    std::vector<Box> places;  ///< that determine the line's position
    Box box;                  ///< bounding box of these
    std::vector<Word> words;
  };

  [[nodiscard]] std::vector<std::size_t> lines_in_column(const Box& box) const;
  [[nodiscard]] std::size_t line_beside(const Box& box) const;
  [[nodiscard]] std::size_t place_of_new_line(const Box& box) const;
  void insert(std::vector<Word>& line, const std::vector<Word>& words) const;
  std::size_t add_line(const std::vector<const AddedWords*>& added);

  std::vector<Line> lines_;
  std::map<int, Box> blocks_;  ///< of the OCR result, by number
  std::vector<std::size_t> line_of_;
  bool right_to_left_ = false;
};

}  // namespace ocrtune
