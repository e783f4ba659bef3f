#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "ocrtune/apply/word_places.h"
#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// Words that a reading lacks, one after the other in a line.
struct AddedWords {
  std::vector<Word> words;
  /// Those with a name in common stand in one line.
  std::vector<std::size_t> line_names;
};

/// The lines of a reading, whose words may be replaced, and to which words may be added.
class LineOrder {
 public:
  /// Those of a reading with at least a word.
  explicit LineOrder(const std::vector<Word>& words);

  /// Words for the end of the line that word `backbone` of the reading stands in.
  void append(std::size_t backbone, const std::vector<Word>& words);

  /// Adds words to lines that are complete, all at once, and returns how many of `added` were:
  /// those that lie on words of a line are none. They go into the line that has a word beside them
  /// at the same height, where they belong by their place; else into lines of their own, each after
  /// the nearest line above it.
  std::size_t add(const std::vector<AddedWords>& added);

  /// The words of all lines, numbered anew within lines and paragraphs.
  [[nodiscard]] std::vector<Word> words() const;

 private:
  struct Line {
    int block = 0;
    int paragraph = 0;
    std::vector<Box> places;  ///< that tell where the line is
    Box box;                  ///< around them
    std::vector<Word> words;
  };

  [[nodiscard]] std::vector<std::size_t> lines_in_column(const Box& box) const;
  [[nodiscard]] std::size_t line_beside(const Box& box) const;
  [[nodiscard]] std::size_t place_of_new_line(const Box& box) const;
  void insert(std::vector<Word>& line, const std::vector<Word>& words) const;
  std::size_t add_line(const std::vector<const AddedWords*>& added);

  std::vector<Line> lines_;
  std::map<int, Box> blocks_;  ///< by number, of what the reading has
  std::vector<std::size_t> line_of_;
  bool right_to_left_ = false;
};

}  // namespace ocrtune
