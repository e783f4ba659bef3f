#include "ocrtune/ocr/columns/vertical_text.h"

#include <unicode/uscript.h>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/columns/median.h"
#include "ocrtune/ocr/columns/same_line.h"
#include "ocrtune/ocr/columns/word_height.h"

namespace ocrtune {
namespace {

/// Fewer distances say nothing.
constexpr std::size_t kMinDistances = 30;
/// Of the distance of lines. Horizontal text has 0.8 at most, vertical text 1.3 at least.
constexpr double kFarther = 1.2;
/// Between characters, in their heights. The cells of a table are farther apart.
constexpr double kMaxGap = 1.3;

bool may_be_vertical(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
      return true;
    default:
      return false;
  }
}

bool may_be_vertical(const OcrResult& ocr_result) {
  std::size_t all = 0;
  std::size_t may_be = 0;
  for (const Word& word : ocr_result.words) {
    for (const char32_t c : code_points(word.text)) {
      ++all;
      may_be += may_be_vertical(c) ? 1 : 0;
    }
  }
  return 2 * may_be > all;
}

}  // namespace

bool goes_across_vertical_lines(const OcrResult& ocr_result) {
  if (!may_be_vertical(ocr_result)) return false;
  const double height = median_word_height(ocr_result.words);
  std::vector<double> of_characters;
  std::vector<double> gaps;
  std::vector<double> of_lines;
  const Word* first = nullptr;  // of the line
  for (std::size_t i = 0; i + 1 < ocr_result.words.size(); ++i) {
    const Word& word = ocr_result.words[i];
    const Word& next = ocr_result.words[i + 1];
    if (first == nullptr) first = &word;
    if (are_in_one_line(word, next)) {
      const auto characters = static_cast<double>(code_points(word.text).size());
      gaps.push_back(next.left - word.right);
      of_characters.push_back((next.left - word.left) / std::max(1.0, characters));
    } else {
      const double down = (next.top + next.bottom - first->top - first->bottom) / 2.0;
      // Else they are side by side, or in another column.
      if (down > height / 2) of_lines.push_back(down);
      first = &next;
    }
  }
  if (of_characters.size() < kMinDistances || of_lines.empty()) return false;
  return columns::median(std::move(of_characters)) >
             kFarther * columns::median(std::move(of_lines)) &&
         columns::median(std::move(gaps)) <= kMaxGap * height;
}

}  // namespace ocrtune
