#include "ocrtune/ocr/columns/reading_order.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "ocrtune/documents/glyph_clusters.h"
#include "ocrtune/ocr/columns/columns.h"
#include "ocrtune/ocr/columns/gutter.h"
#include "ocrtune/ocr/columns/placed_lines.h"
#include "ocrtune/ocr/columns/rows.h"
#include "ocrtune/ocr/columns/rules.h"
#include "ocrtune/ocr/columns/same_line.h"
#include "ocrtune/ocr/columns/text_blocks.h"
#include "ocrtune/ocr/columns/text_lines.h"

namespace ocrtune {
namespace {

/// Words where a mirror shows them.
std::vector<Word> mirrored(std::vector<Word> words, int width) {
  for (Word& word : words) word.left = width - std::exchange(word.right, width - word.left);
  return words;
}

/// Adds the gutters between blocks of the engine that are side by side, many lines high: where
/// lines are missing, text is in too small blocks to be known as that of columns.
void add_gutters_between_blocks(const std::vector<columns::PlacedLine>& lines,
                                const std::vector<int>& block_of,
                                std::vector<columns::Gutter>& gutters) {
  constexpr std::size_t kMinLinesOfBlock = 8;
  std::map<int, columns::TextBlock> blocks;
  for (const columns::PlacedLine& line : lines) blocks[block_of[line.index]].push_back(&line);
  std::erase_if(blocks, [](const auto& block) { return block.second.size() < kMinLinesOfBlock; });
  for (auto& [number, block] : blocks) std::ranges::stable_sort(block, {}, &columns::PlacedLine::y);
  for (const auto& [number, left] : blocks) {
    for (const auto& [other, right] : blocks) {
      const double from = columns::right_edge(left);
      const double to = columns::left_edge(right);
      if (number == other || to < from) continue;
      const columns::Gutter gutter{
          .x = (from + to) / 2,
          .top = std::max(left.front()->top(), right.front()->top()),
          .bottom = std::min(left.back()->bottom(), right.back()->bottom())};
      const auto beside = [&](const columns::TextBlock& block) {
        return static_cast<std::size_t>(std::ranges::count_if(
            block, [&](const columns::PlacedLine* line) { return gutter.reaches(*line); }));
      };
      const std::size_t of_left = beside(left);
      const std::size_t of_right = beside(right);
      if (of_left >= kMinLinesOfBlock && of_right >= kMinLinesOfBlock &&
          columns::is_free(gutter, lines, of_left + of_right))
        columns::add_gutter(gutter, 2 * left.front()->height, lines, gutters);
    }
  }
}

/// The rows of lines in reading order; none without columns. `block_of` are the engine's blocks of
/// the lines; `page` returns the page that they are on.
std::vector<columns::Row> rows_in_columns(const columns::TextLines& text,
                                          const std::vector<int>& block_of,
                                          const std::function<cv::Mat()>& page) {
  const std::vector<columns::PlacedLine> lines = columns::placed_lines(text.boxes);
  std::vector<columns::Gutter> gutters = columns::gutters_between_columns(lines, text.texts);
  if (gutters.empty()) return {};
  add_gutters_between_blocks(lines, block_of, gutters);
  gutters = columns::cut_at_rules(gutters, lines, columns::page_slope(text.boxes), page());
  return columns::rows_in_order(lines, gutters);
}

/// Words of consecutive lines, of which one has letters: those without, which may be pictures or
/// the edges of the page, stay behind the line before them.
using LineGroup = std::vector<Word>;

std::vector<LineGroup> line_groups(const std::vector<Word>& words,
                                   const std::vector<Word>& with_letters) {
  std::vector<LineGroup> groups;
  std::size_t next = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool begins_line = i == 0 || !are_in_one_line(words[i - 1], words[i]);
    if (begins_line && next < with_letters.size() &&
        are_in_one_line(words[i], with_letters[next])) {
      // What comes before the first one is in its group.
      if (next > 0) groups.emplace_back();
      while (next < with_letters.size() && are_in_one_line(words[i], with_letters[next])) ++next;
    }
    if (groups.empty()) groups.emplace_back();
    groups.back().push_back(words[i]);
  }
  return groups;
}

/// Numbers the lines of words as they follow one another. A block begins where a column or a part
/// of the page does, or a block of the engine.
class Numbering {
 public:
  /// `first` is a line's first word, `block` the number of the column or part that it is in.
  void next_line(const Word& first, int block) {
    if (line_ == 0 || block != of_column_ || first.block != of_block_) {
      ++block_;
      paragraph_ = 1;
      line_ = 1;
    } else if (first.paragraph != of_paragraph_) {
      ++paragraph_;
      line_ = 1;
    } else {
      ++line_;
    }
    of_column_ = block;
    of_block_ = first.block;
    of_paragraph_ = first.paragraph;
  }

  void number(Word& word) const {
    word.block = block_;
    word.paragraph = paragraph_;
    word.line = line_;
  }

 private:
  int block_ = 0;
  int paragraph_ = 0;
  int line_ = 0;
  int of_column_ = 0;
  int of_block_ = 0;
  int of_paragraph_ = 0;
};

/// The words of groups in the order of the rows, each group being one of their lines.
std::vector<Word> in_order(std::vector<LineGroup> groups, const std::vector<columns::Row>& rows) {
  std::vector<Word> ordered;
  Numbering numbering;
  for (const columns::Row& row : rows) {
    for (const std::size_t line : row.lines) {
      Word before{.line = -1};
      for (Word& word : groups[line]) {
        if (!are_in_one_line(before, word)) numbering.next_line(word, row.block);
        before = {.block = word.block, .paragraph = word.paragraph, .line = word.line};
        numbering.number(word);
        ordered.push_back(std::move(word));
      }
    }
  }
  return ordered;
}

}  // namespace

OcrResult in_reading_order(OcrResult ocr_result, const cv::Mat& gray) {
  std::vector<Word>& words = ocr_result.words;
  const bool from_right = run_right_to_left(words);
  const std::vector<Word> placed =
      columns::from_left_to_right(from_right ? mirrored(words, gray.cols) : words, true);
  const columns::TextLines text = columns::text_lines(placed);
  if (text.boxes.size() > columns::kMaxLines) return ocr_result;
  std::vector<int> block_of;
  block_of.reserve(text.begins.size());
  for (const std::size_t begin : text.begins) block_of.push_back(placed[begin].block);
  const std::vector<columns::Row> rows = rows_in_columns(text, block_of, [&] {
    if (!from_right || gray.empty()) return gray;
    cv::Mat seen;
    cv::flip(gray, seen, 1);
    return seen;
  });
  if (!rows.empty()) words = in_order(line_groups(words, placed), rows);
  return ocr_result;
}

}  // namespace ocrtune
