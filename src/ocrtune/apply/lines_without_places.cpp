#include "ocrtune/apply/lines_without_places.h"

#include <algorithm>
#include <cstdlib>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "ocrtune/ocr/box.h"

namespace ocrtune {
namespace {

bool same_line(const Word& a, const Word& b) {
  return std::tie(a.block, a.paragraph, a.line) == std::tie(b.block, b.paragraph, b.line);
}

std::vector<std::span<const Word>> lines_of(std::span<const Word> words) {
  std::vector<std::span<const Word>> lines;
  for (std::size_t first = 0; first < words.size();) {
    std::size_t end = first + 1;
    while (end < words.size() && same_line(words[end], words[first])) ++end;
    lines.push_back(words.subspan(first, end - first));
    first = end;
  }
  return lines;
}

double mean_confidence_of(std::span<const Word> line) {
  double sum = 0;
  for (const Word& word : line) sum += word.confidence;
  return sum / 100 / static_cast<double>(line.size());
}

/// How far a word is from another, in px: between their middles, across and down.
int distance(const Word& a, const Word& b) {
  return (std::abs(a.left + a.right - b.left - b.right) +
          std::abs(a.top + a.bottom - b.top - b.bottom)) /
         2;
}

/// The index of the line with the word nearest to `place`.
std::size_t nearest_line(const std::vector<std::span<const Word>>& lines, const Word& place) {
  std::size_t best = 0;
  std::pair least{false, 0};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const Word& word : lines[i]) {
      if (!has_box(word)) continue;
      if (const int far = distance(word, place); !least.first || far < least.second) {
        least = {true, far};
        best = i;
      }
    }
  }
  return best;
}

/// Appends a line in the block and paragraph of another, with the next number.
void append_line(std::vector<Word>& words, std::span<const Word> line, const Word* like) {
  int number = 1;
  const int block = like == nullptr ? 1 : like->block;
  const int paragraph = like == nullptr ? 1 : like->paragraph;
  if (!words.empty() && words.back().block == block && words.back().paragraph == paragraph)
    number = words.back().line + 1;
  for (Word word : line) {
    word.block = block;
    word.paragraph = paragraph;
    word.line = number;
    words.push_back(std::move(word));
  }
}

}  // namespace

void insert_lines_without_places(OcrResult& page, const OcrResult& text,
                                 const std::function<bool(double confidence)>& is_enough) {
  const std::vector<std::span<const Word>> lines = lines_of(page.words);
  // Before the first line, and after each.
  std::vector<std::vector<std::span<const Word>>> inserted(lines.size() + 1);
  const Word* before = nullptr;
  for (const std::span<const Word> line : lines_of(text.words)) {
    const auto placed = std::ranges::find_if(line, has_box);
    if (placed != line.end()) {
      before = &*placed;
    } else if (is_enough(mean_confidence_of(line))) {
      const bool at_first = before == nullptr || lines.empty();
      inserted[at_first ? 0 : nearest_line(lines, *before) + 1].push_back(line);
    }
  }
  std::vector<Word> words;
  words.reserve(page.words.size());
  for (std::size_t i = 0; i <= lines.size(); ++i) {
    if (i > 0) append_line(words, lines[i - 1], &lines[i - 1].front());
    const Word* like = lines.empty() ? nullptr : &lines[i == 0 ? 0 : i - 1].front();
    for (const std::span<const Word> line : inserted[i]) append_line(words, line, like);
  }
  page.words = std::move(words);
}

}  // namespace ocrtune
