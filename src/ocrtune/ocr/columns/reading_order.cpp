#include "ocrtune/ocr/columns/reading_order.h"

#include <algorithm>
#include <map>
#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "ocrtune/documents/glyph_clusters.h"
#include "ocrtune/ocr/columns/columns.h"
#include "ocrtune/ocr/columns/rows.h"
#include "ocrtune/ocr/columns/rules.h"
#include "ocrtune/ocr/columns/same_line.h"
#include "ocrtune/ocr/columns/text_blocks.h"
#include "ocrtune/ocr/columns/text_lines.h"

namespace ocrtune {
namespace {

bool runs_right_to_left(const std::vector<Word>& words) {
  int balance = 0;
  for (const Word& word : words) balance += right_to_left_letters(word.text);
  return balance > 0;
}

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
      if (beside(left) >= kMinLinesOfBlock && beside(right) >= kMinLinesOfBlock &&
          columns::is_free(gutter, lines, beside(left) + beside(right)))
        columns::add_gutter(gutter, 2 * left.front()->height, lines, gutters);
    }
  }
}

/// The lines of words that stand from left to right, in reading order.
std::vector<std::size_t> order_of(const std::vector<Word>& words, const cv::Mat& gray) {
  const columns::TextLines text = columns::text_lines(words);
  const std::vector<columns::PlacedLine> lines = columns::placed_lines(text.boxes);
  std::vector<int> block_of;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i == 0 || !are_in_one_line(words[i - 1], words[i])) block_of.push_back(words[i].block);
  }
  std::vector<columns::Gutter> gutters = columns::gutters_between_columns(lines, text.texts);
  std::vector<std::size_t> order;
  order.reserve(lines.size());
  if (gutters.empty()) {
    for (std::size_t i = 0; i < lines.size(); ++i) order.push_back(i);
    return order;
  }
  add_gutters_between_blocks(lines, block_of, gutters);
  gutters = columns::cut_at_rules(gutters, lines, columns::page_slope(text.boxes), gray);
  for (const columns::Row& row : columns::rows_in_order(lines, gutters))
    order.insert(order.end(), row.lines.begin(), row.lines.end());
  return order;
}

/// The lines of an OCR result in reading order.
std::vector<std::size_t> lines_in_order(const std::vector<Word>& words, const cv::Mat& gray) {
  if (!runs_right_to_left(words)) return order_of(columns::from_left_to_right(words, false), gray);
  cv::Mat seen;
  cv::flip(gray, seen, 1);
  return order_of(columns::from_left_to_right(mirrored(words, gray.cols), false), seen);
}

/// Numbers the lines of words as they follow one another. A block or paragraph begins where one of
/// the engine's does, or where the order is another one.
class Numbering {
 public:
  /// `first` is a line's first word, `line` the line's index among those of the engine.
  void next_line(const Word& first, std::size_t line) {
    const bool goes_on = line_ > 0 && line == of_line_ + 1;
    if (!goes_on || first.block != of_block_) {
      ++block_;
      paragraph_ = 1;
      line_ = 1;
    } else if (first.paragraph != of_paragraph_) {
      ++paragraph_;
      line_ = 1;
    } else {
      ++line_;
    }
    of_line_ = line;
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
  std::size_t of_line_ = 0;
  int of_block_ = 0;
  int of_paragraph_ = 0;
};

}  // namespace

OcrResult in_reading_order(OcrResult ocr_result, const cv::Mat& gray) {
  std::vector<Word>& words = ocr_result.words;
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i == 0 || !are_in_one_line(words[i - 1], words[i])) begins.push_back(i);
  }
  if (begins.size() > columns::kMaxLines) return ocr_result;
  const std::vector<std::size_t> order = lines_in_order(words, gray);
  if (std::ranges::is_sorted(order)) return ocr_result;
  begins.push_back(words.size());
  std::vector<Word> ordered;
  ordered.reserve(words.size());
  Numbering numbering;
  for (const std::size_t line : order) {
    numbering.next_line(words[begins[line]], line);
    for (std::size_t i = begins[line]; i < begins[line + 1]; ++i) {
      numbering.number(words[i]);
      ordered.push_back(std::move(words[i]));
    }
  }
  words = std::move(ordered);
  return ocr_result;
}

}  // namespace ocrtune
