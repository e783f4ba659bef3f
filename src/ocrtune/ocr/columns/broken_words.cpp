#include "ocrtune/ocr/columns/broken_words.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "ocrtune/base/text.h"
#include "ocrtune/documents/box.h"
#include "ocrtune/ocr/columns/same_line.h"

namespace ocrtune {
namespace {

/// Fewer may be a dash without spaces.
constexpr std::size_t kMinWithin = 2;

bool is_broken(const Word& word) {
  constexpr std::u32string_view kHyphens = U"-\u00ad\u00ac=\u2010\u2e17";
  const std::u32string text = code_points(word.text);
  return text.size() >= 3 && kHyphens.find(text.back()) != std::u32string_view::npos &&
         is_letter(text[text.size() - 2]) && is_letter(text[text.size() - 3]);
}

bool is_long_word(const Word& word) {
  constexpr std::ptrdiff_t kMinLetters = 5;
  return std::ranges::count_if(code_points(word.text), is_letter) >= kMinLetters;
}

/// Whether the line that begins with `first` and ends with `last` is long.
bool is_long_line(const Word& first, const Word& last) {
  constexpr int kLength = 8;
  if (!has_box(first) || !has_box(last)) return true;
  const int height = std::max({1, first.bottom - first.top, last.bottom - last.top});
  return std::max(first.right, last.right) - std::min(first.left, last.left) >= kLength * height;
}

}  // namespace

BrokenWords broken_words(const OcrResult& ocr_result) {
  BrokenWords broken;
  const std::vector<Word>& words = ocr_result.words;
  std::size_t first = 0;  // of the line
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!are_in_one_line(words[first], words[i])) first = i;
    if (!is_broken(words[i])) continue;
    const bool is_last = i + 1 == words.size() || !are_in_one_line(words[i], words[i + 1]);
    if (is_last && is_long_line(words[first], words[i])) ++broken.at_ends;
    if (!is_last && is_long_word(words[i + 1])) ++broken.within;
  }
  return broken;
}

bool breaks_words_within_lines(const OcrResult& ocr_result) {
  return broken_words(ocr_result).within >= kMinWithin;
}

bool has_them_at_ends(const OcrResult& ocr_result, const OcrResult& other) {
  const BrokenWords before = broken_words(ocr_result);
  return 2 * broken_words(other).at_ends >= 2 * before.at_ends + before.within;
}

}  // namespace ocrtune
