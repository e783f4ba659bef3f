#include "ocrtune/voting/lines_without_places.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "ocrtune/documents/box.h"
#include "ocrtune/voting/append_line.h"
#include "ocrtune/voting/word_places.h"

namespace ocrtune {
namespace {

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
std::int64_t distance(const Word& a, const Word& b) {
  const Box at = box_of(a);
  const Box to = box_of(b);
  return (std::abs(at.middle_x() - to.middle_x()) + std::abs(at.middle_y() - to.middle_y())) / 2;
}

/// The index of the line with the word nearest to `place`.
std::size_t nearest_line(const std::vector<std::span<const Word>>& lines, const Word& place) {
  std::size_t best = 0;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const Word& word : lines[i]) {
      if (!has_box(word)) continue;
      if (const std::int64_t far = distance(word, place); far < least) {
        least = far;
        best = i;
      }
    }
  }
  return best;
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
  const Word of_no_line{.block = 1, .paragraph = 1};
  for (std::size_t i = 0; i <= lines.size(); ++i) {
    // Inserted lines belong to the paragraph of the line before them, the first ones to the first.
    const Word& like = lines.empty() ? of_no_line : lines[i == 0 ? 0 : i - 1].front();
    const auto append = [&](std::span<const Word> line) {
      append_line(words, {line.begin(), line.end()}, like.block, like.paragraph);
    };
    if (i > 0) append(lines[i - 1]);
    std::ranges::for_each(inserted[i], append);
  }
  page.words = std::move(words);
}

}  // namespace ocrtune
